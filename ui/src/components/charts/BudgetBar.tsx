import { clsx } from "clsx";
import type { Status } from "../StatusMark";

interface BudgetBarProps {
  /** 1 is untouched, 0 spent, below that overspent; `null` when it cannot be told. */
  remaining: number | null;
  /** The fill carries the colour of the state; `ok` and `info` are neutral. */
  status: Status;
  /** All of it in words: `18.0 % left, tight`, `no verdict: too few events`. */
  label: string;
}

/** Where zero stands, so that there is room for an overspent budget at its left. */
const ZERO = 10;

const FILL: Record<Status, string> = {
  ok: "bg-muted",
  info: "bg-muted",
  unknown: "bg-unknown",
  warn: "bg-warn",
  critical: "bg-critical",
};

/** What is left of one error budget, from a line at zero: to the right what is left, to the left what is overspent. */
export function BudgetBar({ remaining, status, label }: BudgetBarProps) {
  const { left, width } = spanOf(remaining ?? 0);
  return (
    <div
      role="img"
      aria-label={label}
      className={clsx("relative h-2 rounded-[2px]", remaining === null ? "hatched" : "bg-raised")}
    >
      {remaining !== null && (
        <>
          <span
            className={clsx("absolute inset-y-0 rounded-[1px]", FILL[status])}
            style={{ left: `${left}%`, width: `${width}%` }}
          />
          <span className="absolute -inset-y-0.5 border-l border-subtle" style={{ left: `${ZERO}%` }} />
        </>
      )}
    </div>
  );
}

/** Where the fill begins and how wide it is, in percent of the track; an overspend beyond the track is cut at its edge. */
export function spanOf(remaining: number): { left: number; width: number } {
  const end = Math.min(Math.max(ZERO + remaining * (100 - ZERO), 0), 100);
  return remaining >= 0 ? { left: ZERO, width: end - ZERO } : { left: end, width: ZERO - end };
}
