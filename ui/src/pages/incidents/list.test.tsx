import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "../../App";
import { fixtureHost } from "../../host/fixtures/host";

const full = fixtureHost("full");
const count = async () =>
  Number((await screen.findByRole("grid", { name: "Incidents, newest first" })).getAttribute("aria-rowcount")) - 1;

beforeEach(() => {
  window.history.replaceState(null, "", "/incidents");
  // happy-dom lays nothing out: a pane of 1100 × 800.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1_100);
});
afterEach(() => vi.restoreAllMocks());

describe("the list of incidents", () => {
  it("names the source of each row where there are several", async () => {
    const host = fixtureHost("full");
    host.incidentIndex = async (at, filters) => {
      const index = await full.incidentIndex(at, filters);
      return { ...index, sources: index.sources.flatMap((source) => [source, { ...source, name: "jira" }]) };
    };
    render(<App host={host} />);
    expect(await screen.findByRole("columnheader", { name: "Source" })).toBeTruthy();
  });

  it("is only what is not over after a, and all again", async () => {
    render(<App host={full} />);
    const user = userEvent.setup();
    await waitFor(async () => expect(await count()).toBe(16));
    await user.keyboard("a");
    await waitFor(async () => expect(await count()).toBe(2));
    expect(await screen.findByText("2 incidents shown, 2 of them open")).toBeTruthy();
    await user.keyboard("a");
    await waitFor(async () => expect(await count()).toBe(16));
  });
});
