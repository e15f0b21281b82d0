import type { Status } from "./StatusMark";

/** A part of the bar. */
export interface StatePart {
  id: string;
  status: Status;
  count: number;
}

const FILL: Record<Status, string> = {
  ok: "fill-ok",
  warn: "fill-warn",
  critical: "fill-critical",
  info: "fill-info",
  unknown: "fill-unknown",
};

const WIDTH = 336;
const GAP = 2;

/** How many SLOs are in which state, as lengths on one line. The table beside it has the numbers. */
export function StateBar({ parts, label }: { parts: StatePart[]; label: string }) {
  const shown = parts.filter((part) => part.count > 0);
  const total = shown.reduce((sum, part) => sum + part.count, 0);
  const room = WIDTH - GAP * Math.max(shown.length - 1, 0);
  const width = (part: StatePart) => (room * part.count) / total;
  const left = (index: number) => shown.slice(0, index).reduce((x, part) => x + width(part) + GAP, 0);
  return (
    <svg viewBox={`0 0 ${WIDTH} 8`} preserveAspectRatio="none" className="h-2 w-full" role="img" aria-label={label}>
      {shown.map((part, index) => (
        <rect key={part.id} x={left(index)} width={width(part)} height="8" rx="1" className={FILL[part.status]} />
      ))}
    </svg>
  );
}
