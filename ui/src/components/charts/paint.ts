import uPlot from "uplot";
import { textScale } from "../scale";
import { FONT, type Ink, faint } from "./ink";
import { type Plot, lines } from "./lines";
import { type Labelled, type TimeSeriesData, labelSides } from "./series";
import { drawShape, inkOf, triangle } from "./shapes";

/** Height in px of the row of events above the plot, and of the lane of changes under the axis. */
export const EVENTS = 24;
/** The lane of changes. */
export const CHANGES = 20;
/** Height in px of the axis of time. */
export const AXIS = 22;

/** Draws thresholds behind, then lines, events, causes, changes and the line of now. */
export function painterOf(drawn: () => TimeSeriesData, ink: Ink) {
  return {
    behind: (u: uPlot) => onCanvas(u, (canvas) => thresholds(canvas, drawn(), ink)),
    before: (u: uPlot) =>
      onCanvas(u, (canvas) => {
        const data = drawn();
        lines(canvas, data, ink);
        events(canvas, data, ink);
        notes(canvas, data, ink);
        changes(canvas, data, ink);
        now(canvas, data, ink);
      }),
  };
}

interface Canvas extends Plot {
  u: uPlot;
}

function onCanvas(u: uPlot, draw: (canvas: Canvas) => void): void {
  const { left, top, width, height } = u.bbox;
  const px = uPlot.pxRatio * textScale();
  u.ctx.save();
  u.ctx.textBaseline = "middle";
  u.ctx.font = `400 ${11 * px}px ${FONT}`;
  draw({
    u,
    ctx: u.ctx,
    px,
    left,
    top,
    right: left + width,
    bottom: top + height,
    x: (at) => u.valToPos(at, "x", true),
    y: (value) => u.valToPos(value, "y", true),
  });
  u.ctx.restore();
}

function thresholds({ ctx, px, left, right, top, bottom, y }: Canvas, data: TimeSeriesData, ink: Ink): void {
  for (const threshold of data.thresholds ?? []) {
    const [high, low] = [Math.max(y(threshold.to), top), Math.min(y(threshold.from), bottom)];
    ctx.fillStyle = faint(ink[threshold.status], 0.09);
    ctx.fillRect(left, high, right - left, low - high);
    ctx.fillStyle = threshold.status === "warn" ? ink.warnText : ink.criticalText;
    // Events drop their lines before now: after it the word stands clear of them.
    ctx.textAlign = data.now ? "right" : "left";
    ctx.fillText(threshold.word, data.now ? right - 6 * px : left + 6 * px, low - 9 * px);
  }
}

function events({ ctx, px, left, right, top, bottom, x }: Canvas, data: TimeSeriesData, ink: Ink): void {
  const marks = (data.events ?? []).filter(({ at }) => x(at) >= left && x(at) <= right);
  ctx.font = `500 ${11 * px}px ${FONT}`;
  const labels: Labelled[] = marks.map((mark) => ({
    x: x(mark.at),
    width: mark.bare ? 0 : ctx.measureText(mark.label).width,
  }));
  const sides = eventSides(labels, data.now ? x(data.now.at) : null, [0, right], 9 * px);
  marks.forEach((mark, index) => {
    const at = labels[index]?.x ?? 0;
    const y = top - (EVENTS / 2 + 2) * px;
    ctx.strokeStyle = inkOf(ink, mark.shape);
    ctx.lineWidth = px;
    ctx.setLineDash([1.5 * px, 2.5 * px]);
    line(ctx, at, y + 8 * px, at, bottom);
    ctx.setLineDash([]);
    drawShape(ctx, ink, mark.shape, at, y, 10 * px);
    const side = sides[index] ?? 0;
    if (side === 0 || mark.bare) return;
    ctx.fillStyle = ink.fg;
    ctx.textAlign = side === 1 ? "left" : "right";
    ctx.fillText(mark.label, at + side * 9 * px, y);
  });
  ctx.font = `400 ${11 * px}px ${FONT}`;
}

/** The text of now is in the same row: what stands before it must end there. */
function eventSides(labels: readonly Labelled[], nowAt: number | null, [from, to]: [number, number], gap: number) {
  if (nowAt === null) return labelSides(labels, from, to, gap);
  const after = labels.findIndex(({ x }) => x > nowAt);
  const cut = after < 0 ? labels.length : after;
  return [...labelSides(labels.slice(0, cut), from, nowAt, gap), ...labelSides(labels.slice(cut), nowAt, to, gap)];
}

function notes({ ctx, px, left, right, x, y }: Canvas, data: TimeSeriesData, ink: Ink): void {
  ctx.fillStyle = ink.muted;
  for (const note of data.notes ?? []) {
    const side = note.side === "left" ? -1 : 1;
    const at = x(note.at) + side * 6 * px;
    const width = ctx.measureText(note.text).width;
    if (side === 1 ? at + width > right : at - width < left) continue;
    ctx.textAlign = side === 1 ? "left" : "right";
    ctx.fillText(note.text, at, y(note.value));
  }
}

function changes({ ctx, px, left, right, bottom, x }: Canvas, data: TimeSeriesData, ink: Ink): void {
  if (!data.changes) return;
  const y = bottom + (AXIS + CHANGES / 2) * px;
  ctx.fillStyle = ink.subtle;
  ctx.textAlign = "right";
  ctx.fillText("dep.", left - 8 * px, y);
  ctx.strokeStyle = ink.line;
  ctx.lineWidth = px;
  line(ctx, left, y + 6 * px, data.now ? Math.min(x(data.now.at), right) : right, y + 6 * px);
  ctx.strokeStyle = ink.muted;
  ctx.fillStyle = ink.fg;
  for (const change of data.changes) {
    if (x(change.at) < left || x(change.at) > right) continue;
    ctx.beginPath();
    triangle(ctx, x(change.at), y, 4.2 * px);
    if (change.rolledBack) ctx.fill();
    else ctx.stroke();
  }
}

function now({ ctx, px, top, bottom, right, x, y }: Canvas, data: TimeSeriesData, ink: Ink): void {
  if (!data.now) return;
  const at = x(data.now.at);
  ctx.strokeStyle = ink.fg;
  ctx.lineWidth = 1.5 * px;
  line(ctx, at, top - EVENTS * px, at, bottom);
  ctx.font = `500 ${11 * px}px ${FONT}`;
  ctx.fillStyle = ink.fg;
  const width = ctx.measureText(data.now.label).width;
  const fits = at + 6 * px + width <= right + 12 * px;
  ctx.textAlign = fits ? "left" : "right";
  ctx.fillText(data.now.label, at + (fits ? 6 : -6) * px, top - (EVENTS / 2 + 2) * px);
  if (data.now.value === null) return;
  ctx.beginPath();
  ctx.arc(at, y(data.now.value), 3.5 * px, 0, 2 * Math.PI);
  ctx.fill();
  ctx.lineWidth = 2 * px;
  ctx.strokeStyle = ink.bg;
  ctx.stroke();
}

function line(ctx: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}
