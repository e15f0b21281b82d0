import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "../../App";
import type { SourceDraft } from "../../host/bindings";
import { HostError } from "../../host/error";
import { fixtureHost } from "../../host/fixtures/host";
import type { Scenario } from "../../host/fixtures/scenarios";
import type { Host } from "../../host/host";

const CANARY = "canary-52c1-token";

function open(scenario: Scenario, address: string, changes: Partial<Host> = {}) {
  window.history.replaceState(null, "", address);
  const host = { ...fixtureHost(scenario), ...changes };
  render(<App host={host} />);
  return userEvent.setup();
}

const sources = () => screen.findByRole("grid", { name: "Sources" });
const selected = () =>
  document.querySelector("[role=grid][aria-label=Sources] [data-selected=true]")?.textContent ?? "";

beforeEach(() => {
  window.localStorage.clear();
  // happy-dom lays nothing out: a pane of 800 × 560.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(560);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(800);
});
afterEach(() => vi.restoreAllMocks());

describe("what is read", () => {
  it("says how many answer, and of the one that does not: cause, since when, what it blocks, what is kept, what to do", async () => {
    open("full", "/sources");
    expect(await screen.findByRole("heading", { name: "5 of 6 sources answer" })).toBeTruthy();
    const detail = await screen.findByRole("region", { name: "am-b" });
    for (const part of [
      "connection refused",
      "since 03:10",
      "24 tries",
      "Check that the host is right",
      "Alerts that fire for days",
      "read until Mon 03:10",
    ])
      expect(detail.textContent).toContain(part);
    expect(within(detail).getAllByRole("img", { name: /2 holes/ })).toHaveLength(2);
  });

  it("a source of which a stream was never read is not called fresh, and nothing of it is said to have failed", async () => {
    open("first-read", "/sources?row=pd");
    const detail = await screen.findByRole("region", { name: "pd" });
    for (const part of ["In part", "What is missing", "Not read yet: log entries", "Unacknowledged pages", "Read now"])
      expect(detail.textContent).toContain(part);
    expect(detail.textContent).not.toContain("What failed");
  });

  it("opens on the source that Posture points to, and j and k move", async () => {
    const user = open("full", "/sources?open=pd");
    await sources();
    await waitFor(() => expect(selected()).toContain("pd"));
    await user.keyboard("j");
    await waitFor(() => expect(selected()).toContain("prom-eu"));
    await user.keyboard("k");
    await waitFor(() => expect(selected()).toContain("pd"));
  });

  it("r reads the selected source again", async () => {
    const syncSource = vi.fn(async () => undefined);
    const user = open("full", "/sources", { syncSource });
    await sources();
    await user.keyboard("r");
    expect(syncSource).toHaveBeenCalledWith("am-b");
  });

  it("the log can be narrowed to what failed", async () => {
    const user = open("full", "/sources");
    const log = await screen.findByRole("grid", { name: "Runs" });
    await waitFor(() => expect(log.textContent).toContain("14 read, 2 new"));
    await user.keyboard("l");
    await waitFor(() => expect(log.textContent).not.toContain("14 read, 2 new"));
    expect(log.textContent).toContain("try 24");
  });

  it("reads more of the past, as far as is chosen", async () => {
    const backfillSource = vi.fn(async () => undefined);
    const user = open("full", "/sources?row=pd&pane=past", { backfillSource });
    await user.click(await screen.findByRole("button", { name: "13 months" }));
    await user.click(screen.getByRole("button", { name: "Read 396 days" }));
    expect(backfillSource).toHaveBeenCalledWith("pd", 396);
  });
});

describe("a source is added", () => {
  async function fill(user: ReturnType<typeof userEvent.setup>, name: string) {
    const field = await screen.findByRole("textbox", { name: "Name" });
    await user.clear(field);
    await user.type(field, name);
    await user.type(screen.getByLabelText("Token", { selector: "input[type=password]" }), CANARY);
  }

  it("is tried before it is kept; its secret goes out once and is not shown again", async () => {
    const saved: SourceDraft[] = [];
    const undoEdit = vi.fn(async () => "add");
    const saveSource = async (draft: SourceDraft) => void saved.push(draft);
    const user = open("full", "/sources?pane=add", { saveSource, undoEdit });
    await fill(user, "pager");
    expect(document.body.textContent).not.toContain(CANARY);
    await user.click(screen.getByRole("button", { name: "Check" }));
    expect((await screen.findByRole("region", { name: "Check" })).textContent).toContain("Passed");
    expect(saved).toHaveLength(0);
    await user.click(screen.getByRole("button", { name: "Add and read" }));
    await screen.findByText("pager added, reading it");
    expect(saved).toEqual([
      { name: "pager", kind: "pagerduty", settings: [{ key: "token", value: { type: "secret", value: CANARY } }] },
    ]);
    await waitFor(() => expect(screen.queryByRole("complementary", { name: "Add a source" })).toBeNull());
    expect(document.body.innerHTML).not.toContain(CANARY);
    await user.keyboard("u");
    await waitFor(() => expect(undoEdit).toHaveBeenCalledOnce());
  });

  it("a missing right is named, with what is lost without it, and it can be kept all the same", async () => {
    const user = open("full", "/sources?pane=add");
    await fill(user, "weak");
    await user.click(screen.getByRole("button", { name: "Check" }));
    const check = await screen.findByRole("region", { name: "Check" });
    expect(check.textContent).toContain("1 of 5 not readable");
    expect(check.textContent).toContain(
      "read log entries: this key may not read them (HTTP 403): who was woken stays unknown",
    );
    expect(screen.getByRole("button", { name: "Add as it is" })).toBeTruthy();
  });

  it("what is chosen of it goes with it", async () => {
    const saveSource = vi.fn(async () => undefined);
    const user = open("full", "/sources?pane=add", { saveSource });
    await fill(user, "pager");
    await user.click(screen.getByRole("button", { name: "Check" }));
    await user.click(await screen.findByRole("button", { name: "Choose what is read" }));
    await user.click(await screen.findByRole("checkbox", { name: "payouts Payments" }));
    await screen.findByText(/^All services of alertmanager, .* are read now; then none/);
    await user.click(screen.getByRole("button", { name: "Add and read" }));
    const scope = { team: "Platform", schedules: null, services: ["pagerduty:S1", "pagerduty:S2"] };
    await waitFor(() => expect(saveSource).toHaveBeenCalledWith(expect.anything(), null, scope));
  });

  it("of several teams one is asked for, and until then none of its schedules is said to be read", async () => {
    const saveSource = vi.fn(async () => undefined);
    const user = open("full", "/sources?pane=add", { saveSource });
    await fill(user, "pager");
    await user.click(screen.getByRole("button", { name: "Check" }));
    const reach = await screen.findByRole("region", { name: "What is read" });
    expect(reach.textContent).toContain("Schedules: none, for the teams list others.");
    expect(reach.textContent).toContain("Choose the team whose schedules they are.");
    expect(reach.textContent).not.toContain("All of it is read");
    await user.click(within(reach).getByRole("combobox", { name: "For team" }));
    await user.click(await screen.findByRole("option", { name: "Desk" }));
    await screen.findByText("Schedules: all, for Desk.");
    await user.click(screen.getByRole("button", { name: "Add and read" }));
    const scope = { team: "Desk", schedules: null, services: null };
    await waitFor(() => expect(saveSource).toHaveBeenCalledWith(expect.anything(), null, scope));
  });

  it("faults stand in the form with file, line and column", async () => {
    const message = 'fairlead.toml:14:7: "url" is no address\nfairlead.toml:15:1: source "pd" has no key "tokn"';
    const checkSource = () => Promise.reject(new HostError({ code: "config", message, hint: null }));
    const user = open("full", "/sources?pane=add", { checkSource });
    await fill(user, "pager");
    await user.click(screen.getByRole("button", { name: "Check" }));
    const alert = await screen.findByRole("alert");
    expect(
      within(alert)
        .getAllByRole("listitem")
        .map((line) => line.textContent?.slice(0, 18)),
    ).toEqual(["fairlead.toml:14:7", "fairlead.toml:15:1"]);
  });
});

describe("a pane is gone into", () => {
  it("at what is chosen in it, else at the way back", async () => {
    const user = open("full", "/sources?row=pd&pane=past");
    await waitFor(() => expect(document.activeElement?.textContent).toBe("90 days"));
    await user.keyboard("d");
    await screen.findByRole("heading", { name: "Stop reading pd" });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTitle("Close")));
  });

  it("of a source that shows only its present no past is offered", async () => {
    open("full", "/sources?row=am-b&pane=past");
    const pane = await screen.findByRole("complementary", { name: "Past" });
    expect(pane.textContent).toContain("there is no past to read");
    expect(within(pane).queryByRole("group", { name: "How far back" })).toBeNull();
  });
});

describe("a source goes", () => {
  it("archiving keeps its rows and can be undone", async () => {
    const user = open("full", "/sources?row=am-b&pane=remove");
    await user.click(await screen.findByRole("button", { name: "Archive" }));
    await screen.findByText("am-b archived, its rows are kept");
    await waitFor(async () => expect((await sources()).textContent).not.toContain("am-b"));
    await user.keyboard("u");
    await waitFor(async () => expect((await sources()).textContent).toContain("am-b"));
  });

  it("what would go is counted first, and what needs it forbids it", async () => {
    const preview = await fixtureHost("full").previewRemoval("am-b");
    const faults = ['fairlead.toml:50:10: [[slo]] "a" names the source "am-b", which is not there'];
    const previewRemoval = async () => ({ ...preview, faults });
    open("full", "/sources?row=am-b&pane=remove", { previewRemoval });
    const pane = await screen.findByRole("complementary", { name: "Archive or remove" });
    await waitFor(() => expect(pane.textContent).toContain("1,240 rows would go"));
    expect(pane.textContent).toContain("fairlead.toml:50:10");
    for (const name of ["Archive", "Remove with 1,240 rows"])
      expect(within(pane).getByRole<HTMLButtonElement>("button", { name }).disabled).toBe(true);
  });
});
