import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { stamp } from "../../format/instant";
import { textScale } from "../scale";
import { ChartBox } from "./ChartBox";
import "./chart.css";
import { useInk } from "./ink";
import type { Numbers } from "./numbers";
import { optionsOf } from "./options";
import { type TimeSeriesData, isThere, valueText } from "./series";

/** What a time series is given. */
export interface TimeSeriesProps {
  title: string;
  clause?: string;
  /** What it shows in a sentence, with its numbers: `Budget left fell from 82 % to 18 % …`. */
  summary: string;
  /** Keep it in a memo: a new one draws everything again. */
  data: TimeSeriesData;
  /** Height of the plot with its axes, in px. */
  height?: number;
  /** The page's main chart answers to `v`, `[` and `]` at any time, others while they have the focus. */
  keys?: "page" | "focus";
}

/** Values over time on a canvas, with what happened and what is expected. Import it from `lazy.tsx`. */
export function TimeSeries({ title, clause, summary, data, keys = "focus", ...props }: TimeSeriesProps) {
  const height = (props.height ?? 220) * textScale();
  const holder = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const plot = useRef<uPlot | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const ink = useInk();

  const numbers = useCallback(() => numbersOf(data), [data]);

  const point = (index: number | null) => {
    const seconds = index === null ? undefined : data.at[index];
    if (!plot.current || seconds === undefined) return;
    plot.current.setCursor({ left: plot.current.valToPos(seconds, "x"), top: 0 });
  };
  const pointAgain = useEffectEvent(() => point(at));
  const step = (by: number) => {
    const from = at ?? (by > 0 ? -1 : data.at.length);
    const next = Math.min(Math.max(from + by, 0), data.at.length - 1);
    setAt(next);
    point(next);
  };

  // Other values in the same chart are drawn into it: making one anew costs tens of times as much.
  const shape = shapeOf(data);
  const latest = useRef(data);
  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const drawn = () => latest.current;
    const options = optionsOf({ data: drawn, ink, width: element.clientWidth || 600, height, onCursor: setAt });
    const made = new uPlot(options, columnsOf(drawn()), element);
    plot.current = made;
    canvas.current = made.ctx.canvas;
    pointAgain();
    const watch = new ResizeObserver(() => {
      if (element.clientWidth === 0 || element.clientWidth === made.width) return;
      made.setSize({ width: element.clientWidth, height });
      pointAgain();
    });
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.destroy();
      plot.current = null;
      canvas.current = null;
    };
    // The shape is what the values must fit: another one is another chart.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [shape, ink, height]);
  useEffect(() => {
    if (latest.current === data) return;
    latest.current = data;
    plot.current?.setData(columnsOf(data));
  }, [data]);

  return (
    <ChartBox
      title={title}
      clause={clause}
      summary={summary}
      numbers={numbers}
      height={height + 18}
      onStep={step}
      canvas={canvas}
      keys={keys}
    >
      <div ref={holder} style={{ height }} aria-hidden="true" />
      <Readout data={data} at={at} />
    </ChartBox>
  );
}

/** Instants and values, one column each, as the library takes them. */
const columnsOf = (data: TimeSeriesData): uPlot.AlignedData => [
  data.at as number[],
  ...data.series.map((series) => series.values as (number | null)[]),
];

/** What of a chart is not its values: as long as it stays, the chart does. */
const shapeOf = (data: TimeSeriesData): string =>
  JSON.stringify([
    data.zone,
    data.unit,
    data.series.map(({ id, kind, stepped, filled }) => [id, kind, stepped, filled]),
    data.axis,
    data.changes !== undefined,
    data.events !== undefined || data.now !== undefined,
  ]);

/** What the crosshair stands on, in words; else what the forecast assumes. */
function Readout({ data, at }: { data: TimeSeriesData; at: number | null }) {
  const seconds = at === null ? undefined : data.at[at];
  return (
    <div className="flex h-[1.125rem] items-center gap-4 pl-10 text-xs whitespace-nowrap text-muted tabular-nums">
      <output aria-live="polite" className="cut flex gap-4">
        {seconds !== undefined && (
          <>
            <span>{stamp(new Date(seconds * 1000).toISOString(), data.zone)}</span>
            {data.series
              .filter((series) => series.values[at ?? 0] !== null || isThere(series, seconds, data))
              .map((series) => (
                <span key={series.id}>
                  {series.name} <b className="font-semibold text-fg">{valueText(series.values[at ?? 0], data)}</b>
                </span>
              ))}
          </>
        )}
      </output>
      {data.caption && <span className="cut ml-auto text-subtle">{data.caption}</span>}
    </div>
  );
}

function numbersOf(data: TimeSeriesData): Numbers {
  const happened = new Map<number, string[]>();
  for (const { at, label } of [...(data.events ?? []), ...(data.changes ?? [])]) {
    const index = nearest(data.at, at);
    happened.set(index, [...(happened.get(index) ?? []), label]);
  }
  return {
    columns: ["Instant", ...data.series.map((series) => `${series.name}, ${data.unit}`), "What happened"],
    rows: data.at.map((seconds, index) => [
      stamp(new Date(seconds * 1000).toISOString(), data.zone),
      ...data.series.map((series) => series.values[index] ?? (isThere(series, seconds, data) ? null : "")),
      happened.get(index)?.join(", ") ?? "",
    ]),
  };
}

function nearest(instants: readonly number[], at: number): number {
  let best = 0;
  instants.forEach((instant, index) => {
    if (Math.abs(instant - at) < Math.abs((instants[best] ?? 0) - at)) best = index;
  });
  return best;
}
