import { History } from "lucide-react";
import type { ComponentProps } from "react";
import { KeyHint } from "../components/KeyHint";
import { stamp } from "../format/instant";
import { useMoment } from "./moment";
import { daysOf, rangeWord } from "./range";

/** Of which time a page can speak. */
export interface MomentOfPage {
  /** The instant that the page speaks of, RFC 3339, once it is known. */
  asOf: string | undefined;
  zone: string;
  /** Whether the page reads how far back one looks. */
  ranged: boolean;
}

/** Of which time the page speaks. What it opens is loaded when it is first asked for. */
export function MomentButton({ asOf, zone, ranged, ...rest }: MomentOfPage & ComponentProps<"button">) {
  const { asof, range } = useMoment();
  const past = asof !== null;
  const inForce = past || (ranged && daysOf(range) !== null);
  return (
    <button
      type="button"
      {...rest}
      className={`flex h-7 items-center gap-1.5 rounded-control border px-2 text-sm whitespace-nowrap hover:border-line-strong ${inForce ? "border-accent bg-selection" : "border-line"}`}
    >
      <History size={14} strokeWidth={1.75} className="text-muted" aria-hidden="true" />
      {ranged && (
        <span className={asOf === undefined ? undefined : "border-r border-line pr-1.5"}>{rangeWord(range)}</span>
      )}
      {asOf !== undefined && (
        <>
          <span className={past ? undefined : "@max-[60rem]:sr-only"}>{past ? "As it was" : "As of"}</span>
          <time dateTime={asOf} className="tabular-nums">
            {stamp(asOf, zone)}
          </time>
        </>
      )}
      <span className="flex-none @max-[60rem]:hidden">
        <KeyHint command="moment.open" />
      </span>
    </button>
  );
}
