import { clsx } from "clsx";
import type { HeatLevel } from "./heat";

/** A level and what it means: `over 14.4×, critical`. */
export interface HeatLegendEntry {
  level: Exclude<HeatLevel, "outside">;
  word: string;
}

const SWATCH: Record<HeatLegendEntry["level"], string> = {
  low: "bg-heat-low",
  mid: "bg-heat-mid",
  high: "bg-heat-high",
  warn: "bg-warn",
  critical: "bg-critical",
  none: "border border-dashed border-unknown",
};

/** What the levels of a heat strip mean. */
export function HeatLegend({ entries }: { entries: readonly HeatLegendEntry[] }) {
  return (
    <ul className="flex flex-col gap-px text-sm text-muted tabular-nums">
      {entries.map(({ level, word }) => (
        <li key={level} className="flex items-center gap-2 whitespace-nowrap">
          <span className={clsx("h-2 w-3 flex-none", SWATCH[level])} />
          {word}
        </li>
      ))}
    </ul>
  );
}
