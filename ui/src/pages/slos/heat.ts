import type { HeatCell, HeatData, HeatLevel } from "../../components/charts/heat";
import type { Numbers } from "../../components/charts/numbers";
import { stamp } from "../../format/instant";
import { count, multiple } from "../../format/number";
import type { HourColumns, SloPage } from "../../host/bindings";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Hours are UTC hours: so are the days that they are laid out in. */
const ZONE = "UTC";
const OUTSIDE: HeatCell = { level: "outside", text: "" };

/** An hour of the window. */
export interface Hour {
  at: string;
  burn: number | null;
  bad: number | null;
  total: number | null;
  remaining: number | null;
}

/** The columns of the view as hours. */
function hoursOf(columns: HourColumns): Hour[] {
  const from = Date.parse(columns.from);
  return columns.burn.map((burn, index) => ({
    at: new Date(from + index * HOUR_MS).toISOString(),
    burn,
    bad: columns.bad[index] ?? null,
    total: columns.total[index] ?? null,
    remaining: columns.remaining[index] ?? null,
  }));
}

/** How an hour is shaded. */
export function levelOf(hour: Hour, fast: number): HeatLevel {
  if (hour.total === null) return "none";
  if (hour.burn === null || hour.burn < 0.1) return "low";
  if (hour.burn < 0.5) return "mid";
  if (hour.burn <= 1) return "high";
  return hour.burn <= fast ? "warn" : "critical";
}

/** An hour in words. */
function textOf(hour: Hour, unit: string): string {
  const at = stamp(hour.at, ZONE);
  if (hour.total === null) return `${at}: no data`;
  if (hour.burn === null || hour.bad === null) return `${at}: no traffic`;
  return `${at}: ${multiple(hour.burn)}, ${count(hour.bad)} bad of ${count(hour.total)} ${unit}`;
}

const dayText = (at: number) =>
  new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: ZONE });

/** The window as a grid: a column is a day, a row an hour of the day. */
export function heatData({ columns }: SloPage): HeatData {
  const hours = hoursOf(columns);
  const [first, last] = [hours[0], hours.at(-1)];
  if (!first || !last) return { rowLabels: [], columnLabels: [], columns: [] };
  const start = Math.floor(Date.parse(first.at) / DAY_MS);
  const days = Math.floor(Date.parse(last.at) / DAY_MS) - start + 1;
  const grid: HeatCell[][] = Array.from({ length: days }, () => Array.from({ length: 24 }, () => OUTSIDE));
  for (const hour of hours) {
    const at = Date.parse(hour.at);
    const column = grid[Math.floor(at / DAY_MS) - start];
    if (column)
      column[Math.floor((at % DAY_MS) / HOUR_MS)] = {
        level: levelOf(hour, columns.fast_burn),
        text: textOf(hour, columns.unit),
      };
  }
  const step = Math.max(1, Math.ceil(days / 5));
  return {
    rowLabels: Array.from({ length: 24 }, (_, hour) => (hour % 6 === 0 ? String(hour).padStart(2, "0") : "")),
    columnLabels: grid.map((_, day) => (day % step === Math.floor(step / 2) ? dayText((start + day) * DAY_MS) : "")),
    columns: grid,
  };
}

/** The hours as numbers, for the table and the CSV. */
export function heatNumbers({ columns }: SloPage): Numbers {
  return {
    columns: ["Hour, UTC", "Known", "Burn, ×", `Bad ${columns.unit}`, `All ${columns.unit}`, "Left, ratio"],
    rows: hoursOf(columns).map((hour) => [
      hour.at.replace(".000Z", "Z"),
      hour.total === null ? "missing" : hour.burn === null ? "quiet" : "measured",
      hour.burn,
      hour.bad,
      hour.total,
      hour.remaining,
    ]),
  };
}

/** The hours that burned fastest, above the even spend. */
export function worstHours(page: SloPage, most: number): Hour[] {
  return hoursOf(page.columns)
    .filter((hour) => (hour.burn ?? 0) > 1)
    .toSorted((a, b) => (b.burn ?? 0) - (a.burn ?? 0))
    .slice(0, most);
}
