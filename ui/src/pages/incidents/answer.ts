import type { Status } from "../../components/StatusMark";
import { duration } from "../../format/duration";
import { count, counted } from "../../format/number";
import type { Durations, IncidentIndex, OpenNow, QuantileEntry } from "../../host/bindings";

/** The answer of the page in a sentence, with its mark. `connected`: a source of incidents is read. */
export function openAnswer(open: OpenNow, connected: boolean): { status: Status; text: string } {
  const known = open.known === 1 ? "1 is open" : `${count(open.known)} are open`;
  const longest =
    open.longest_secs === null
      ? ""
      : `${open.known === 1 ? ", for" : ", the oldest for"} ${duration(open.longest_secs)}`;
  if (open.blind.length > 0) {
    return open.known === 0
      ? { status: "unknown", text: "Cannot tell whether anything is open" }
      : { status: "unknown", text: `At least ${known}${longest}` };
  }
  if (open.known === 0 && !connected) return { status: "unknown", text: "Not known whether anything is open" };
  if (open.known === 0) return { status: "ok", text: "Nothing is open" };
  return { status: (open.worst ?? 9) <= 2 ? "critical" : "warn", text: `${known}${longest}` };
}

/** What stands beside the answer. */
export function shownClause(index: IncidentIndex): string {
  const blind = index.open.blind;
  if (blind.length > 0) return `not read: ${blind.join(", ")}`;
  if (index.rows.length === 0) return "no incident shown";
  const open = index.time_to_resolve.running;
  const ofThem = open === 0 ? "none of them open" : `${count(open)} of them open`;
  return `${counted(index.rows.length, "incident")} shown, ${ofThem}`;
}

/** The figures of a chart in one line. */
export function durationClause(told: Durations, ended: string): string {
  const running = told.running > 0 ? `, ${count(told.running)} running` : "";
  const never = told.never > 0 ? `, ${count(told.never)} without a time` : "";
  const n = `${count(told.ended)} ${ended}${running}${never}`;
  if (!told.median) return `${n}: too few for a median, ${told.fewest} are needed`;
  return `${n}; ${interval(told.median, "median")}`;
}

/** The figures of a chart in sentences, for those who cannot see it. */
export function durationSummary(told: Durations, ended: string): string {
  const of = (name: string, quantile: QuantileEntry | null) =>
    quantile === null ? "" : ` ${name} ${valueOf(quantile)}, ${interval(quantile, "it lies")}.`;
  return `${told.method.title}. ${durationClause(told, ended)}.${of("Median", told.median)}${of("90th percentile", told.p90)}`;
}

/** A quantile in words: `57 min`, `at least 2h 05m`. */
export function valueOf(quantile: QuantileEntry): string {
  return `${quantile.at_least ? "at least " : ""}${duration(quantile.secs)}`;
}

function interval({ low_secs: low, high_secs: high }: QuantileEntry, lies: string): string {
  if (low !== null && high !== null) return `${lies} between ${duration(low)} and ${duration(high)} (95\u00a0%)`;
  if (low !== null) return `${lies} above ${duration(low)} (95\u00a0%)`;
  return "too few for an interval";
}
