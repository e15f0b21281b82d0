import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
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

beforeEach(() => window.localStorage.clear());

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
    await user.type(screen.getByLabelText("Token"), CANARY);
  }

  it("is tried before it is kept; its secret goes out once and is not shown again", async () => {
    const saved: SourceDraft[] = [];
    const undoEdit = vi.fn(async () => "add");
    const saveSource = async (draft: SourceDraft) => void saved.push(draft);
    const user = open("full", "/sources?pane=add", { saveSource, undoEdit });
    await fill(user, "pager");
    expect(document.body.innerHTML).not.toContain(CANARY);
    await user.click(screen.getByRole("button", { name: "Check" }));
    expect((await screen.findByRole("region", { name: "Check" })).textContent).toContain("Passed");
    expect(saved).toHaveLength(0);
    await user.click(screen.getByRole("button", { name: "Add and read" }));
    await screen.findByText("pager added, reading it");
    expect(saved).toEqual([
      { name: "pager", kind: "pagerduty", settings: [{ key: "token", value: { type: "secret", value: CANARY } }] },
    ]);
    await waitFor(() => expect(screen.queryByRole("complementary", { name: "Add a source" })).toBeNull());
    await user.keyboard("u");
    await waitFor(() => expect(undoEdit).toHaveBeenCalledOnce());
  });

  it("a missing right is named, with what is lost without it, and it can be kept all the same", async () => {
    const user = open("full", "/sources?pane=add");
    await fill(user, "weak");
    await user.click(screen.getByRole("button", { name: "Check" }));
    const check = await screen.findByRole("region", { name: "Check" });
    expect(check.textContent).toContain("1 right missing");
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
    await user.click(await screen.findByRole("checkbox", { name: "payouts" }));
    await user.click(screen.getByRole("button", { name: "Add and read" }));
    const scope = { team: "Platform", schedules: null, services: ["pagerduty:S1", "pagerduty:S2"] };
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

describe("mapping", () => {
  it("a suggestion is taken with one press and can be taken back", async () => {
    const mapPerson = vi.fn(async () => undefined);
    const undoPeople = vi.fn(async () => "map");
    const user = open("full", "/sources?view=people", { mapPerson, undoPeople });
    await user.click(await screen.findByRole("button", { name: "It is" }));
    expect(mapPerson).toHaveBeenCalledWith("calendar:yuki.t", "yuki@harbor.example");
    await screen.findByText("yuki.t is yuki@harbor.example");
    await user.keyboard("u");
    await waitFor(() => expect(undoPeople).toHaveBeenCalledOnce());
  });

  it("the unmapped stand first; an identity can be split off", async () => {
    const splitPerson = vi.fn(async () => undefined);
    const user = open("full", "/sources?view=people&row=i", { splitPerson });
    const grid = await screen.findByRole("grid", { name: "People" });
    expect(within(grid).getAllByRole("row")[1]?.textContent).toContain("yuki.t");
    await user.click((await screen.findAllByRole("button", { name: "Split" }))[1] as HTMLElement);
    expect(splitPerson).toHaveBeenCalledWith("calendar:ines");
  });

  it("a service gets its name, tier and owner", async () => {
    const mapService = vi.fn(async () => undefined);
    const user = open("full", "/sources?view=services", { mapService });
    await user.type(await screen.findByRole("textbox", { name: "Owner" }), "Platform");
    await user.click(screen.getByRole("button", { name: "Map" }));
    expect(mapService).toHaveBeenCalledWith("pd:SSTATEMENT-EXPORT", "statement-export", null, "Platform");
  });
});

describe("the first start", () => {
  it("the demo is loaded and opens on Posture", async () => {
    const user = open("first-start", "/");
    await user.click(await screen.findByRole("button", { name: "Load the demo" }));
    expect(await screen.findByRole("region", { name: "Needs you" })).toBeTruthy();
    expect(window.location.pathname).toBe("/posture");
  });

  it("connecting makes the workspace and goes on to the first source", async () => {
    const startEmpty = vi.fn(fixtureHost("first-start").startEmpty);
    const host = fixtureHost("first-start");
    const user = open("first-start", "/", {
      ...host,
      startEmpty: (...about) => startEmpty(...about).then(() => host.startEmpty(...about)),
    });
    await user.click(await screen.findByRole("button", { name: "Connect" }));
    await user.type(screen.getByRole("textbox", { name: "Team" }), "Platform");
    await user.click(screen.getByRole("button", { name: "Go on to the first source" }));
    expect(await screen.findByRole("complementary", { name: "Add a source" })).toBeTruthy();
    expect(startEmpty.mock.calls[0]?.[0]).toBe("Platform");
  });

  it("a zone that is none is refused with its place", async () => {
    const user = open("first-start", "/");
    await user.click(await screen.findByRole("button", { name: "Begin empty" }));
    await user.type(screen.getByRole("textbox", { name: "Team" }), "Platform");
    const zone = screen.getByRole("textbox", { name: "Zone" });
    await user.clear(zone);
    await user.type(zone, "Mars/Olympus");
    await user.click(screen.getByRole("button", { name: "Begin" }));
    expect((await screen.findByRole("alert")).textContent).toContain("fairlead.toml:6:12");
  });

  it("a file that cannot be opened is told line by line", async () => {
    open("broken-file", "/");
    expect(await screen.findByText(/fairlead.toml:14:7/)).toBeTruthy();
    expect(screen.queryByRole("navigation")).toBeNull();
  });

  it("the demo can be cleared", async () => {
    const clearDemo = vi.fn(fixtureHost("full").clearDemo);
    const user = open("full", "/sources", { clearDemo });
    await user.click(await screen.findByRole("button", { name: "Clear the demo" }));
    expect(clearDemo).toHaveBeenCalledOnce();
    await screen.findByText("The demo is cleared: no row of it is left");
  });
});
