import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { App } from "../App";
import type { IncidentFilters } from "../host/bindings";
import { fixtureHost } from "../host/fixtures/host";
import type { Scenario } from "../host/fixtures/scenarios";
import type { Host } from "../host/host";

function open(address: string, changes: Partial<Host> = {}, scenario: Scenario = "full") {
  window.history.replaceState(null, "", address);
  render(<App host={{ ...fixtureHost(scenario), ...changes }} />);
  return userEvent.setup();
}

const search = () => new URLSearchParams(window.location.search);
const teamButton = () => screen.findByRole("button", { name: /^Team:/ });
const onPage = (name: string) => screen.findByRole("heading", { level: 1, name });

// Pages are loaded late; on a busy machine that takes longer than a test waits.
beforeAll(async () => {
  await Promise.all([
    import("../pages/oncall/OncallPage"),
    import("../pages/slos/SlosPage"),
    import("../pages/incidents/IncidentsPage"),
    import("./MomentControl"),
    import("./TeamControl"),
  ]);
}, 60_000);
beforeEach(() => window.localStorage.clear());

describe("the team", () => {
  it("is chosen by key, stands in the address, and narrows what is asked", async () => {
    const asked: (string | null)[] = [];
    const full = fixtureHost("full");
    const user = open("/slos", { sloTable: (asOf, team) => (asked.push(team), full.sloTable(asOf, team)) });
    expect((await teamButton()).textContent).toContain("All teams");
    await user.keyboard("m");
    const menu = await screen.findByRole("menu");
    const items = within(menu).getAllByRole("menuitemradio");
    expect(items.map((item) => item.textContent)).toEqual(["All teams", "platform", "search"]);
    expect(items[0]?.getAttribute("aria-checked")).toBe("true");
    await user.click(items[2] as HTMLElement);
    await waitFor(() => expect(search().get("team")).toBe("search"));
    await waitFor(() => expect(asked.at(-1)).toBe("search"));
    expect((await teamButton()).textContent).toContain("search");
  });

  it("goes along from page to page, and a page that does not read it says so", async () => {
    const user = open("/slos?team=search");
    await teamButton();
    await user.keyboard("go");
    await onPage("On-call");
    expect(search().get("team")).toBe("search");
    expect((await teamButton()).textContent).toContain("search");
    await user.click(screen.getByRole("link", { name: /Sources/ }));
    await onPage("Sources");
    expect(search().get("team")).toBe("search");
    expect(screen.queryByRole("button", { name: /^Team:/ })).toBeNull();
    expect(screen.getByText("Tells of all teams")).toBeTruthy();
    await user.keyboard("gi");
    await onPage("Incidents");
    expect((await teamButton()).textContent).toContain("search");
    await user.keyboard("m");
    await user.click(await screen.findByRole("menuitemradio", { name: "All teams" }));
    await waitFor(() => expect(search().get("team")).toBeNull());
  });

  it("is not offered where no team is configured", async () => {
    open("/slos", {}, "unconnected");
    await screen.findByText("No SLO is known yet");
    expect(screen.queryByRole("button", { name: /^Team:/ })).toBeNull();
  });

  it("that is configured nowhere is shown and can be left", async () => {
    const user = open("/slos?team=gone", {}, "unconnected");
    await user.click(await teamButton());
    await user.click(await screen.findByRole("menuitemradio", { name: "All teams" }));
    await waitFor(() => expect(search().get("team")).toBeNull());
    await waitFor(() => expect(screen.queryByRole("button", { name: /^Team:/ })).toBeNull());
  });
});

describe("the range", () => {
  it("is chosen with the instant's key where a page reads it, and given up again", async () => {
    const asked: IncidentFilters[] = [];
    const full = fixtureHost("full");
    const user = open("/incidents", {
      incidentIndex: (asOf, filters) => (asked.push(filters), full.incidentIndex(asOf, filters)),
    });
    await screen.findByRole("button", { name: /^All time/ });
    await user.keyboard("t");
    await user.click(await screen.findByRole("button", { name: /^28\sd$/ }));
    await waitFor(() => expect(search().get("range")).toBe("28d"));
    await waitFor(() => expect(asked.at(-1)?.days).toBe(28));
    await screen.findByRole("button", { name: /^Last 28/ });
    await user.keyboard("t");
    await user.click(await screen.findByRole("button", { name: "all" }));
    await waitFor(() => expect(search().get("range")).toBeNull());
    await screen.findByRole("button", { name: /^All time/ });
  });

  it("does not wait for the instant, which Posture tells", async () => {
    const user = open("/incidents", { posture: () => new Promise(() => undefined) });
    await user.click(await screen.findByRole("button", { name: /^All time/ }));
    await user.click(await screen.findByRole("button", { name: /^90\sd$/ }));
    await waitFor(() => expect(search().get("range")).toBe("90d"));
  });

  it.each(["/posture", "/oncall", "/slos", "/sources"])("is no dead control on %s", async (page) => {
    const user = open(`${page}?range=28d`);
    await screen.findByRole("button", { name: /^As of/ });
    expect(screen.queryByRole("button", { name: /Last 28/ })).toBeNull();
    await user.keyboard("t");
    await screen.findByRole("textbox", { name: "Instant" });
    expect(screen.queryByText("How far back")).toBeNull();
  });
});

describe("the palette", () => {
  it("narrows the page to a team and a range", async () => {
    const user = open("/incidents");
    await teamButton();
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox", { name: "Find or run" }), "search team");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(search().get("team")).toBe("search"));
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox", { name: "Find or run" }), "last 90");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(search().get("range")).toBe("90d"));
    expect(search().get("team")).toBe("search");
  });

  it("offers neither where the page reads neither", async () => {
    const user = open("/sources");
    await onPage("Sources");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox", { name: "Find or run" }), "all teams");
    expect(screen.queryByRole("option", { name: /All teams/ })).toBeNull();
  });
});
