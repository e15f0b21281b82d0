import { describe, expect, it } from "vitest";
import type { Durations, OpenNow } from "../../host/bindings";
import { durationClause, durationSummary, openAnswer } from "./answer";
import { filterSearch, filtersOf, searchOf } from "./filters";
import { partsOf } from "./lines";
import { wordOf } from "./words";

const now = (change: Partial<OpenNow>): OpenNow => ({
  known: 0,
  worst: null,
  longest_secs: null,
  blind: [],
  ...change,
});

describe("the answer", () => {
  it.each([
    [now({}), "ok", "Nothing is open"],
    [now({ known: 1, worst: 2, longest_secs: 4_320 }), "critical", "1 is open, for 1h 12m"],
    [now({ known: 3, worst: 4, longest_secs: 60 }), "warn", "3 are open, the oldest for 1\u00a0min"],
    [now({ known: 1, worst: null, longest_secs: 60 }), "warn", "1 is open, for 1\u00a0min"],
    [now({ blind: ["pd"] }), "unknown", "Cannot tell whether anything is open"],
    [now({ known: 2, longest_secs: 60, blind: ["pd"] }), "unknown", "At least 2 are open, the oldest for 1\u00a0min"],
  ] as const)("%j", (open, status, text) => {
    expect(openAnswer(open, true)).toEqual({ status, text });
  });

  it("claims nothing where no source is connected", () => {
    expect(openAnswer(now({}), false).status).toBe("unknown");
  });
});

describe("lengths", () => {
  const told: Durations = {
    ended: 15,
    running: 1,
    never: 2,
    fewest: 8,
    median: { secs: 3_420, at_least: false, low_secs: 1_980, high_secs: 6_360 },
    p90: { secs: 11_100, at_least: true, low_secs: 6_360, high_secs: null },
    dots: [],
    dots_are_shares: false,
    method: { title: "Time to resolve", formula: "", source: "", pitfalls: "" },
  };
  it("tells count, interval and what is left out", () => {
    expect(durationClause(told, "resolved")).toBe(
      "15 resolved, 1 running, 2 without a time; median between 33\u00a0min and 1h 46m (95\u00a0%)",
    );
    expect(durationSummary(told, "resolved")).toContain(
      "90th percentile at least 3h 05m, it lies above 1h 46m (95\u00a0%).",
    );
  });
  it("says when there are too few", () => {
    const few = { ...told, ended: 3, running: 0, never: 0, median: null, p90: null };
    expect(durationClause(few, "resolved")).toBe("3 resolved: too few for a median, 8 are needed");
  });
});

describe("filters", () => {
  it("come out of an address as they went in", () => {
    const search = { q: "led", severity: ["1", "unmapped"], service: [""], tests: true as const };
    expect(searchOf(filtersOf(search, { team: null, range: null }))).toEqual(search);
    expect(filterSearch({ service: "ledger", status: [], q: "", tests: "yes" })).toEqual({ service: ["ledger"] });
  });
  it.each([
    ["month", "2026-09", "Sep 2026"],
    ["month", "soon", "soon"],
    ["severity", "2", "SEV2"],
    ["severity", "unmapped", "not mapped"],
    ["service", "", "no service"],
    ["status", "acked", "Acked"],
  ] as const)("%s %s", (facet, key, word) => {
    expect(wordOf(facet, key)).toBe(word);
  });
});

describe("partsOf", () => {
  const rows = Array.from({ length: 250 }, (_, index) => String(index));
  it.each([
    [0, 40, [[0, 99]]],
    [
      90,
      110,
      [
        [0, 99],
        [100, 199],
      ],
    ],
    [210, 400, [[200, 249]]],
  ])("rows %d to %d", (first, last, expected) => {
    expect(partsOf(rows, first, last).map((part) => [Number(part[0]), Number(part.at(-1))])).toEqual(expected);
  });
  it("of no rows there are none", () => {
    expect(partsOf([], 0, 0)).toEqual([]);
  });
});
