import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { App } from "../../App";
import { fixtureHost } from "../../host/fixtures/host";
import type { Scenario } from "../../host/fixtures/scenarios";
import type { Host } from "../../host/host";
import { choicesAt } from "./snooze";

function open(scenario: Scenario, changes: Partial<Host> = {}) {
  render(<App host={{ ...fixtureHost(scenario), ...changes }} />);
  return userEvent.setup();
}

const rows = async () => within(await screen.findByRole("region", { name: "Needs you" })).findAllByRole("listitem");

beforeEach(() => {
  window.localStorage.clear();
  window.history.replaceState(null, "", "/posture");
});

describe("seen", () => {
  it("e marks all of it as seen, u takes that back", async () => {
    const user = open("full");
    await rows();
    await user.keyboard("e");
    expect(await screen.findByText("Marked as seen at 07:00")).toBeTruthy();
    expect(await screen.findByText("Nothing changed.")).toBeTruthy();
    await user.keyboard("u");
    expect(await screen.findByText(/2 budgets moved/)).toBeTruthy();
    await waitFor(() => expect(screen.queryByText("Marked as seen at 07:00")).toBeNull());
  });

  it("a line of what changed opens its rows", async () => {
    const user = open("full");
    const line = await screen.findByRole("button", { name: /am-b could not be read/ });
    expect(screen.queryByText("alerts: connection refused")).toBeNull();
    await user.click(line);
    expect(await screen.findByText("alerts: connection refused")).toBeTruthy();
  });

  it("a line of what changed leads to the page where its rows are", async () => {
    const user = open("full");
    await user.click(await screen.findByRole("button", { name: /2 budgets moved/ }));
    await waitFor(() => expect(window.location.pathname).toBe("/slos"));
  });

  it("c copies the page as Markdown", async () => {
    const user = open("full", { postureText: async () => "**9 things**" });
    await rows();
    await user.keyboard("c");
    expect(await screen.findByText("Copied as Markdown")).toBeTruthy();
    expect(await navigator.clipboard.readText()).toBe("**9 things**");
  });
});

describe("setting aside", () => {
  it("s asks until when and why, and without a reason nothing is set aside", async () => {
    const user = open("full");
    await rows();
    await user.keyboard("s");
    const dialog = await screen.findByRole("dialog", { name: "Set aside" });
    expect(dialog.textContent).toContain("ledger freshness burns");
    expect(within(dialog).getByRole<HTMLButtonElement>("button", { name: "Set aside" }).disabled).toBe(true);
    expect(within(dialog).getByRole<HTMLInputElement>("radio", { name: /tomorrow morning/ }).checked).toBe(true);
    expect(dialog.textContent).toContain("Tue 17 Nov 2026, 09:00");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.getByText("9 things need you")).toBeTruthy();
  });

  it("the row leaves the list, is counted in sight, and comes back by undo", async () => {
    const asked: unknown[] = [];
    const host = fixtureHost("full");
    const user = open("full", {
      ...host,
      snooze: async (...given) => {
        asked.push(given);
        return host.snooze(...given);
      },
    });
    await rows();
    await user.keyboard("s");
    const dialog = await screen.findByRole("dialog", { name: "Set aside" });
    await user.click(within(dialog).getByRole("radio", { name: /Until worse/ }));
    await user.type(within(dialog).getByRole("textbox", { name: "Why" }), "vacuum is throttled{Enter}");
    expect(await screen.findByText("8 things need you")).toBeTruthy();
    expect(asked).toEqual([["fast_burn:ledger-freshness", null, "vacuum is throttled"]]);
    expect(screen.getByText("1 set aside")).toBeTruthy();
    expect(await screen.findByText("Set aside until worse")).toBeTruthy();
    await user.keyboard("u");
    expect(await screen.findByText("9 things need you")).toBeTruthy();
  });

  it("a refusal is told in the dialog, which stays open", async () => {
    const user = open("full");
    await rows();
    await user.keyboard("j");
    await user.keyboard("s");
    const dialog = await screen.findByRole("dialog", { name: "Set aside" });
    await user.type(within(dialog).getByRole("textbox", { name: "Why" }), "later{Enter}");
    expect((await within(dialog).findByRole("alert")).textContent).toContain("cannot be snoozed");
    expect(screen.getByText("9 things need you")).toBeTruthy();
  });

  it("keys of the page rest while the dialog is open", async () => {
    const user = open("full");
    await rows();
    await user.keyboard("s");
    const field = within(await screen.findByRole("dialog")).getByRole("textbox", { name: "Why" });
    await user.type(field, "je");
    expect(screen.queryByText(/Marked as seen/)).toBeNull();
  });

  it("z reveals what is set aside, with its reason, and it can be brought back", async () => {
    const user = open("snoozed");
    await rows();
    expect(screen.getByText("2 set aside")).toBeTruthy();
    expect(screen.queryByText("the relay moves Monday")).toBeNull();
    await user.keyboard("z");
    const section = await screen.findByRole("region", { name: "Set aside" });
    expect(section.textContent).toContain("the relay moves Monday");
    expect(section.textContent).toContain("until worse");
    expect(section.textContent).toContain("until Tue 17, 09:00");
    const [first] = within(section).getAllByRole("button", { name: "Bring back" });
    if (first) await user.click(first);
    expect(await screen.findByText("8 things need you")).toBeTruthy();
    expect(screen.getByText("1 set aside")).toBeTruthy();
  });
});

describe("the ends that are offered", () => {
  it.each([
    ["on a Monday before nine, Monday lies too far", "2026-11-16T07:00:00Z", ["hour", "tomorrow", "worse"]],
    ["on a Monday after nine", "2026-11-16T10:00:00Z", ["hour", "tomorrow", "monday", "worse"]],
    ["on a Thursday", "2026-11-19T07:00:00Z", ["hour", "tomorrow", "monday", "worse"]],
  ])("%s", (_, now, expected) => {
    expect(choicesAt(now, "Europe/Lisbon").map((choice) => choice.id)).toEqual(expected);
  });
});
