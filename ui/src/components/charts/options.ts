import uPlot from "uplot";
import { FONT, type Ink, faint } from "./ink";
import { AXIS, CHANGES, EVENTS, painterOf } from "./paint";
import { type Series, type TimeSeriesData, endsOf } from "./series";

const DAY_S = 86_400;
/** Lines differ by dash, never by hue. */
const DASHES = [[], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3]];

interface Drawn {
  data: TimeSeriesData;
  ink: Ink;
  width: number;
  height: number;
  onCursor: (index: number | null) => void;
}

/** What uPlot needs to draw a time series: neutral ink, no legend, no zoom. */
export function optionsOf({ data, ink, width, height, onCursor }: Drawn): uPlot.Options {
  const ends = data.axis ?? axisOf(data);
  const ticks = data.axis?.ticks;
  const paint = painterOf(data, ink);
  const marked = data.events !== undefined || data.now !== undefined;
  return {
    width,
    height,
    padding: [marked ? EVENTS : 8, 12, data.changes ? CHANGES : 0, 0],
    legend: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), data.zone),
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: { x: { time: true }, y: { range: [ends.from, ends.to] } },
    axes: [
      {
        ...look(ink),
        size: AXIS,
        gap: 6,
        space: 70,
        grid: { show: false },
        ticks: { show: false },
        border: { show: true, stroke: ink.lineStrong, width: 1 },
        values: (_, splits, __, ___, step) => splits.map((at) => dayLabel(at, step, data.zone)),
      },
      {
        ...look(ink),
        size: 40,
        gap: 8,
        grid: { stroke: ink.line, width: 1 },
        ticks: { show: false },
        ...(ticks && { splits: () => [...ticks] }),
        values: (_, splits) => splits.map((value) => value.toLocaleString("en-GB").replace("-", "\u2212")),
      },
    ],
    series: [{}, ...data.series.map((series, index) => strokeOf(series, index, ink))],
    hooks: {
      drawClear: [paint.behind],
      draw: [paint.before],
      setCursor: [(u) => onCursor(u.cursor.idx ?? null)],
    },
  };
}

function axisOf(data: TimeSeriesData): { from: number; to: number } {
  const [from, to] = endsOf(data.series.flatMap((series) => series.values));
  return { from, to };
}

function look(ink: Ink): uPlot.Axis {
  return { stroke: ink.subtle, font: `11px ${FONT}` };
}

function strokeOf(series: Series, index: number, ink: Ink): uPlot.Series {
  const stepped = series.stepped ? uPlot.paths.stepped?.({ align: 1 }) : undefined;
  const common: uPlot.Series = { points: { show: false }, spanGaps: false, ...(stepped && { paths: stepped }) };
  if (series.kind === "forecast") return { ...common, stroke: ink.muted, width: 1.5, dash: [4, 3] };
  if (series.kind === "reference") return { ...common, stroke: ink.subtle, width: 1 };
  return {
    ...common,
    stroke: index === 0 ? ink.fg : ink.muted,
    width: 1.75,
    dash: DASHES[index] ?? [],
    ...(series.filled && { fill: faint(ink.fg, 0.06) }),
  };
}

/** `19 Oct` where the marks are days apart, else the hour, and the day where it begins. */
function dayLabel(at: number, step: number, zone: string): string {
  const date = new Date(at * 1000);
  const day = () => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: zone }).format(date);
  if (step >= DAY_S) return day();
  const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(date);
  return hour === "00:00" ? day() : hour;
}
