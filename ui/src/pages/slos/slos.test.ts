import { describe, expect, it } from "vitest";
import { pageOf } from "../../host/fixtures/slo-page";
import { fullTable } from "../../host/fixtures/slo-table";
import { budgetData } from "./budget";
import { facetsOf, narrowed } from "./facets";
import { heatData, heatNumbers, levelOf, worstHours } from "./heat";
import { burnText, objectiveText, outlookOf, stateOf, verdictOf } from "./words";

const NOW = "2026-11-16T07:00:00Z";
const rows = fullTable().rows;
const line = (name: string) => {
  const found = rows.find((row) => row.name === name);
  if (!found) throw new Error(`no row ${name}`);
  return found;
};
const checkout = () => pageOf(line("Checkout availability"));

describe("the budget chart", () => {
  it("past and forecast meet now, and every line is as long as the axis", () => {
    const data = budgetData(checkout(), "UTC");
    const now = data.at.indexOf(Date.parse(NOW) / 1000);
    expect(now).toBe(719);
    for (const series of data.series) expect(series.values).toHaveLength(data.at.length);
    const at = (id: string) => data.series.find((series) => series.id === id)?.values[now];
    expect([at("left"), at("pace"), at("calm")]).toEqual([18.2, 18.2, 18.2]);
    expect(data.at.every((value, index) => index === 0 || value > (data.at[index - 1] ?? 0))).toBe(true);
  });

  it("what is known only in part is a line of its own", () => {
    const page = checkout();
    const data = budgetData({ ...page, columns: { ...page.columns, whole_from: "2026-11-01T00:00:00Z" } }, "UTC");
    const [left, part] = data.series;
    expect([left?.values[0], part?.name]).toEqual([null, "Known in part"]);
    expect(part?.values[0]).not.toBeNull();
    const both = data.at.filter((_, index) => left?.values[index] !== null && part?.values[index] !== null);
    expect(both).toHaveLength(1);
  });

  it.each([
    ["never below zero", 0.182, 0],
    ["a little below", -0.062, -10],
    ["far below", -2.3, -300],
  ])("the axis reaches as far down as the budget went: %s", (_, left, from) => {
    const page = checkout();
    const columns = { ...page.columns, remaining: page.columns.remaining.map(() => left) };
    expect(budgetData({ ...page, columns }, "UTC").axis?.from).toBe(from);
  });

  it("marks incidents, alerts, changes, and where the definition changed, by time", () => {
    const { events = [], changes = [] } = budgetData(checkout(), "UTC");
    const labels = events.map((event) => event.label);
    expect(labels).toEqual(expect.arrayContaining(["INC-38", "CheckoutErrorBudgetBurn", "new definition"]));
    expect(events.map((event) => event.at)).toEqual(events.map((event) => event.at).toSorted((a, b) => a - b));
    expect(changes.filter((change) => change.rolledBack)).toHaveLength(1);
  });
});

describe("the heat", () => {
  it.each([
    ["missing is not quiet", { total: null, burn: null }, "none"],
    ["quiet", { total: 0, burn: null }, "low"],
    ["even", { total: 1, burn: 1 }, "high"],
    ["above even", { total: 1, burn: 1.01 }, "warn"],
    ["at the threshold", { total: 1, burn: 14.4 }, "warn"],
    ["above it", { total: 1, burn: 14.41 }, "critical"],
  ] as const)("%s", (_, hour, level) => {
    expect(levelOf({ at: NOW, bad: null, remaining: null, ...hour }, 14.4)).toBe(level);
  });

  it("lays each hour at its UTC day, and nothing outside the window", () => {
    const data = heatData(checkout());
    const cells = data.columns.flat();
    expect([data.columns.length, cells.filter(({ level }) => level !== "outside").length]).toEqual([31, 720]);
    expect(data.columns[0]?.[6]?.level).toBe("outside");
    expect(data.columns[0]?.[7]?.text).toContain("Sat 17 Oct 2026, 07:00 UTC");
  });

  it("the numbers hold every hour, and say which are missing", () => {
    const numbers = heatNumbers(pageOf(line("Search indexing")));
    expect(numbers.rows).toHaveLength(720);
    const missing = numbers.rows.filter((row) => row[1] === "missing");
    expect(missing).toHaveLength(63);
    expect(missing.every((row) => row[2] === null && row[4] === null)).toBe(true);
  });

  it("names the worst hours, none below the even spend", () => {
    const worst = worstHours(checkout(), 4).map((hour) => hour.burn ?? 0);
    expect(worst).toEqual(worst.toSorted((a, b) => b - a));
    expect(worstHours(pageOf(line("Ledger durability")), 4)).toEqual([]);
  });
});

describe("words", () => {
  it("a state that this program does not know is unknown", () => {
    expect(stateOf("brilliant").status).toBe("unknown");
  });

  it("an objective has no noise of binary fractions", () => {
    expect(objectiveText(0.999_000_000_000_000_1)).toBe("99.9\u00a0%");
  });

  it("no traffic is not a burn of 0, and unknown is neither", () => {
    expect([burnText(0, "ok").word, burnText(null, "ok").word, burnText(null, "unknown").word]).toEqual([
      "0×",
      "none",
      "?",
    ]);
  });

  it.each([
    ["Checkout availability", "out Tue 17, 08:00"],
    ["Mailer delivery", "back Wed 18, 14:00"],
    ["Partner callbacks", "not known"],
    ["Ledger durability", "lasts"],
  ])("%s: %s", (name, word) => {
    expect(outlookOf(line(name), NOW, "UTC").word).toBe(word);
  });

  it("a spent budget that does not come back does not last", () => {
    expect(outlookOf({ ...line("Mailer delivery"), recovers_at: null }, NOW, "UTC").word).toBe("stays spent");
  });
});

describe("too few events", () => {
  it("are no health, and what is spent or not known stays so", () => {
    const verdicts = ["ok", "warn", "spent", "unknown"].map((state) => verdictOf({ state, too_few: true }));
    expect(verdicts).toEqual(["no_verdict", "warn", "spent", "unknown"]);
    expect(verdictOf({ state: "ok", too_few: false })).toBe("ok");
    expect(stateOf("no_verdict").status).toBe("unknown");
  });
});

describe("narrowing", () => {
  it("all words, and one facet of each kind", () => {
    const names = (find: string, only: string[]) => narrowed(rows, find, only).map((row) => row.name);
    expect(names("LEDGER fresh", [])).toEqual(["Ledger freshness"]);
    expect(names("", ["state:spent", "state:warn"])).toEqual(["Mailer delivery", "Search answers in time"]);
    expect(names("", ["state:critical", "service:ledger"])).toEqual(["Ledger freshness"]);
    // One that saw too few events is not among the healthy ones, neither by its word nor by its facet.
    expect(names("healthy", ["team:platform"])).toEqual(["Checkout latency", "Ledger durability"]);
    expect(names("", ["state:no_verdict"])).toEqual(["Statement export"]);
  });

  it("offers the states that there are, and teams when there are several", () => {
    const ids = facetsOf(rows, ["platform", "search"]).map((facet) => facet.id);
    expect(ids.slice(0, 2)).toEqual(["state:spent", "state:critical"]);
    expect(ids).toContain("team:search");
    expect(facetsOf(rows.slice(0, 1), ["platform"])).toEqual([]);
  });
});
