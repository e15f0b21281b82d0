import { describe, expect, it } from "vitest";
import { type PaletteGroup, find, indexOf } from "./rank";

const run = () => undefined;
const entry = (title: string, subtitle = "") => ({ id: title, title, subtitle, run });
const GROUPS: PaletteGroup[] = [
  {
    name: "Go to",
    entries: [entry("INC-41 ledger lag", "SEV2, open"), entry("ledger freshness", "41.0 % left"), entry("Posture")],
  },
  { name: "Do", entries: [entry("Sync sources for ledger"), entry("Copy as Markdown")] },
];

const titles = (asked: string) =>
  find(indexOf(GROUPS), asked).groups.map((group) => group.entries.map((found) => found.title));

describe("find", () => {
  it.each([
    [
      "nothing asked: all, as given",
      "",
      [
        ["INC-41 ledger lag", "ledger freshness", "Posture"],
        ["Sync sources for ledger", "Copy as Markdown"],
      ],
    ],
    [
      "the title's beginning before a later word",
      "ledger",
      [["ledger freshness", "INC-41 ledger lag"], ["Sync sources for ledger"]],
    ],
    ["a part of an id", "41", [["INC-41 ledger lag", "ledger freshness"]]],
    ["a whole id", "inc-41", [["INC-41 ledger lag"]]],
    ["all words, in any order", "led sync", [["Sync sources for ledger"]]],
    ["a word of the subtitle", "sev2", [["INC-41 ledger lag"]]],
    ["not the middle of a word", "edger", []],
    ["capitals alike", "COPY", [["Copy as Markdown"]]],
  ])("%s", (_, asked, expected) => {
    expect(titles(asked)).toEqual(expected);
  });

  it("marks where the words begin, and never twice", () => {
    const [group] = find(indexOf(GROUPS), "led l").groups;
    expect(group?.entries.map((found) => found.marks)).toEqual([
      [[0, 3]],
      [
        [7, 10],
        [14, 15],
      ],
    ]);
  });

  it("counts all that was found, and shows at most 50", () => {
    const many = [
      { name: "Go to", entries: Array.from({ length: 5_000 }, (_, n) => entry(`INC-${n} orders time out`, "SEV3")) },
    ];
    const found = find(indexOf(many), "orders");
    expect([found.shown, found.of, found.groups[0]?.entries.length]).toEqual([5_000, 5_000, 50]);
  });

  it("answers within a frame for 5,000 entries", () => {
    const many = indexOf([
      {
        name: "Go to",
        entries: Array.from({ length: 5_000 }, (_, n) => entry(`INC-${n} orders time out`, "SEV3, open")),
      },
    ]);
    const once = (asked: string) => {
      const start = performance.now();
      find(many, asked);
      return performance.now() - start;
    };
    for (const asked of ["o", "ord ti", "sev3", "inc-49", "x"]) {
      // The best of forty: a busy machine makes any single one slow.
      const best = Math.min(...Array.from({ length: 40 }, () => once(asked)));
      expect(best, asked).toBeLessThan(16);
    }
  });
});
