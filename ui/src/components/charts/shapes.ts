import type { Shape } from "../StatusMark";
import type { Ink } from "./ink";

const COLOUR: Record<Shape, keyof Ink> = {
  ok: "ok",
  warn: "warn",
  critical: "critical",
  info: "info",
  unknown: "unknown",
  page: "critical",
  maintenance: "unknown",
};

/** The colour of a shape. */
export const inkOf = (ink: Ink, shape: Shape): string => ink[COLOUR[shape]];

/** Draws the shape of a state around a point, on a canvas: the same shapes as `StatusShape`. */
export function drawShape(
  ctx: CanvasRenderingContext2D,
  ink: Ink,
  shape: Shape,
  x: number,
  y: number,
  size: number,
): void {
  const r = size / 2;
  ctx.save();
  ctx.fillStyle = inkOf(ink, shape);
  ctx.strokeStyle = inkOf(ink, shape);
  ctx.lineWidth = size / 7;
  ctx.beginPath();
  if (shape === "critical") ctx.rect(x - r * 0.8, y - r * 0.8, r * 1.6, r * 1.6);
  else if (shape === "warn") triangle(ctx, x, y, r);
  else if (shape === "page") diamond(ctx, x, y, r);
  else ctx.arc(x, y, r * 0.78, 0, 2 * Math.PI);
  if (shape === "unknown") ctx.setLineDash([size / 5, size / 5]);
  if (shape === "info" || shape === "unknown" || shape === "maintenance") ctx.stroke();
  else ctx.fill();
  if (shape === "maintenance") {
    ctx.beginPath();
    ctx.lineWidth = size / 12;
    for (const shift of [-0.35, 0, 0.35]) {
      ctx.moveTo(x + (shift - 0.45) * r, y + (shift + 0.45) * r);
      ctx.lineTo(x + (shift + 0.45) * r, y + (shift - 0.45) * r);
    }
    ctx.stroke();
  }
  ctx.restore();
}

/** The outline of a triangle that stands on its base. */
export function triangle(ctx: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  ctx.moveTo(x, y - r * 0.85);
  ctx.lineTo(x + r * 0.95, y + r * 0.8);
  ctx.lineTo(x - r * 0.95, y + r * 0.8);
  ctx.closePath();
}

function diamond(ctx: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  ctx.moveTo(x, y - r);
  ctx.lineTo(x + r, y);
  ctx.lineTo(x, y + r);
  ctx.lineTo(x - r, y);
  ctx.closePath();
}
