import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { textScale } from "../scale";
import { ChartBox } from "./ChartBox";
import { type Duration, logAxis, placeOn, rowsOf } from "./dots";

/** A value on the axis, with its words: `median 57m`. */
export interface Landmark {
  seconds: number;
  text: string;
}

interface DurationDotsProps {
  title: string;
  clause?: string;
  /** What it shows in a sentence, with its numbers. */
  summary: string;
  /** Keep it in a memo. */
  durations: readonly Duration[];
  median?: Landmark;
  p90?: Landmark;
  /** Within which the median lies, in seconds. */
  interval?: { from: number; to: number };
  /** What full dots are: `SEV1–2`; left out where there are none. */
  full?: string;
  /** What rings are: `SEV3–4`. */
  ring: string;
  /** What goes on, in a word or two: `still open`. */
  running: string;
}

const DOT = 4.5;
/** The arrow at what goes on. */
const TAIL = 13;
const AT_LEAST = "at least so long";
const ROW = 12;
const MOST_ROWS = 4;
const TOP = 18;
/** Room that the words of a landmark may take. */
const LABEL = 130;

/** How long things took: each one a dot on a log axis, with median and p90. No mean: one long one would own it. */
export function DurationDots(props: DurationDotsProps) {
  const { title, clause, summary, durations, median, p90, interval, running } = props;
  const holder = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(640);
  const [at, setAt] = useState<number | null>(null);
  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    // In px of the usual text: with larger text all of it is drawn as much larger.
    const watch = new ResizeObserver(() => element.clientWidth > 0 && setWidth(element.clientWidth / textScale()));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const sorted = useMemo(() => [...durations].sort((a, b) => a.seconds - b.seconds), [durations]);
  const axis = useMemo(() => logAxis(durations.map(({ seconds }) => seconds)), [durations]);
  const numbers = useCallback(
    () => ({
      columns: ["What", "Seconds", "Ended"],
      rows: sorted.map(({ text, seconds, running: on }) => [text, seconds, on ? `${running}: ${AT_LEAST}` : "yes"]),
    }),
    [sorted, running],
  );
  const x = (seconds: number) => 24 + placeOn(axis, seconds) * (width - 96);
  const rows = rowsOf(
    sorted.map((one) => ({ x: x(one.seconds), tail: one.running ? TAIL : 0 })),
    2 * DOT + 2,
    MOST_ROWS,
  );
  const deep = Math.max(2, ...rows.map((row) => row + 1));
  const base = TOP + deep * ROW;
  const y = (index: number) => base - 6 - (rows[index] ?? 0) * ROW;
  const circles = (full: boolean) =>
    sorted.flatMap(({ seconds, full: is }, index) => (is === full ? [circle(x(seconds), y(index))] : [])).join("");
  const tails = sorted.flatMap(({ seconds, running: on }, index) => (on ? [tail(x(seconds), y(index))] : [])).join("");
  const point = at === null ? undefined : sorted[at];
  return (
    <ChartBox
      title={title}
      clause={clause}
      summary={summary}
      numbers={numbers}
      height={base + 34}
      onStep={(by) =>
        setAt((was) => Math.min(Math.max((was ?? (by > 0 ? -1 : sorted.length)) + by, 0), sorted.length - 1))
      }
    >
      <div ref={holder}>
        <svg
          viewBox={`0 0 ${width} ${base + 18}`}
          width={width * textScale()}
          height={(base + 18) * textScale()}
          aria-hidden="true"
          className="text-[11px] tabular-nums"
        >
          {interval && (
            <rect
              x={x(interval.from)}
              y={TOP}
              width={x(interval.to) - x(interval.from)}
              height={base - TOP}
              className="fill-raised"
            />
          )}
          <path d={`M0 ${base + 0.5}H${width}`} className="stroke-line-strong" />
          {axis.marks.map((mark) => (
            <text key={mark} x={x(mark)} y={base + 14} textAnchor="middle" className="fill-subtle">
              {markText(mark)}
            </text>
          ))}
          {median && <Line x={x(median.seconds)} base={base} landmark={median} strong end={p90 !== undefined} />}
          {p90 && <Line x={x(p90.seconds)} base={base} landmark={p90} end={x(p90.seconds) > width - LABEL} />}
          <path d={circles(false)} className="fill-bg stroke-fg" strokeWidth="1.5" />
          <path d={circles(true)} className="fill-fg stroke-bg" strokeWidth="1" />
          <path d={tails} className="stroke-fg" strokeWidth="1.5" fill="none" />
          {point && at !== null && (
            <circle
              cx={x(point.seconds)}
              cy={y(at)}
              r={DOT + 2.5}
              className="stroke-accent"
              strokeWidth="2"
              fill="none"
            />
          )}
        </svg>
        <p className="flex h-4 items-center gap-4 text-xs text-muted">
          {props.full !== undefined && (
            <span className="flex items-center gap-1.5">
              <Dot full /> {props.full}
            </span>
          )}
          <span className="flex items-center gap-1.5">
            <Dot full={false} /> {props.ring}
          </span>
          {tails !== "" && (
            <span className="flex items-center gap-1.5">
              <svg viewBox="-5 -5 25 10" width="22" height="9" aria-hidden="true">
                <path d={circle(0, 0) + tail(0, 0)} className="stroke-fg" strokeWidth="1.5" fill="none" />
              </svg>
              {running}: {AT_LEAST}
            </span>
          )}
          <output aria-live="polite" className="font-medium text-fg tabular-nums">
            {point?.text}
          </output>
        </p>
      </div>
    </ChartBox>
  );
}

function Line({
  x,
  base,
  landmark,
  strong,
  end,
}: {
  x: number;
  base: number;
  landmark: Landmark;
  strong?: boolean;
  end?: boolean;
}) {
  return (
    <>
      <path
        d={`M${x} ${TOP - 4}V${base}`}
        className={strong ? "stroke-fg" : "stroke-muted"}
        strokeWidth={strong ? 1.5 : 1}
        strokeDasharray={strong ? undefined : "3 2"}
      />
      <text
        x={x + (end ? -5 : 5)}
        y={TOP - 6}
        textAnchor={end ? "end" : "start"}
        className={strong ? "fill-fg font-medium" : "fill-muted"}
      >
        {landmark.text}
      </text>
    </>
  );
}

function Dot({ full }: { full: boolean }) {
  return (
    <svg viewBox="0 0 10 10" width="9" height="9" aria-hidden="true">
      <circle
        cx="5"
        cy="5"
        r={full ? 4.5 : 3.7}
        className={full ? "fill-fg" : "stroke-fg"}
        strokeWidth="1.5"
        fill="none"
      />
    </svg>
  );
}

function circle(x: number, y: number): string {
  return `M${x - DOT} ${y}a${DOT} ${DOT} 0 1 0 ${2 * DOT} 0a${DOT} ${DOT} 0 1 0 ${-2 * DOT} 0Z`;
}

/** From the edge of a dot to the right: it goes on. */
function tail(x: number, y: number): string {
  return `M${x + DOT} ${y}h${TAIL - DOT}m-3 -3l3 3l-3 3`;
}

function markText(seconds: number): string {
  if (seconds < 3_600) return `${seconds / 60}m`;
  return seconds < 86_400 ? `${seconds / 3_600}h` : `${seconds / 86_400}\u00a0d`;
}
