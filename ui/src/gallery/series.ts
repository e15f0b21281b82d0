import type { HeatCell, HeatData, HeatLevel } from "../components/charts/heat";
import type { TimeSeriesData } from "../components/charts/series";

const DAY = 86_400;
const NOW = Date.UTC(2026, 10, 16, 7) / 1000;

/** Steps of an invented budget, in days from now. */
const STEPS: readonly [number, number][] = [
  [-30, 64],
  [-24, 71],
  [-20, 58],
  [-15, 83],
  [-11, 47],
  [-4, 39],
  [-0.2, 22],
];
const AHEAD: readonly [number, number][] = [
  [0, 22],
  [6, 27],
  [10, 40],
  [19, 76],
  [26, 92],
];

const held = (steps: readonly [number, number][], day: number) => steps.findLast(([at]) => at <= day)?.[1] ?? null;

/** A budget that fell and comes back. */
export const BUDGET: TimeSeriesData = (() => {
  const hours = Array.from({ length: 60 * 24 + 1 }, (_, hour) => hour - 30 * 24);
  return {
    at: hours.map((hour) => NOW + hour * 3_600),
    series: [
      {
        id: "left",
        name: "Left",
        kind: "data",
        stepped: true,
        filled: true,
        values: hours.map((hour) => (hour > 0 ? null : held(STEPS, hour / 24))),
      },
      {
        id: "ahead",
        name: "Expected",
        kind: "forecast",
        stepped: true,
        values: hours.map((hour) => (hour < 0 ? null : held(AHEAD, hour / 24))),
      },
    ],
    unit: "%",
    digits: 1,
    axis: { from: 0, to: 105, ticks: [0, 20, 50, 100] },
    now: { at: NOW, value: 22, label: "now, 22.0 %" },
    thresholds: [{ from: 0, to: 20, status: "warn", word: "Tight, 0–20 %" }],
    events: [
      { at: NOW - 20 * DAY, shape: "warn", label: "INC-36" },
      { at: NOW - 22 * DAY, shape: "maintenance", label: "Maintenance" },
      { at: NOW - 11 * DAY, shape: "critical", label: "INC-38" },
      { at: NOW - 0.2 * DAY, shape: "warn", label: "INC-39" },
    ].sort((a, b) => a.at - b.at) as TimeSeriesData["events"] & object,
    changes: [-27, -25, -18, -13, -4, -3].map((day) => ({
      at: NOW + day * DAY,
      label: "deploy",
      rolledBack: day === -4,
    })),
    notes: [
      { at: NOW - 20 * DAY, value: 62, text: "\u221213.0", side: "right" },
      { at: NOW - 15 * DAY, value: 72, text: "+25.0", side: "left" },
      { at: NOW - 11 * DAY, value: 64, text: "\u221236.0", side: "right" },
      { at: NOW - 4 * DAY, value: 44, text: "\u22128.0", side: "right" },
      { at: NOW + 19 * DAY, value: 80, text: "+36.0 INC-38 leaves", side: "left" },
    ],
    caption: "dashed: background errors continue, nothing else breaks",
    zone: "Europe/Lisbon",
  };
})();

/** Three lines and a limit, with a hole. */
export const LINES: TimeSeriesData = {
  at: Array.from({ length: 97 }, (_, quarter) => NOW - (96 - quarter) * 900),
  series: [
    ...["orders", "stock", "mail"].map((name, line) => ({
      id: name,
      name,
      kind: "data" as const,
      values: Array.from({ length: 97 }, (_, quarter) =>
        line === 1 && quarter > 40 && quarter < 52
          ? null
          : 2 + line * 1.4 + Math.sin(quarter / (7 + line * 3)) + (quarter % 5) * 0.08,
      ),
    })),
    { id: "limit", name: "Limit", kind: "reference" as const, values: Array.from({ length: 97 }, () => 6) },
  ],
  unit: "×",
  digits: 1,
  zone: "Europe/Lisbon",
};

const levelAt = (day: number, hour: number): HeatLevel => {
  if (day === 29 && hour > 7) return "outside";
  if (day === 22 && hour >= 2 && hour <= 5) return "none";
  if (day === 18 && hour >= 14 && hour <= 15) return "critical";
  if (day === 29 && hour < 3) return "critical";
  if (day === 8 && hour >= 3 && hour <= 4) return "warn";
  const noise = (day * 7 + hour * 13 + day * hour) % 23;
  return noise > 20 ? "high" : noise > 16 ? "mid" : "low";
};

/** Burn by hour of a window of 30 days. */
export const BURN: HeatData = {
  rowLabels: Array.from({ length: 24 }, (_, hour) => (hour % 6 === 0 ? String(hour).padStart(2, "0") : "")),
  columnLabels: Array.from({ length: 30 }, (_, day) => (day % 7 === 1 ? dayText(day) : "")),
  columns: Array.from({ length: 30 }, (_, day) =>
    Array.from(
      { length: 24 },
      (__, hour): HeatCell => ({
        level: levelAt(day, hour),
        text: `${dayText(day)} ${String(hour).padStart(2, "0")}:00`,
      }),
    ),
  ),
};

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Load by weekday and hour. */
export const WEEK: HeatData = {
  rowLabels: WEEKDAYS,
  columnLabels: Array.from({ length: 24 }, (_, hour) => (hour % 6 === 0 ? String(hour).padStart(2, "0") : "")),
  columns: Array.from({ length: 24 }, (_, hour) =>
    WEEKDAYS.map(
      (weekday, index): HeatCell => ({
        level:
          index === 5 && hour < 5
            ? "none"
            : (hour * 5 + index * 3) % 11 > 8
              ? "high"
              : (hour + index) % 5 > 2
                ? "mid"
                : "low",
        text: `${weekday} ${String(hour).padStart(2, "0")}:00, ${(hour + index) % 5} pages`,
      }),
    ),
  ),
};

function dayText(day: number): string {
  const at = new Date((NOW - (29 - day) * DAY) * 1000);
  return at.toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
}
