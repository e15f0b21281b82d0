import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "../../App";
import { fixtureHost } from "../../host/fixtures/host";
import type { Scenario } from "../../host/fixtures/scenarios";
import type { Host } from "../../host/host";

// There is no canvas here: the chart is looked at in a browser.
vi.mock("../../components/charts/lazy", () => ({ TimeSeries: ({ summary }: { summary: string }) => <p>{summary}</p> }));

function open(scenario: Scenario, changes: Partial<Host> = {}) {
  render(<App host={{ ...fixtureHost(scenario), ...changes }} />);
  return userEvent.setup();
}

const CHECKOUT = "prom-eu/checkout-availability";
const at = (query: string) => window.history.replaceState(null, "", `/slos?${query}`);
const body = () => document.body.textContent ?? "";
const filter = () => screen.findByRole<HTMLInputElement>("textbox", { name: "Filter SLOs" });
const counted = async (text: string) => waitFor(() => expect(screen.getByText(text)).toBeTruthy());
const search = () => new URLSearchParams(window.location.search);

beforeEach(() => {
  window.localStorage.clear();
  window.history.replaceState(null, "", "/slos");
});

describe("the table", () => {
  it("answers in a sentence, with what comes next", async () => {
    open("full");
    expect(await screen.findByText("1 of 9 budgets is spent, 2 are critical, 1 is tight, 1 is not known")).toBeTruthy();
    expect(body()).toContain("Checkout availability runs out first");
  });

  it("narrows by words, and x clears that", async () => {
    const user = open("full");
    await user.type(await filter(), "ledger");
    await counted("3 of 9");
    await user.keyboard("{Escape}{Escape}");
    await counted("9 of 9");
    await user.type(await filter(), "nothing has this name");
    expect(await screen.findByText("No SLO matches the filter.")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: /Clear it/ }));
    await counted("9 of 9");
  });

  it("narrows by a state and by a service, and the address holds both", async () => {
    const user = open("full");
    await user.click(await screen.findByRole("button", { name: /^Critical/ }));
    await counted("2 of 9");
    await user.click(screen.getByRole("button", { name: "Service: every one" }));
    await user.click(await screen.findByRole("menuitem", { name: "ledger, 3" }));
    await counted("1 of 9");
    expect(search().get("only")).toContain("service:ledger");
  });

  it("a narrowed address opens narrowed", async () => {
    at(`only=${encodeURIComponent(JSON.stringify(["state:spent"]))}`);
    open("full");
    await counted("1 of 9");
  });

  it("copies the page with c and the selected line with y", async () => {
    const user = open("full");
    await filter();
    await user.keyboard("c");
    expect(await screen.findByText("Copied as Markdown")).toBeTruthy();
    expect(await navigator.clipboard.readText()).toBe("**1 of 9 budgets is spent**");
    await user.keyboard("jjy");
    expect(await screen.findByText("SLO copied as Markdown")).toBeTruthy();
    expect(await navigator.clipboard.readText()).toBe(`**${CHECKOUT}: line**`);
  });

  it("j, j, Enter opens the second, Escape comes back to it", async () => {
    const user = open("full");
    await filter();
    await user.keyboard("jj{Enter}");
    expect(await screen.findByRole("heading", { name: "18.2\u00a0% of the budget is left" })).toBeTruthy();
    expect(search().get("open")).toBe(CHECKOUT);
    await user.keyboard("{Escape}");
    await filter();
    expect([search().get("open"), search().get("row")]).toEqual([null, CHECKOUT]);
  });
});

describe("an SLO that saw too few events", () => {
  it("is given no number, neither in the table nor on its page", async () => {
    const user = open("full");
    const cell = await screen.findByRole("img", { name: "no verdict, too few events to judge: 96 of 200" });
    expect(cell).toBeTruthy();
    await user.click(await screen.findByText("Statement export"));
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("heading", { name: "Too few events to judge: 96 of 200" })).toBeTruthy();
    expect(screen.queryByText(/100\.0.% left/)).toBeNull();
  });
});

describe("states of the table", () => {
  it.each([
    ["unconnected", "No SLO is known yet"],
    ["failed", "How much budget is left is not known: the SLOs could not be read"],
    ["blind", "connection refused"],
    ["quiet", "All 2 budgets are healthy"],
  ] as const)("%s", async (scenario, shows) => {
    open(scenario);
    expect(await screen.findByText(shows, { exact: false })).toBeTruthy();
  });

  it("without a source it leads to the first one, else it syncs", async () => {
    const user = open("unconnected");
    await user.click(await screen.findByRole("button", { name: "Connect a source" }));
    expect(await screen.findByRole("heading", { name: "Add a source" })).toBeTruthy();
  });

  it("says when a source that fails was read, in the zone of the page", async () => {
    open("blind");
    expect(await screen.findByText(/connection refused \(last read whole 03:10\)/)).toBeTruthy();
  });

  it("says of a team without SLOs that others have some", async () => {
    at("team=desk");
    open("full");
    expect(await screen.findByRole("heading", { name: "No SLO of this team" })).toBeTruthy();
    expect(body()).toContain("9 SLOs of other teams are known");
  });
});

describe("one SLO", () => {
  const opened = async (id: string, scenario: Scenario = "full") => {
    at(`open=${encodeURIComponent(id)}`);
    const user = open(scenario);
    await screen.findByRole("heading", { level: 2, name: /budget is left|budget is spent|No traffic/ });
    return user;
  };

  it("tells what spent it, row by row, and that it adds up", async () => {
    await opened(CHECKOUT);
    const table = within(await screen.findByRole("grid", { name: "What spent the budget" }));
    const points = table
      .getAllByRole("row")
      .slice(1)
      .map((row) => Number(row.lastChild?.textContent));
    const rest = Number(/The rest[^0-9]*2 smaller spells: 3,070 bad([\d.]+)Spent([\d.]+)/.exec(body())?.[1]);
    expect(points.reduce((sum, value) => sum + value, rest)).toBeCloseTo(81.8, 5);
  });

  it("explains why the upstream says otherwise", async () => {
    await opened(CHECKOUT);
    const section = await screen.findByRole("region", { name: "Same SLO, two numbers" });
    expect(section.textContent).toContain("8.5 of the 8.6 points are method");
  });

  it("says that the definition changed wherever sums mix its versions", async () => {
    await opened(CHECKOUT);
    const months = await screen.findByRole("region", { name: "Months" });
    expect(months.textContent).toContain("Oct: the definition changed within");
    expect(body()).toContain("hours before were measured by the older expressions");
    const definition = screen.getByRole("region", { name: "Definition" });
    expect(definition.textContent).toContain("99.95\u00a0%");
  });

  it("no traffic is neither 0 nor 100 %", async () => {
    await opened("prom-eu/partner-callbacks");
    expect(screen.getByRole("heading", { name: "No traffic was measured" })).toBeTruthy();
    expect(body()).toContain("unknown is not 100");
    const burns = within(screen.getByRole("region", { name: "Burn windows" }));
    expect(burns.getAllByText("none")).toHaveLength(4);
    expect(burns.queryByText("Slow enough")).toBeNull();
  });

  it("j goes to the next SLO, k back", async () => {
    const user = await opened(CHECKOUT);
    await screen.findByText(/2 of 9/);
    await user.keyboard("j");
    expect(await screen.findByRole("heading", { name: "40.5\u00a0% of the budget is left" })).toBeTruthy();
    await user.keyboard("k");
    expect(await screen.findByRole("heading", { name: "18.2\u00a0% of the budget is left" })).toBeTruthy();
  });

  it("one that does not exist says how ids are written and leads back", async () => {
    at("open=prom-eu%2Fnothing");
    const user = open("full");
    expect(await screen.findByText(/there is no SLO prom-eu\/nothing/)).toBeTruthy();
    await user.keyboard("{Escape}");
    expect(await filter()).toBeTruthy();
  });

  it("copies the whole page with c", async () => {
    const user = await opened(CHECKOUT);
    await user.keyboard("c");
    expect(await screen.findByText("Copied as Markdown")).toBeTruthy();
    expect(await navigator.clipboard.readText()).toBe(`**${CHECKOUT}: page**`);
  });
});
