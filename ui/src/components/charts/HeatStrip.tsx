import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useRef, useState } from "react";
import { ChartBox } from "./ChartBox";
import { HeatLegend, type HeatLegendEntry } from "./HeatLegend";
import { type HeatData, type HeatLevel, type Spot, cellsByLevel, stepSpot } from "./heat";
import { type Ink, faint, useInk } from "./ink";
import type { Numbers } from "./numbers";

interface HeatStripProps {
  title: string;
  clause?: string;
  /** What it shows in a sentence, with its numbers. */
  summary: string;
  /** Keep it in a memo. Cells are drawn on one canvas, however many. */
  data: HeatData;
  /** What the table and the CSV hold; without it, each cell's words and its level. */
  numbers?: Numbers;
  /** What the levels mean, in the order of severity. */
  legend: readonly HeatLegendEntry[];
  /** At the right of the legend: the worst hours, the coverage. */
  children?: React.ReactNode;
  /** Height of a row in px. */
  row?: number;
}

const LABELS = 40;
const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** When load or burn came, hour by hour: by weekday, or by every hour of a window. */
export function HeatStrip(props: HeatStripProps) {
  const { title, clause, summary, data, numbers: given, legend, children, row = 4 } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [spot, setSpot] = useState<Spot | null>(null);
  const ink = useInk();
  const rows = data.rowLabels.length;
  const height = rows * row;
  const numbers = useCallback(() => given ?? cellNumbers(data), [given, data]);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const draw = () => paint(element, data, ink, row, spot);
    draw();
    const watch = new ResizeObserver(draw);
    watch.observe(element);
    return () => watch.disconnect();
  }, [data, ink, row, spot]);
  const step = (columns: number, down: number) => setSpot((was) => stepSpot(data, was, columns, down));
  const keys = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    event.stopPropagation();
    step(...arrow);
  };
  const point = (event: PointerEvent<HTMLCanvasElement>) => {
    const place = event.currentTarget.getBoundingClientRect();
    const column = Math.floor(((event.clientX - place.left) / place.width) * data.columns.length);
    setSpot(stepSpot(data, { column, row: Math.floor((event.clientY - place.top) / row) }, 0, 0));
  };
  const at = spot ? data.columns[spot.column]?.[spot.row] : undefined;
  return (
    <ChartBox
      title={title}
      clause={clause}
      summary={summary}
      numbers={numbers}
      height={height + 36}
      onStep={(by) => step(by, 0)}
      canvas={canvas}
    >
      <div className="flex gap-6">
        {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
        <div className="min-w-0 grow" onKeyDown={keys}>
          <div className="flex" aria-hidden="true">
            <div className="relative flex-none text-xs text-subtle tabular-nums" style={{ width: LABELS }}>
              {data.rowLabels.map((label, index) =>
                label ? (
                  <span
                    key={label}
                    className="absolute right-2 -translate-y-1/2 leading-none"
                    style={{ top: (index + 0.5) * row }}
                  >
                    {label}
                  </span>
                ) : null,
              )}
            </div>
            <canvas
              ref={canvas}
              className="block min-w-0 grow"
              style={{ height, width: 0 }}
              onPointerMove={point}
              onPointerLeave={() => setSpot(null)}
            />
          </div>
          <ColumnLabels labels={data.columnLabels} />
          <output aria-live="polite" className="block h-[0.875rem] pl-10 text-xs text-muted tabular-nums">
            {at?.text}
          </output>
        </div>
        <div className="flex flex-none gap-6">
          <HeatLegend entries={legend} />
          {children}
        </div>
      </div>
    </ChartBox>
  );
}

function cellNumbers(data: HeatData): Numbers {
  const told = data.columns.flatMap((cells) => cells.filter(({ level }) => level !== "outside"));
  return { columns: ["Cell", "Level"], rows: told.map(({ text, level }) => [text, WORDS[level]]) };
}

function ColumnLabels({ labels }: { labels: readonly string[] }) {
  return (
    <div className="relative h-4 text-xs text-subtle tabular-nums" style={{ marginLeft: LABELS }} aria-hidden="true">
      {labels.map((label, index) =>
        label ? (
          <span
            key={label}
            className="absolute top-0.5 -translate-x-1/2 whitespace-nowrap"
            style={{ left: `${((index + 0.5) * 100) / labels.length}%` }}
          >
            {label}
          </span>
        ) : null,
      )}
    </div>
  );
}

const WORDS: Record<HeatLevel, string> = {
  low: "low",
  mid: "some",
  high: "much",
  warn: "warning",
  critical: "critical",
  none: "no data",
  outside: "",
};

function paint(element: HTMLCanvasElement, data: HeatData, ink: Ink, row: number, spot: Spot | null): void {
  const ctx = element.getContext("2d");
  if (!ctx) return;
  const px = window.devicePixelRatio || 1;
  const [width, height] = [element.clientWidth, data.rowLabels.length * row];
  element.width = Math.round(width * px);
  element.height = Math.round(height * px);
  ctx.scale(px, px);
  const wide = width / data.columns.length;
  const box = (at: Spot) => [at.column * wide, at.row * row, Math.max(wide - 1, 1), Math.max(row - 1, 1)] as const;
  const fill: Partial<Record<HeatLevel, string>> = {
    low: ink.heatLow,
    mid: ink.heatMid,
    high: ink.heatHigh,
    warn: ink.warn,
    critical: ink.critical,
  };
  for (const [level, spots] of cellsByLevel(data)) {
    ctx.beginPath();
    for (const at of spots) ctx.rect(...box(at));
    const colour = fill[level];
    if (colour) {
      ctx.fillStyle = colour;
      ctx.fill();
    } else if (level === "none") {
      ctx.fillStyle = faint(ink.unknown, 0.12);
      ctx.fill();
      ctx.strokeStyle = ink.unknown;
      ctx.setLineDash([2, 2]);
      ctx.stroke();
      ctx.setLineDash([]);
    }
  }
  if (!spot) return;
  const [x, y, w, h] = box(spot);
  ctx.strokeStyle = ink.fg;
  ctx.lineWidth = 1.5;
  ctx.strokeRect(x - 0.75, y - 0.75, w + 1.5, h + 1.5);
}
