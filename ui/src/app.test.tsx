import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { App } from "./App";
import { PAGES } from "./frame/pages";
import { fixtureHost } from "./host/fixtures/host";
import type { Scenario } from "./host/fixtures/scenarios";
import type { IncidentIndex } from "./host/bindings";
import type { Host } from "./host/host";

function open(scenario: Scenario, changes: Partial<Host> = {}) {
  render(<App host={{ ...fixtureHost(scenario), ...changes }} />);
  return userEvent.setup();
}

const rows = async () => within(await screen.findByRole("region", { name: "Needs you" })).findAllByRole("listitem");
const selectedRow = () => document.querySelector("[data-selected=true]");
const body = () => document.body.textContent;

beforeEach(() => {
  window.localStorage.clear();
  window.history.replaceState(null, "", "/posture");
});

describe("what stands there", () => {
  it("a page that breaks says so in its place, and the others are still there", async () => {
    open("full", { incidentIndex: async () => ({}) as IncidentIndex });
    await rows();
    await userEvent.keyboard("gi");
    expect((await screen.findByRole("alert")).textContent).toContain("This page broke");
    await userEvent.keyboard("gp");
    expect(await rows()).toHaveLength(7);
  });

  it("answers in a sentence and shows seven rows", async () => {
    open("full");
    expect(await rows()).toHaveLength(7);
    expect(screen.getByText("9 things need you")).toBeTruthy();
    expect(screen.getByRole("button", { name: "and 2 more" })).toBeTruthy();
  });

  it("shows number, caption, moment and advice of a row", async () => {
    open("full");
    const spent = (await rows())[4]?.textContent ?? "";
    expect(spent).toContain("\u22126.0\u00a0%");
    expect(spent).toContain("budget left");
    expect(spent).toContain("Fri 13, 21:00");
    expect(spent).toContain("Decide");
  });

  it("marks what cannot be seen as unknown, not as quiet", async () => {
    open("full");
    expect((await rows())[2]?.textContent).toContain("Unknown");
    expect(body()).toContain("Not the same as quiet: ");
    expect(body()).toContain("No answer");
  });

  it("says who is on call in their own zone, and who is next", async () => {
    open("full");
    expect(await screen.findByText("Tokyo 16:00")).toBeTruthy();
    expect(await screen.findByText("Tomasz")).toBeTruthy();
  });

  it("keeps the rail to pages that exist", async () => {
    open("full");
    const rail = await screen.findByRole("navigation", { name: "Pages" });
    expect(within(rail).getAllByRole("link")).toHaveLength(PAGES.length);
  });
});

describe("states", () => {
  it("quiet: says so, and what was checked", async () => {
    open("quiet");
    expect(await screen.findByText("Nothing needs you")).toBeTruthy();
    expect(body()).toContain("Checked 07:00: calendar, leave, pd, prom-eu");
  });

  it("blind: refuses to say that nothing needs the lead", async () => {
    open("blind");
    await screen.findByText(/Cannot say that nothing needs you: 1 source not seen/);
    expect(body()).not.toContain("Checked 07:00");
    expect(screen.queryByText("Nothing needs you")).toBeNull();
  });

  it("unconnected: says how to begin, and claims nothing", async () => {
    const user = open("unconnected");
    expect(await screen.findByText("Connect a first source")).toBeTruthy();
    expect(body()).toContain("Not known: no source of incidents is connected");
    expect(body()).not.toContain("Nothing changed");
    await user.click(screen.getByRole("button", { name: /^Connect a source/ }));
    expect(window.location.pathname).toBe("/sources");
  });

  it("failed: cause, next step, code, and a way to try again", async () => {
    open("failed");
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("input/output error");
    expect(alert.textContent).toContain("fairleadctl doctor");
    expect(alert.textContent).toContain("store_unreadable");
    expect(within(alert).getByRole("button", { name: "Try again" })).toBeTruthy();
  });

  it("loading: busy, without a number", async () => {
    open("loading");
    expect(await screen.findByLabelText("Posture is loading")).toBeTruthy();
    expect(screen.getByRole("main").textContent).toBe("");
  });

  it("a failed refresh keeps the old numbers and says their age", async () => {
    let tell: (tags: string[]) => void = () => undefined;
    open("refresh-failed", {
      onDataChanged: (listener) => {
        tell = listener;
        return () => undefined;
      },
    });
    await rows();
    tell(["slos"]);
    expect((await screen.findByRole("alert")).textContent).toContain("what you see is from 07:00");
    expect(await rows()).toHaveLength(7);
  });

  it("hostile text stays text, isolated", async () => {
    open("hostile");
    const [first] = await rows();
    expect(first?.querySelector("bdi")?.textContent).toContain("<script>alert(1)</script>");
    expect(document.querySelector("main img, main script, a[href^=javascript]")).toBeNull();
  });
});

describe("keys", () => {
  it("j and k move, and stop at the ends", async () => {
    const user = open("full");
    const all = await rows();
    await user.keyboard("k");
    expect(selectedRow()).toBe(all[0]);
    await user.keyboard("jjk");
    await waitFor(() => expect(selectedRow()).toBe(all[1]));
    await user.keyboard("jjjjjjjj");
    await waitFor(() => expect(selectedRow()).toBe(all[6]));
  });

  it.each(["[Space]", "{Enter}"])("%s opens the peek with the why, Esc closes it", async (key) => {
    const user = open("full");
    await rows();
    await user.keyboard(key);
    const peek = await screen.findByRole("complementary", { name: "Why" });
    expect(peek.textContent).toContain("burn over 1 h and over 5 min above 14.4×");
    expect(peek.textContent).toContain("prom-eu· 4\u00a0min ago");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("complementary", { name: "Why" })).toBeNull());
  });

  it("a does the selected row's action: a blind source is looked at where it can be mended", async () => {
    const user = open("full");
    await rows();
    await user.keyboard("jj");
    await waitFor(() => expect(selectedRow()?.textContent).toContain("Cannot see am-b"));
    await user.keyboard("a");
    expect((await screen.findByRole("region", { name: "am-b" })).textContent).toContain("connection refused");
  });

  it("? shows every key, Esc closes it", async () => {
    const user = open("full");
    await rows();
    await user.keyboard("{Shift>}?{/Shift}");
    const sheet = await screen.findByRole("dialog", { name: "Keys" });
    expect(sheet.textContent).toContain("Sync every source now");
    // The keys of the page one is on come first.
    expect(within(sheet).getAllByRole("heading", { level: 3 })[0]?.textContent).toBe("Posture");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("Shift+R syncs, progress is told per source, Shift+X stops", async () => {
    const user = open("full");
    await rows();
    await user.keyboard("{Shift>}R{/Shift}");
    const status = screen.getByRole("status", { name: "Synchronisation" });
    await waitFor(() => expect(status.textContent).toContain("prom-eu slo hours1,240/~3,000"));
    expect(status.textContent).toContain("am-b refused the connection");
    await user.keyboard("{Shift>}X{/Shift}");
    await waitFor(() => expect(status.textContent).not.toContain("1,240"));
  });

  it("Shift+T changes the theme", async () => {
    const user = open("full");
    await rows();
    await user.keyboard("{Shift>}T{/Shift}");
    expect(document.documentElement.dataset["theme"]).toBe("dark");
    await user.keyboard("{Shift>}T{/Shift}");
    expect(document.documentElement.dataset["theme"]).toBe("light");
  });

  it("typing in a field is left alone", async () => {
    const user = open("full");
    const all = await rows();
    const field = document.body.appendChild(document.createElement("input"));
    await user.type(field, "jj");
    expect(field.value).toBe("jj");
    expect(selectedRow()).toBe(all[0]);
    field.remove();
  });
});
