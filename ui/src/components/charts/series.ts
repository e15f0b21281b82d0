import type { Shape } from "../StatusMark";

/** A line of the chart. */
export interface Series {
  id: string;
  name: string;
  /** One for each instant; `null` where it is not known, which leaves a hole. */
  values: readonly (number | null)[];
  /** What was measured is solid, what is expected dashed, what it is held against thin. */
  kind: "data" | "forecast" | "reference";
  /** Told of what is to come alone: before now it is not missing. */
  ahead?: boolean;
  /** Holds its value until the next one, instead of going there in a line. */
  stepped?: boolean;
  /** Tinted down to zero: for the one line that the chart is about. */
  filled?: boolean;
}

/** A span of values with a meaning. */
export interface Threshold {
  from: number;
  to: number;
  status: "warn" | "critical";
  /** What it means: `Tight, 0–20 %`. */
  word: string;
}

/** Something that happened, above the plot with a line down into it. */
export interface EventMark {
  at: number;
  shape: Shape;
  label: string;
  /** The shape stands alone in the plot: its name is long, and is in the table. */
  bare?: boolean;
}

/** A deploy, as a triangle under the axis. */
export interface ChangeMark {
  at: number;
  label: string;
  rolledBack: boolean;
}

/** A cause, written where the line steps. */
export interface StepNote {
  at: number;
  /** Beside which value it stands. */
  value: number;
  text: string;
  side: "left" | "right";
}

/** Everything a time series shows. Instants are seconds since 1970; values are rounded and scaled by the view. */
export interface TimeSeriesData {
  /** Ascending. */
  at: readonly number[];
  /** At most five; of more, the view makes `other`. */
  series: readonly Series[];
  /** What the values are: `%`, `×`. Written after each number of the readout. */
  unit: string;
  /** Digits after the point. */
  digits: number;
  /** Ends of the value axis and its marks; without, they follow the values. */
  axis?: { from: number; to: number; ticks: readonly number[] };
  /** The line between what was and what is expected, with the value there. */
  now?: { at: number; value: number | null; label: string };
  thresholds?: readonly Threshold[];
  events?: readonly EventMark[];
  changes?: readonly ChangeMark[];
  notes?: readonly StepNote[];
  /** What the forecast assumes, under the plot. */
  caption?: string;
  /** Zone of the clock on the axis. */
  zone: string;
}

/** Whether a line could have a value there: the past has no forecast, and what is to come was not measured. */
export function isThere(
  series: Pick<Series, "kind" | "ahead">,
  seconds: number,
  { now }: Pick<TimeSeriesData, "now">,
): boolean {
  if (series.kind === "forecast" || series.ahead) return now !== undefined && seconds >= now.at;
  return series.kind === "reference" || now === undefined || seconds <= now.at;
}

/** A number of the series as the readout and the table write it. */
export function valueText(
  value: number | null | undefined,
  { digits, unit }: Pick<TimeSeriesData, "digits" | "unit">,
): string {
  if (value === null || value === undefined) return "not known";
  const text = Math.abs(value).toLocaleString("en-GB", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const sign = value < 0 && /[1-9]/.test(text) ? "\u2212" : "";
  return `${sign}${text}${unit === "%" ? "\u00a0%" : unit}`;
}

/** A text beside a point: where the point is, and how wide shape and text are. */
export interface Labelled {
  x: number;
  width: number;
}

/**
 * On which side of its point each label stands so that none lies over another or beyond the edges: 1 right, -1 left,
 * 0 no room. Points come from left to right.
 */
export function labelSides(labels: readonly Labelled[], from: number, to: number, gap: number): (1 | -1 | 0)[] {
  let free = from;
  return labels.map(({ x, width }, index) => {
    const next = labels[index + 1]?.x ?? Number.POSITIVE_INFINITY;
    if (x + gap + width <= Math.min(to, next - gap)) {
      free = x + gap + width;
      return 1;
    }
    if (x - gap - width >= free + gap) {
      free = x + gap;
      return -1;
    }
    free = Math.max(free, x + gap);
    return 0;
  });
}

/** The ends of an axis that holds all values of some lines, with a little air; zero is in it when it is near. */
export function endsOf(lines: readonly (readonly (number | null)[])[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of lines) {
    for (const value of values) {
      if (value === null) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (low > high) return [0, 1];
  const air = (high - low || Math.abs(high) || 1) * 0.08;
  const bottom = low >= 0 && low < (high - low) * 0.5 ? 0 : low - air;
  return [bottom, high + air];
}
