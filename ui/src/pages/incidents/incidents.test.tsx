import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "../../App";
import type { IncidentFilters } from "../../host/bindings";
import { HostError } from "../../host/error";
import { fixtureHost } from "../../host/fixtures/host";
import type { Scenario } from "../../host/fixtures/scenarios";
import type { Host } from "../../host/host";

function open(scenario: Scenario, changes: Partial<Host> = {}, query = "") {
  window.history.replaceState(null, "", `/incidents${query}`);
  render(<App host={{ ...fixtureHost(scenario), ...changes }} />);
  return userEvent.setup();
}

const grid = () => screen.findByRole("grid", { name: "Incidents, newest first" });
const body = () => document.body.textContent;
const count = async () => Number((await grid()).getAttribute("aria-rowcount")) - 1;

beforeEach(() => {
  window.localStorage.clear();
  // happy-dom lays nothing out: a pane of 1100 × 800.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1_100);
});
afterEach(() => vi.restoreAllMocks());

describe("the list", () => {
  it("answers what is open, and lists with all columns", async () => {
    open("full");
    expect(await screen.findByText(/2 are open, the oldest for 3 d/)).toBeTruthy();
    expect(await count()).toBe(16);
    const heads = within(await grid()).getAllByRole("columnheader");
    expect(heads.map((head) => head.textContent)).toEqual([
      "Status",
      "Number",
      "Title",
      "Severity",
      "Service",
      "Opened",
      "Acked after",
      "Lasted",
      "Responders",
    ]);
    expect(body()).toContain("Ledger lag: balances are shown late");
    expect(body()).toContain("not mapped");
  });

  it("draws at most 200 of 100,000 rows, and reads only what is in sight", async () => {
    const asked: number[] = [];
    const long = fixtureHost("long-history");
    open("long-history", {
      incidentLines: (asOf, rows) => {
        asked.push(rows.length);
        return long.incidentLines(asOf, rows);
      },
    });
    await waitFor(async () => expect(await count()).toBe(100_000));
    expect(document.querySelectorAll("[role=row]").length).toBeLessThanOrEqual(200);
    await waitFor(() => expect(asked.length).toBeGreaterThan(0));
    expect(Math.max(...asked)).toBeLessThanOrEqual(100);
    expect(asked.length).toBeLessThan(5);
  });

  it("shows the first lines before the index is there", async () => {
    open("full", { incidentIndex: () => new Promise(() => undefined) });
    expect(await screen.findByText("Ledger primary lost")).toBeTruthy();
  });

  it("is moved and looked into by key; Esc comes back", async () => {
    const user = open("full");
    await screen.findByText("Ledger primary lost");
    await user.keyboard("jj ");
    const panel = await screen.findByRole("complementary", { name: "Incident" });
    expect(await within(panel).findByText("Checkout rejects saved cards in one region")).toBeTruthy();
    expect(new URLSearchParams(window.location.search).get("open")).toBe("pd/INC-39");
    await user.keyboard("k");
    expect(await within(panel).findByText("Search indexer restarted with its node")).toBeTruthy();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("complementary", { name: "Incident" })).toBeNull());
  });

  it("opens the incident that the address names, also outside of the list", async () => {
    open("full", {}, "?open=pd%2FINC-90");
    const panel = await screen.findByRole("complementary", { name: "Incident" });
    expect(await within(panel).findByText("Drill: ledger region lost")).toBeTruthy();
  });
});

describe("lengths", () => {
  it("tells what still runs from what ended, in the legend and in the numbers", async () => {
    const user = open("full");
    const chart = await screen.findByRole("group", { name: /^Time to resolve/ });
    expect(within(chart).getByText("still open: at least so long")).toBeTruthy();
    await act(async () => chart.focus());
    await user.keyboard("v");
    const table = await screen.findByRole("grid", { name: "Time to resolve, as a table" });
    expect(within(table).getAllByText("still open: at least so long")).toHaveLength(2);
    expect(within(table).getAllByText("yes")).toHaveLength(13);
  });
});

describe("narrowing", () => {
  it("asks with every word that is typed, and holds it in the address", async () => {
    const user = open("full");
    await screen.findByText("Ledger primary lost");
    await user.keyboard("/");
    await user.keyboard("mail");
    await waitFor(async () => expect(await count()).toBe(3));
    expect(window.location.search).toContain("q=mail");
    expect((screen.getByRole("textbox", { name: "Filter incidents" }) as HTMLInputElement).value).toBe("mail");
  });

  it("narrows by a facet with its count, and clears with one key", async () => {
    const user = open("full");
    await screen.findByText("Ledger primary lost");
    await user.click(await screen.findByRole("button", { name: /SEV2\s*6/ }));
    await waitFor(async () => expect(await count()).toBe(6));
    expect(screen.getByRole("button", { name: /SEV1\s*1/ })).toBeTruthy();
    await act(async () => (document.activeElement as HTMLElement | null)?.blur());
    await user.keyboard("x");
    await waitFor(async () => expect(await count()).toBe(16));
  });

  it("says what is hidden and shows it with one key", async () => {
    const user = open("full");
    await screen.findByText("Ledger primary lost");
    expect(screen.getAllByText("2 tests and 1 dropped by [page] hidden").length).toBeGreaterThan(0);
    await user.keyboard("h");
    await waitFor(async () => expect(await count()).toBe(19));
    expect(await screen.findByText("Drill: pager hand-over")).toBeTruthy();
  });

  it("takes a service from a link, and the range and team of the top bar", async () => {
    const asked: IncidentFilters[] = [];
    const full = fixtureHost("full");
    const query = "?service=ledger&range=28d&team=platform";
    open("full", { incidentIndex: (at, filters) => (asked.push(filters), full.incidentIndex(at, filters)) }, query);
    await waitFor(async () => expect(await count()).toBe(2));
    expect(asked.at(-1)).toMatchObject({ services: ["ledger"], days: 28, team: "platform" });
  });

  it("keeps filters under a name, applies them, and undoes both ways", async () => {
    const user = open("full", {}, "?service=%5B%22ledger%22%5D");
    await waitFor(async () => expect(await count()).toBe(4));
    await user.keyboard("s");
    const dialog = await screen.findByRole("dialog", { name: "Save these filters" });
    await user.type(within(dialog).getByRole("textbox", { name: "Name" }), "Ledger only");
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(await screen.findByText("Filter saved as Ledger only")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Ledger only" }));
    await user.click(await screen.findByRole("menuitem", { name: "Major" }));
    await waitFor(async () => expect(await count()).toBe(7));
    await user.keyboard("u");
    await user.click(await screen.findByRole("button", { name: "Major" }));
    expect(await screen.findByRole("menuitem", { name: "Take away Major" })).toBeTruthy();
    expect(screen.queryByRole("menuitem", { name: "Ledger only" })).toBeNull();
    await user.click(screen.getByRole("menuitem", { name: "Take away Major" }));
    expect(await screen.findByText("Filter Major taken away")).toBeTruthy();
    await user.keyboard("u");
    await user.click(await screen.findByRole("button", { name: "Major" }));
    expect(await screen.findByRole("menuitem", { name: "Take away Major" })).toBeTruthy();
  });
});

describe("one incident", () => {
  it("says that persons are withheld, and by which setting", async () => {
    const user = open("withheld");
    await screen.findByText("Ledger primary lost");
    await user.keyboard(" ");
    expect(await screen.findByText(/people = "team" stores no person on pages/)).toBeTruthy();
    expect(screen.getAllByText("somebody, withheld")).toHaveLength(3);
  });

  it("hides names while presenting", async () => {
    const user = open("full");
    await screen.findByText("Ledger primary lost");
    await user.keyboard(" ");
    await screen.findByText("Who was paged");
    expect(body()).toContain("Ines");
    await user.keyboard("{Shift>}p{/Shift}");
    await waitFor(() => expect(document.querySelector("main")?.textContent).not.toContain("Ines"));
    await user.keyboard("{Shift>}p{/Shift}");
  });

  it("asks before it opens the source, and copies the link where there is no browser", async () => {
    const user = open("full");
    await screen.findByText("Ledger primary lost");
    await user.keyboard(" ");
    await screen.findByText("Who was paged");
    await user.keyboard("o");
    const dialog = await screen.findByRole("dialog", { name: "Open outside" });
    expect(dialog.textContent).toContain("https://harbor.pagerduty.example/incidents/INC-41");
    // It asks one thing, so Enter answers it.
    await waitFor(() => expect(document.activeElement?.textContent).toContain("Open in the browser"));
    await user.keyboard("{Enter}");
    await user.click(await within(dialog).findByRole("button", { name: /Copy the link/ }));
    expect(await screen.findByText("Link copied")).toBeTruthy();
    expect(await navigator.clipboard.readText()).toBe("https://harbor.pagerduty.example/incidents/INC-41");
  });

  it("copies the incident and the page as Markdown", async () => {
    const user = open("full");
    await screen.findByText("Ledger primary lost");
    await user.keyboard("c");
    await waitFor(async () => expect(await navigator.clipboard.readText()).toBe("**16 incidents**"));
    await user.keyboard("y");
    await waitFor(async () => expect(await navigator.clipboard.readText()).toContain("**INC-41 Ledger lag"));
  });
});

describe("states", () => {
  it.each([
    ["quiet", "No incidents are known"],
    ["blind", "Not known whether there were incidents"],
    ["unconnected", "No source of incidents is connected"],
    ["failed", "synced.db cannot be read"],
  ] as const)("%s", async (scenario, text) => {
    open(scenario);
    expect((await screen.findAllByText(new RegExp(text))).length).toBeGreaterThan(0);
  });

  it("does not call nothing open what it could not read", async () => {
    open("blind");
    expect(await screen.findByText("Cannot tell whether anything is open")).toBeTruthy();
    expect(screen.queryByText("Nothing is open")).toBeNull();
  });

  it("keeps old rows when a refresh fails", async () => {
    const full = fixtureHost("full");
    let broken = false;
    const refuse = () => Promise.reject(new HostError({ code: "store_unreadable", message: "disk", hint: null }));
    const user = open("full", {
      incidentIndex: (at, filters) => (broken ? refuse() : full.incidentIndex(at, filters)),
    });
    await screen.findByText("Ledger primary lost");
    broken = true;
    await user.keyboard("{Shift>}r{/Shift}");
    expect(await screen.findByText("Not refreshed: what you see is from 07:00")).toBeTruthy();
    expect(screen.getByText("Ledger primary lost")).toBeTruthy();
  });

  it("shows what an upstream wrote as text alone", async () => {
    open("hostile");
    expect(await screen.findByText(/<script>alert\(1\)<\/script>/)).toBeTruthy();
    expect(document.querySelector("script[src='x'], main img, main b")).toBeNull();
    expect(screen.getByText(/^safe gpj\.exe very long title/)).toBeTruthy();
  });
});
