import { type Ink, faint } from "./ink";
import type { Series, TimeSeriesData } from "./series";

/** How far in px a drawn line may lie beside its values: less than an eye can tell. */
const NEAR = 0.3;
/** Lines differ by dash, never by hue. */
const DASHES = [[], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3]];

/** Where lines are drawn. */
export interface Plot {
  ctx: CanvasRenderingContext2D;
  /** Canvas px in a CSS px, with text of the usual size. */
  px: number;
  left: number;
  top: number;
  right: number;
  bottom: number;
  x: (at: number) => number;
  y: (value: number) => number;
}

/** Draws every line of a chart inside its plot. */
export function lines(plot: Plot, data: TimeSeriesData, ink: Ink): void {
  const { ctx, px, left, top, right, bottom } = plot;
  const [x, y] = [straight(plot.x, data.at[0] ?? 0), straight(plot.y, 0)];
  ctx.save();
  ctx.beginPath();
  // Whole px: a clip between two of them costs more than the lines. One more on each side keeps the stroke whole.
  ctx.rect(
    Math.floor(left) - px,
    Math.floor(top) - px,
    Math.ceil(right - left) + 2 * px,
    Math.ceil(bottom - top) + 2 * px,
  );
  ctx.clip();
  ctx.lineJoin = "round";
  data.series.forEach((series, index) => {
    const runs = runsOf(data.at, series, x, y);
    if (series.filled) {
      ctx.fillStyle = faint(ink.fg, 0.06);
      fill(ctx, runs, Math.min(Math.max(y(0), top), bottom));
    }
    const { colour, width, dash } = strokeOf(series, index, ink);
    ctx.strokeStyle = colour;
    ctx.lineWidth = width * px;
    ctx.setLineDash(dash.map((length) => length * px));
    stroke(ctx, runs);
  });
  ctx.restore();
}

function strokeOf(series: Series, index: number, ink: Ink) {
  if (series.kind === "forecast") return { colour: ink.muted, width: 1.5, dash: [4, 3] };
  if (series.kind === "reference") return { colour: ink.subtle, width: 1, dash: [] };
  return { colour: index === 0 ? ink.fg : ink.muted, width: 1.75, dash: DASHES[index] ?? [] };
}

/** A linear scale by two of its values: asked for thousands of values, the library's own costs several times as much. */
function straight(scale: (value: number) => number, from: number): (value: number) => number {
  const begin = scale(from);
  const each = (scale(from + 1_000_000) - begin) / 1_000_000;
  return (value) => begin + (value - from) * each;
}

/** Points of a line without holes, in px: x, y, x, y, … */
type Run = number[];

function stroke(ctx: CanvasRenderingContext2D, runs: readonly Run[]): void {
  ctx.beginPath();
  for (const run of runs) {
    ctx.moveTo(run[0] ?? 0, run[1] ?? 0);
    for (let n = 2; n < run.length; n += 2) ctx.lineTo(run[n] ?? 0, run[n + 1] ?? 0);
  }
  ctx.stroke();
}

function fill(ctx: CanvasRenderingContext2D, runs: readonly Run[], base: number): void {
  ctx.beginPath();
  for (const run of runs) {
    ctx.moveTo(run[0] ?? 0, base);
    for (let n = 0; n < run.length; n += 2) ctx.lineTo(run[n] ?? 0, run[n + 1] ?? 0);
    ctx.lineTo(run.at(-2) ?? 0, base);
  }
  ctx.fill();
}

/**
 * The points that a line must go through to look like all of its values: of those in one column of pixels the first, the
 * lowest, the highest and the last, and of these only where it bends. What is not known leaves a hole.
 */
export function runsOf(
  at: readonly number[],
  { values, stepped }: Pick<Series, "values" | "stepped">,
  x: (at: number) => number,
  y: (value: number) => number,
): Run[] {
  const runs: Run[] = [];
  let pen: Pen | null = null;
  let held = 0;
  for (let n = 0; n < at.length; n += 1) {
    const value = values[n];
    if (value === null || value === undefined) {
      pen?.end();
      pen = null;
      continue;
    }
    const px = x(at[n] ?? 0);
    const py = y(value);
    if (pen) {
      if (stepped) pen.to(px, held);
      pen.to(px, py);
    } else {
      pen = new Pen(px, py);
      runs.push(pen.run);
    }
    held = py;
  }
  pen?.end();
  return runs;
}

/** Follows a line and notes where it bends. Of each value of each line: what is taken apart and put together here costs. */
class Pen {
  readonly run: Run;
  /** Of the column of pixels at hand: where it is, and its first, lowest, highest and last point. */
  private column: number;
  private first: number;
  private firstX: number;
  private low: number;
  private lowX: number;
  private high: number;
  private highX: number;
  private last: number;
  private lastX: number;
  /** The last point that was noted, the one that may be next, and between which slopes all since then lie. */
  private fromX: number;
  private from: number;
  private nextX: number;
  private next: number;
  private least = Number.NEGATIVE_INFINITY;
  private most = Number.POSITIVE_INFINITY;

  constructor(x: number, y: number) {
    this.run = [x, y];
    this.column = Math.floor(x);
    this.firstX = this.lowX = this.highX = this.lastX = this.fromX = this.nextX = x;
    this.first = this.low = this.high = this.last = this.from = this.next = y;
  }

  to(x: number, y: number): void {
    const column = Math.floor(x);
    if (column === this.column) {
      if (y < this.low) {
        this.low = y;
        this.lowX = x;
      } else if (y > this.high) {
        this.high = y;
        this.highX = x;
      }
      this.last = y;
      this.lastX = x;
      return;
    }
    this.leave();
    this.column = column;
    this.firstX = this.lowX = this.highX = this.lastX = x;
    this.first = this.low = this.high = this.last = y;
  }

  end(): void {
    this.leave();
    this.run.push(this.nextX, this.next);
  }

  private leave(): void {
    this.bend(this.firstX, this.first);
    const lowFirst = this.lowX <= this.highX;
    if (lowFirst) this.bend(this.lowX, this.low);
    this.bend(this.highX, this.high);
    if (!lowFirst) this.bend(this.lowX, this.low);
    this.bend(this.lastX, this.last);
  }

  /** Goes on to a point: what lies between is left out as long as a straight line passes close enough to all of it. */
  private bend(x: number, y: number): void {
    if (x === this.nextX && y === this.next) return;
    let slope = (y - this.from) / (x - this.fromX);
    if (!(slope >= this.least && slope <= this.most)) {
      this.run.push(this.nextX, this.next);
      this.fromX = this.nextX;
      this.from = this.next;
      this.least = Number.NEGATIVE_INFINITY;
      this.most = Number.POSITIVE_INFINITY;
      slope = (y - this.from) / (x - this.fromX);
    }
    // Straight up or down there is no play: whatever is further along bends.
    const play = x > this.fromX ? NEAR / (x - this.fromX) : 0;
    if (slope - play > this.least) this.least = slope - play;
    if (slope + play < this.most) this.most = slope + play;
    this.nextX = x;
    this.next = y;
  }
}
