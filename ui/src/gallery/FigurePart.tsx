import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { TimeSeries } from "../components/charts/TimeSeries";
import type { TimeSeriesData } from "../components/charts/series";

const CHARTS = 12;
const POINTS = 1_440;
const START = Date.UTC(2026, 10, 15) / 1000;

/** Three lines of a day by the minute, moved by `shift` so that each drawing is a new one. */
const linesAt = (shift: number, chart: number): TimeSeriesData => ({
  at: Array.from({ length: POINTS }, (_, minute) => START + minute * 60),
  series: ["a", "b", "c"].map((id, line) => ({
    id,
    name: id,
    kind: "data" as const,
    values: Array.from(
      { length: POINTS },
      (_, minute) => 50 + 40 * Math.sin((minute + shift * 7) / (40 + line * 30 + chart)),
    ),
  })),
  unit: "%",
  digits: 1,
  zone: "UTC",
});

/** Made before any clock starts: only the drawing is measured. */
const LINES = Array.from({ length: CHARTS }, (_, chart) => [linesAt(0, chart), linesAt(1, chart)] as const);

declare global {
  interface Window {
    /** Milliseconds of one redrawing: of all charts, and of as many empty canvases of their size. */
    figures?: { charts: () => Promise<number>; empty: () => Promise<number> };
  }
}

/** Twelve charts that can be redrawn on demand, for `tests/e2e/figures.mjs`. */
export function FigurePart() {
  const [shift, setShift] = useState(0);
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let drawn = 0;
    window.figures = {
      charts: async () => {
        drawn += 1;
        return timed(
          () => flushSync(() => setShift(drawn)),
          () => canvasesIn(holder.current),
        );
      },
      empty: async () => {
        const canvases = canvasesIn(holder.current).map((canvas) => {
          const empty = document.createElement("canvas");
          empty.className = canvas.className;
          return { empty, like: canvas };
        });
        const frame = document.createElement("div");
        document.body.append(frame);
        const spent = await timed(
          () => {
            for (const { empty, like } of canvases) {
              empty.width = like.width;
              empty.height = like.height;
              frame.append(empty);
              empty.getContext("2d")?.clearRect(0, 0, empty.width, empty.height);
            }
          },
          () => canvases.map(({ empty }) => empty),
        );
        frame.remove();
        return spent;
      },
    };
    return () => {
      delete window.figures;
    };
  }, []);
  return (
    <div ref={holder} className="grid min-h-0 grid-cols-3 gap-3 overflow-y-auto p-4">
      {Array.from({ length: CHARTS }, (_, chart) => (
        <Moving key={chart} chart={chart} shift={shift} />
      ))}
    </div>
  );
}

function Moving({ chart, shift }: { chart: number; shift: number }) {
  const data = LINES[chart]?.[shift % 2];
  return data && <TimeSeries title={`Chart ${chart + 1}`} summary="Three moving lines" data={data} height={120} />;
}

const canvasesIn = (element: HTMLElement | null) => [...(element?.querySelectorAll("canvas") ?? [])];

/** Milliseconds until everything was drawn; reading a pixel back waits for what was only asked for. */
async function timed(work: () => void, canvases: () => readonly HTMLCanvasElement[]): Promise<number> {
  const start = performance.now();
  work();
  // The plotting library draws in a microtask of its own.
  await new Promise((done) => setTimeout(done));
  for (const canvas of canvases()) canvas.getContext("2d")?.getImageData(0, 0, 1, 1);
  return performance.now() - start;
}
