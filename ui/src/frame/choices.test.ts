import { describe, expect, it } from "vitest";
import type { Frame } from "../host/bindings";
import { daysOf, rangesWith, rangeWord } from "./range";
import { teamsOf } from "./teams";

describe("ranges", () => {
  it.each([
    ["28d", 28, "Last 28\u00a0d"],
    ["0d", 0, "Last 0\u00a0d"],
    ["28", null, "All time"],
    ["-1d", null, "All time"],
    [null, null, "All time"],
  ])("%s", (range, days, word) => {
    expect(daysOf(range)).toBe(days);
    expect(rangeWord(range)).toBe(word);
  });

  it("one that an address brings is offered in its place", () => {
    expect(rangesWith("14d")).toEqual(["7d", "14d", "28d", "90d", "365d", null]);
    expect(rangesWith("28d")).toHaveLength(5);
    expect(rangesWith("soon")).toHaveLength(5);
  });
});

describe("teams", () => {
  const frame = (teams: string[]): Frame => ({ workspace: "Harbor", timezone: "UTC", me: null, demo: false, teams });
  const words = (teams: string[], chosen: string | null) => teamsOf(frame(teams), chosen).map(({ word }) => word);

  it("every team comes first, then the order of the configuration", () => {
    expect(words(["search", "platform"], null)).toEqual(["All teams", "search", "platform"]);
  });

  it("none is offered where none is configured", () => {
    expect(words([], null)).toEqual([]);
    expect(teamsOf(undefined, null)).toEqual([]);
  });

  it("one that only the address names can be seen and left", () => {
    expect(words(["platform"], "gone")).toEqual(["All teams", "platform", "gone"]);
    expect(words([], "gone")).toEqual(["All teams", "gone"]);
  });
});
