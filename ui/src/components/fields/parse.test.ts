import { describe, expect, it } from "vitest";
import { instantOf, wallOf } from "../../format/wall";
import { inSeconds, lengthOf } from "./parse";

describe("inSeconds", () => {
  it.each([
    ["30m", 1_800],
    ["30 min", 1_800],
    ["1h 30m", 5_400],
    ["1h30m", 5_400],
    ["2 d", 172_800],
    ["0.5h", 1_800],
    ["30", null],
    ["soon", null],
    ["30m or so", null],
    ["-5m", null],
    ["", null],
  ])("%s", (text, seconds) => {
    expect(inSeconds(text)).toBe(seconds);
  });

  it.each([0, 45, 1_800, 5_400, 90_061])("reads back %i", (seconds) => {
    expect(inSeconds(lengthOf(seconds))).toBe(seconds);
  });
});

describe("instantOf", () => {
  it.each([
    ["2026-11-16 08:00", "Europe/Lisbon", "2026-11-16T08:00:00Z"],
    ["2026-07-01 08:00", "Europe/Lisbon", "2026-07-01T07:00:00Z"],
    ["2026-11-16 08:00", "Asia/Tokyo", "2026-11-15T23:00:00Z"],
    ["2026-10-25 01:30", "Europe/Lisbon", "2026-10-25T00:30:00Z"],
    ["2026-03-29 01:30", "Europe/Lisbon", null],
    ["2026-02-30 08:00", "Europe/Lisbon", null],
    ["16 Nov", "Europe/Lisbon", null],
  ])("%s in %s", (text, zone, instant) => {
    expect(instantOf(text, zone)).toBe(instant);
    if (instant) expect(wallOf(instant, zone)).toBe(text);
  });
});
