import uPlot from "uplot";
import { clock, dayOf } from "../../format/instant";
import { offset } from "../../format/wall";
import { textScale } from "../scale";
import { FONT, type Ink } from "./ink";
import { AXIS, CHANGES, EVENTS, painterOf } from "./paint";
import { type TimeSeriesData, endsOf } from "./series";

const DAY_S = 86_400;
const NUMBER = new Intl.NumberFormat("en-GB");

interface Drawn {
  /** Asked at each drawing: the values may be others by then. */
  data: () => TimeSeriesData;
  ink: Ink;
  width: number;
  height: number;
  onCursor: (index: number | null) => void;
}

/** What uPlot needs to draw a time series: neutral ink, no legend, no zoom. */
export function optionsOf({ data: drawn, ink, width, height, onCursor }: Drawn): uPlot.Options {
  const data = drawn();
  const scale = textScale();
  const ticks = data.axis?.ticks;
  const paint = painterOf(drawn, ink);
  const label = keptLabels(data.zone);
  const marked = data.events !== undefined || data.now !== undefined;
  return {
    width,
    height,
    padding: [(marked ? EVENTS : 8) * scale, 12 * scale, data.changes ? CHANGES * scale : 0, 0],
    legend: { show: false },
    tzDate: (seconds) => wallDate(seconds, data.zone),
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: { x: { time: true }, y: { range: () => endsIn(drawn()) } },
    axes: [
      {
        ...look(ink),
        size: AXIS * scale,
        gap: 6,
        space: 70 * scale,
        grid: { show: false },
        ticks: { show: false },
        border: { show: true, stroke: ink.lineStrong, width: 1 },
        values: (_, splits, __, ___, step) => splits.map((at) => label(at, step)),
      },
      {
        ...look(ink),
        // Asked for without labels first. A number of which the beginning is cut off is another number.
        size: (_, labels) => Math.max(40, 12 + 6.5 * longestOf(labels ?? [])) * scale,
        gap: 8,
        grid: { stroke: ink.line, width: 1 },
        ticks: { show: false },
        ...(ticks && { splits: () => [...ticks] }),
        values: (_, splits) => splits.map((value) => NUMBER.format(value).replace("-", "\u2212")),
      },
    ],
    // The painter draws the lines itself; the library finds their values under the pointer.
    series: [{}, ...data.series.map(() => ({ paths: () => null, points: { show: false } }))],
    hooks: {
      drawClear: [paint.behind],
      draw: [paint.before],
      // Only the pointer: what keys or a new size do to the crosshair is known already.
      setCursor: [(u) => u.cursor.event && onCursor(u.cursor.idx ?? null)],
    },
  };
}

const longestOf = (texts: readonly string[]) => texts.reduce((most, text) => Math.max(most, text.length), 0);

function endsIn(data: TimeSeriesData): [number, number] {
  if (data.axis) return [data.axis.from, data.axis.to];
  return endsOf(data.series.map(({ values }) => values));
}

function look(ink: Ink): uPlot.Axis {
  return { stroke: ink.subtle, font: `${11 * textScale()}px ${FONT}` };
}

/** The words of an axis, kept: they are asked for at each drawing, and are seldom others than before. */
function keptLabels(zone: string): (at: number, step: number) => string {
  const kept = new Map<string, string>();
  return (at, step) => {
    const key = `${at} ${step}`;
    const known = kept.get(key) ?? dayLabel(at, step, zone);
    if (kept.size > 200) kept.clear();
    kept.set(key, known);
    return known;
  };
}

/** `19 Oct` where the marks are days apart, else the hour, and the day where it begins. */
function dayLabel(at: number, step: number, zone: string): string {
  const instant = new Date(at * 1000).toISOString();
  if (step >= DAY_S) return dayOf(instant, zone);
  const hour = clock(instant, zone);
  return hour === "00:00" ? dayOf(instant, zone) : hour;
}

/** A date whose parts here are those of the zone's wall clock, which is how the library asks for them. */
function wallDate(seconds: number, zone: string): Date {
  const at = seconds * 1000;
  const wall = new Date(at + offset(at, zone));
  return new Date(wall.getTime() + wall.getTimezoneOffset() * 60_000);
}
