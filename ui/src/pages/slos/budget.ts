import type { ChangeMark, EventMark, Series, StepNote, TimeSeriesData } from "../../components/charts/series";
import { instant } from "../../format/instant";
import { percent } from "../../format/number";
import type { SloPage } from "../../host/bindings";

const HOUR = 3_600;
/** Steps smaller than this, in points, are not written beside the line. */
const NOTED = 5;
/** Above an untouched budget there is a little air. */
const TOP = 105;

const seconds = (at: string) => Date.parse(at) / 1000;
const points = (ratio: number | null) => (ratio === null ? null : ratio * 100);

/** What was left hour by hour, and what is expected: the data of the chart. */
export function budgetData(page: SloPage, zone: string): TimeSeriesData {
  const { columns, forecast } = page;
  const now = seconds(forecast.from);
  const past = columns.remaining.length;
  const ahead = Math.max(forecast.at_pace.length, forecast.if_calm.length, 1);
  // The past ends where the forecast begins: they share that point.
  const first = seconds(columns.from) + HOUR;
  const at = [
    ...Array.from({ length: past }, (_, hour) => first + hour * HOUR),
    ...Array.from({ length: ahead - 1 }, (_, hour) => now + (hour + 1) * HOUR),
  ];
  const left = columns.remaining.map(points);
  const later = (values: readonly (number | null)[]) => [
    ...Array.from({ length: Math.max(past - 1, 0) }, () => null),
    ...values.map(points),
  ];
  const marks = marksOf(page);
  return {
    at,
    series: [
      ...measured(page, left, at),
      { id: "pace", name: "At this pace", kind: "forecast", values: later(forecast.at_pace) },
      { id: "calm", name: "No new errors", kind: "reference", ahead: true, values: later(forecast.if_calm) },
    ].map((series) => ({ ...series, values: padded(series.values, at.length) })) as Series[],
    unit: "%",
    digits: 1,
    axis: axisOf(left),
    now: {
      at: now,
      value: points(page.line.budget_remaining),
      label: `now, ${page.line.budget_remaining === null ? "not known" : percent(page.line.budget_remaining)}`,
    },
    thresholds: [{ from: 0, to: 20, status: "critical", word: "Critical, under 20\u00a0%" }],
    events: marks.events,
    changes: marks.changes,
    notes: notesOf(page, zone),
    caption: captionOf(page),
    zone,
  };
}

/** The measured line; where the window behind it is known only in part, a line of its own. */
function measured(page: SloPage, left: (number | null)[], at: number[]): Series[] {
  const whole = page.columns.whole_from ? seconds(page.columns.whole_from) + HOUR : Number.POSITIVE_INFINITY;
  const solid = left.map((value, hour) => ((at[hour] ?? 0) >= whole ? value : null));
  const part = left.map((value, hour) => ((at[hour] ?? 0) <= whole ? value : null));
  const line: Series = { id: "left", name: "Left", kind: "data", filled: true, values: solid };
  const hasPart = part.filter((value) => value !== null).length > 1;
  return hasPart ? [line, { id: "part", name: "Known in part", kind: "data", values: part }] : [line];
}

const padded = (values: readonly (number | null)[], length: number) => [
  ...values,
  ...Array.from({ length: length - values.length }, () => null),
];

/** From zero, or as far below it as the budget went; a forecast may leave the plot. */
function axisOf(left: readonly (number | null)[]): { from: number; to: number; ticks: number[] } {
  const low = Math.min(0, ...left.filter((value) => value !== null));
  if (low > -1) return { from: 0, to: TOP, ticks: [0, 20, 50, 100] };
  const step = [10, 25, 50, 100, 250, 500, 1_000].find((size) => -low / size <= 4) ?? 2_500;
  const from = -step * Math.ceil(-low / step);
  const below = Array.from({ length: Math.round(-from / step) }, (_, index) => from + index * step);
  // Marks that would stand on each other are left out.
  return { from, to: TOP, ticks: [...below, 0, ...(step <= 25 ? [50, 100] : [100])] };
}

function marksOf({ marks: { marks }, changed_at: changed }: SloPage): { events: EventMark[]; changes: ChangeMark[] } {
  const events = marks.flatMap((mark): EventMark[] => {
    if (mark.kind === "incident") {
      const shape = (mark.severity ?? 5) <= 2 ? "critical" : "warn";
      return [{ at: seconds(mark.at), shape, label: mark.label }];
    }
    if (mark.kind === "alert") return [{ at: seconds(mark.at), shape: "page", label: mark.label, bare: true }];
    if (mark.kind === "maintenance") return [{ at: seconds(mark.at), shape: "maintenance", label: mark.label }];
    return [];
  });
  const changes = marks
    .filter((mark) => mark.kind === "change")
    .map((mark) => ({ at: seconds(mark.at), label: mark.title, rolledBack: mark.label === "rollback" }));
  if (changed) events.push({ at: seconds(changed), shape: "info", label: "new definition" });
  return { events: events.toSorted((a, b) => a.at - b.at), changes };
}

/** What each large spell took, and what comes back when it leaves; and where the budget runs out. */
function notesOf(page: SloPage, zone: string): StepNote[] {
  const { columns, forecast } = page;
  const valueAt = (at: string) => {
    const hour = Math.round((seconds(at) - seconds(columns.from)) / HOUR) - 1;
    return points(columns.remaining[hour] ?? null);
  };
  const near = seconds(forecast.from) - columns.remaining.length * HOUR * 0.1;
  const notes = (page.spent?.rows ?? []).flatMap((row): StepNote[] => {
    if (row.points < NOTED) return [];
    const left = valueAt(row.ends_at);
    const named = row.beside?.kind === "incident" ? ` ${row.beside.label}` : "";
    const fell: StepNote[] =
      left === null
        ? []
        : [
            {
              at: seconds(row.ends_at),
              value: left + row.points / 2,
              text: `\u2212${row.points.toFixed(1)}`,
              // Beside now the line turns away: there is room before it.
              side: seconds(row.ends_at) > near ? "left" : "right",
            },
          ];
    const then = points(row.left_then);
    if (row.leaves_at === null || then === null) return fell;
    return [
      ...fell,
      { at: seconds(row.leaves_at), value: then, text: `+${row.points.toFixed(1)}${named} leaves`, side: "left" },
    ];
  });
  const out = page.line.exhausts_at;
  if (out && forecast.at_pace.length > 0)
    notes.push({ at: seconds(out), value: 4, text: `out ${instant(out, page.as_of, zone)}`, side: "right" });
  return notes;
}

function captionOf(page: SloPage): string {
  return `${page.words.assumption}; thin: nothing else breaks`;
}

/** The chart in a sentence. */
export function budgetSummary(page: SloPage, zone: string): string {
  const known = page.columns.remaining.filter((value) => value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return "Budget left: nothing was measured in this window.";
  const low = Math.min(...known);
  const out = page.line.exhausts_at ? ` Runs out ${instant(page.line.exhausts_at, page.as_of, zone)}.` : "";
  return `Budget left: ${percent(first)} at the start of the window, ${percent(last)} now, lowest ${percent(low)}.${out} ${page.words.outlook}.`;
}
