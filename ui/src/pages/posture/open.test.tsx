import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { App } from "../../App";
import { fixtureHost } from "../../host/fixtures/host";
import type { Scenario } from "../../host/fixtures/scenarios";

async function open(scenario: Scenario) {
  render(<App host={fixtureHost(scenario)} />);
  return within(await screen.findByRole("region", { name: "Open incidents" }));
}

beforeEach(() => {
  window.localStorage.clear();
  window.history.replaceState(null, "", "/posture");
});

describe("open incidents", () => {
  it("stand by name, with severity, age and whether somebody took them", async () => {
    const section = await open("crowd");
    const rows = section.getAllByRole("listitem").map((row) => row.textContent?.replaceAll("\u00a0", " "));
    expect(rows).toEqual([
      "SEV1Checkout is down in every regionINC-45 · checkoutnot acknowledged8 min",
      "SEV2Ledger lag: balances are shown lateINC-41 · ledgeracknowledged1h 12m",
      "SEV3Search answers from one replica onlyINC-36 · searchmitigated3 d",
      "SEV4Mail queue growsINC-44 · maileropen50 min",
      "SEV?Disk of search-3 fills upINC-43 · severity not mappednot acknowledged29 min",
    ]);
    expect(section.getByText("8")).toBeTruthy();
    expect(section.getByRole("button", { name: "and 3 more are open" })).toBeTruthy();
  });

  it("lead to themselves on the page of incidents, by click and by key", async () => {
    const section = await open("full");
    section.getByRole("button", { name: /Ledger lag/ }).focus();
    await userEvent.setup().keyboard("{Enter}");
    await waitFor(() => expect(window.location.pathname).toBe("/incidents"));
    expect(new URLSearchParams(window.location.search).get("open")).toBe("pd/INC-41");
  });

  it("are never called none while it is not known", async () => {
    const section = await open("unread");
    expect(section.getByText("More may be open: a source did not answer")).toBeTruthy();
    expect(section.getAllByRole("listitem")).toHaveLength(2);
  });

  it("are not known without a source of them", async () => {
    const section = await open("unconnected");
    expect(section.getByText("Not known: no source of incidents is connected")).toBeTruthy();
  });

  it("are said to be none where that is known", async () => {
    expect((await open("quiet")).getByText("None is open.")).toBeTruthy();
  });
});
