import { clsx } from "clsx";

/** A time that was read, or of which it is not known what happened. Seconds since 1970, the end not in it. */
export interface Coverage {
  from: number;
  to: number;
  state: "read" | "unknown";
  /** Exact ends in words: `not known from 8 Nov 02:10 to 05:00`. */
  text: string;
}

interface CoverageRibbonProps {
  from: number;
  to: number;
  /** In the order of time. Where there is none, nothing had been read yet. */
  spans: readonly Coverage[];
  /** All of it in words: `read since 26 Aug, 2 holes`. */
  label: string;
}

/** What is known of the last months: solid was read, dashed is not known, nothing lies before the first read. */
export function CoverageRibbon({ from, to, spans, label }: CoverageRibbonProps) {
  const share = (at: number) => Math.min(Math.max((at - from) / (to - from), 0), 1) * 100;
  return (
    <span role="img" aria-label={label} className="relative block h-2.5 w-full overflow-hidden align-middle">
      <span className="absolute inset-x-0 top-1/2 border-t border-line" />
      {spans.map((span) => {
        const known = span.state === "read";
        return (
          <span
            key={span.from}
            title={span.text}
            // A hole of minutes in months must still be seen.
            style={{
              left: `min(${share(span.from)}%, 100% - ${known ? 1 : 6}px)`,
              width: `max(${share(span.to) - share(span.from)}%, ${known ? 1 : 6}px)`,
            }}
            className={clsx(
              "absolute inset-y-px",
              known ? "bg-muted" : "z-1 border border-dashed border-unknown bg-bg",
            )}
          />
        );
      })}
    </span>
  );
}
