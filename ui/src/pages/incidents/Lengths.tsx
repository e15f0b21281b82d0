import { useMemo } from "react";
import { DurationDots } from "../../components/charts/DurationDots";
import type { Duration } from "../../components/charts/dots";
import type { IncidentIndex, IncidentLine, QuantileEntry } from "../../host/bindings";
import { durationClause, durationSummary, valueOf } from "./answer";
import { dotText } from "./words";

/** Which lengths are shown. */
export type LengthKind = "resolve" | "ack";

interface LengthsProps {
  index: IncidentIndex;
  kind: LengthKind;
  line: (row: string) => IncidentLine | undefined;
}

/** How long incidents took: dots on a log axis, median, 90th percentile, and within which the median lies. */
export function Lengths({ index, kind, line }: LengthsProps) {
  const told = kind === "resolve" ? index.time_to_resolve : index.time_to_ack;
  const ended = kind === "resolve" ? "resolved" : "acknowledged";
  const durations = useMemo(
    () =>
      told.dots.map(
        (dot, place): Duration => ({
          id: dot.row ?? String(place),
          seconds: dot.secs,
          full: dot.severity !== null && dot.severity <= 2,
          running: dot.running,
          text: dotText(dot, dot.row === null ? null : line(dot.row)?.number),
        }),
      ),
    [told, line],
  );
  const clause = durationClause(told, ended);
  if (durations.length === 0) {
    return (
      <p className="border-b border-line px-4 py-2 text-sm text-muted">
        <span className="font-semibold text-fg">{told.method.title}</span> {clause}
      </p>
    );
  }
  const { median, p90 } = told;
  return (
    <div className="border-b border-line" title={`${told.method.formula}. ${told.method.pitfalls}`}>
      <DurationDots
        title={told.method.title}
        clause={clause}
        summary={durationSummary(told, ended)}
        durations={durations}
        {...(median && { median: { seconds: median.secs, text: `median ${valueOf(median)}` } })}
        {...(p90 && { p90: { seconds: p90.secs, text: `p90 ${valueOf(p90)}` } })}
        {...intervalOf(median)}
        {...(!told.dots_are_shares && { full: "SEV1\u20132" })}
        ring={told.dots_are_shares ? "one in a hundred incidents" : "SEV3\u20135, or not mapped"}
        running={kind === "resolve" ? "still open" : "not acknowledged"}
      />
    </div>
  );
}

function intervalOf(median: QuantileEntry | null) {
  if (!median || median.low_secs === null || median.high_secs === null) return {};
  return { interval: { from: median.low_secs, to: median.high_secs } };
}
