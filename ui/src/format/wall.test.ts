import { describe, expect, it } from "vitest";
import { daysToMonday, wallClock } from "./wall";

describe("wallClock", () => {
  it.each([
    ["tomorrow in Lisbon", "2026-11-16T07:00:00Z", "Europe/Lisbon", 1, "2026-11-17T09:00:00Z"],
    ["already tomorrow in Tokyo", "2026-11-16T16:00:00Z", "Asia/Tokyo", 1, "2026-11-18T00:00:00Z"],
    ["over the night in which clocks go back", "2026-10-24T12:00:00Z", "Europe/Lisbon", 1, "2026-10-25T09:00:00Z"],
    ["over the night in which clocks go forward", "2026-03-28T12:00:00Z", "Europe/Lisbon", 1, "2026-03-29T08:00:00Z"],
  ])("%s", (_, now, zone, days, expected) => {
    expect(wallClock(now, zone, days, 9)).toBe(expected);
  });
});

describe("daysToMonday", () => {
  it.each([
    ["2026-11-16T07:00:00Z", "Europe/Lisbon", 7],
    ["2026-11-15T07:00:00Z", "Europe/Lisbon", 1],
    ["2026-11-15T16:00:00Z", "Asia/Tokyo", 7],
    ["2026-11-17T07:00:00Z", "Europe/Lisbon", 6],
  ])("%s in %s", (now, zone, expected) => {
    expect(daysToMonday(now, zone)).toBe(expected);
  });
});
