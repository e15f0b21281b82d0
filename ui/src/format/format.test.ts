import { describe, expect, it } from "vitest";
import { duration, relative } from "./duration";
import { clock, instant, place, stamp, withInstants } from "./instant";
import { warningWords } from "./warning";
import { wordsOf } from "./name";
import { count, counted, multiple, percent } from "./number";

const NOW = "2026-11-16T07:00:00Z";

describe("instants in a zone, whatever the machine's own", () => {
  it.each([
    ["2026-11-16T07:00:00Z", "Europe/Lisbon", "07:00"],
    ["2026-11-16T07:00:00Z", "Asia/Tokyo", "16:00"],
    ["2026-07-01T23:30:00Z", "Europe/Lisbon", "00:30"],
    ["2026-10-25T00:30:00Z", "Europe/Lisbon", "01:30"],
    ["2026-10-25T01:30:00Z", "Europe/Lisbon", "01:30"],
  ])("clock of %s in %s", (at, zone, expected) => {
    expect(clock(at, zone)).toBe(expected);
  });

  it.each([
    ["2026-11-16T05:48:00Z", "05:48"],
    ["2026-11-15T23:59:00Z", "Sun 15, 23:59"],
    ["2026-11-21T20:00:00Z", "Sat 21, 20:00"],
    ["2026-11-06T08:00:00Z", "Fri 6 Nov"],
    ["2025-11-06T08:00:00Z", "6 Nov 2025"],
  ])("instant of %s", (at, expected) => {
    expect(instant(at, NOW, "UTC")).toBe(expected);
  });

  it("tells the day of the zone, not of UTC", () => {
    expect(instant("2026-11-15T16:00:00Z", NOW, "Asia/Tokyo")).toBe("01:00");
  });

  it("stamps with the zone", () => {
    expect(stamp(NOW, "UTC")).toBe("Mon 16 Nov 2026, 07:00 UTC");
    expect(place("America/New_York")).toBe("New York");
  });
});

describe("durations", () => {
  it.each([
    [0, "0\u00a0s"],
    [59.6, "1\u00a0min"],
    [3_599, "59\u00a0min"],
    [3_600, "1h"],
    [4_320, "1h 12m"],
    [172_799, "47h 59m"],
    [172_800, "2\u00a0d"],
    [-4_320, "1h 12m"],
  ])("%d s", (seconds, expected) => {
    expect(duration(seconds)).toBe(expected);
  });

  it.each([
    ["2026-11-16T05:48:00Z", "1h 12m ago"],
    ["2026-11-16T07:40:00Z", "in 40\u00a0min"],
    [NOW, "now"],
  ])("relative %s", (at, expected) => {
    expect(relative(at, NOW)).toBe(expected);
  });
});

describe("what limits an answer", () => {
  const told = (last_ok_at: string | null) =>
    warningWords({ code: "source_failed", source: "pd", message: "pd failed", last_ok_at }, NOW, "Asia/Tokyo");
  it("is told with its instant by the reader's clock, and without one where there is none", () => {
    expect(told("2026-11-16T03:10:00Z")).toBe("pd failed (last read whole 12:10)");
    expect(told(null)).toBe("pd failed");
  });
});

describe("a sentence of the engine's", () => {
  it.each([
    ["read whole 2026-11-16T03:10:00Z: refused", "read whole 03:10: refused"],
    ["from 2026-10-21T09:00:00.5+00:00 on", "from Wed 21 Oct on"],
    ["the release 2026.11.11-2 and 2026-11-16", "the release 2026.11.11-2 and 2026-11-16"],
  ])("%s", (text, expected) => {
    expect(withInstants(text, "2026-11-16T07:00:00Z", "Europe/Lisbon")).toBe(expected);
  });
});

describe("numbers", () => {
  it.each([
    [0.18, "18.0\u00a0%"],
    [-0.06, "\u22126.0\u00a0%"],
    [-0.0001, "0.0\u00a0%"],
    [1, "100.0\u00a0%"],
  ])("percent of %d", (ratio, expected) => {
    expect(percent(ratio)).toBe(expected);
  });

  it("multiples, counts and words", () => {
    expect([multiple(24), multiple(14.4), multiple(123.4)]).toEqual(["24×", "14.4×", "123×"]);
    expect([count(1240), counted(1, "source"), counted(0, "source")]).toEqual(["1,240", "1 source", "0 sources"]);
    expect(wordsOf("page_unacked")).toBe("Page unacked");
  });
});
