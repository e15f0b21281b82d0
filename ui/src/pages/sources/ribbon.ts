import type { Coverage } from "../../components/CoverageRibbon";
import { instant } from "../../format/instant";
import type { StreamOverview } from "../../host/bindings";

const seconds = (at: string) => Date.parse(at) / 1000;

/** What is known of a stream as spans of a ribbon: what was read, and the holes since it was first read. */
export function ribbonOf(stream: StreamOverview, from: string, now: string, zone: string): Coverage[] {
  const first = stream.first_at;
  if (first === null) return [];
  const spans: Coverage[] = [];
  const say = (at: string) => instant(at, now, zone);
  let at = seconds(first) > seconds(from) ? first : from;
  for (const span of stream.covered) {
    if (seconds(span.from) > seconds(at)) spans.push(hole(at, span.from));
    spans.push({
      from: seconds(span.from),
      to: seconds(span.to),
      state: "read",
      text: `read ${say(span.from)} to ${say(span.to)}`,
    });
    at = span.to;
  }
  // What is newer than two intervals is not due yet.
  if (seconds(now) - seconds(at) > 2 * stream.interval_secs) spans.push(hole(at, now));
  return spans;

  function hole(start: string, end: string): Coverage {
    return {
      from: seconds(start),
      to: seconds(end),
      state: "unknown",
      text: `not known from ${say(start)} to ${say(end)}`,
    };
  }
}

/** What is known of a source: what was read of every stream that shows time. The stream with most holes speaks for it. */
export function weakest(streams: readonly StreamOverview[]): StreamOverview | undefined {
  const timed = streams.filter((stream) => stream.reach !== "listing");
  const known = (stream: StreamOverview) =>
    stream.covered.reduce((sum, span) => sum + seconds(span.to) - seconds(span.from), 0);
  return timed.toSorted((a, b) => b.holes - a.holes || known(a) - known(b))[0];
}

/** A day without its weekday: `26 Aug`. */
const day = (at: string, now: string, zone: string) => instant(at, now, zone).replace(/^[A-Z][a-z]{2} /, "");

/** How complete a stream is, in a few words: `100 %`, `2 holes`, `from 26 Aug`. */
export function completeness(stream: StreamOverview | undefined, from: string, now: string, zone: string): string {
  if (!stream) return "";
  if (stream.first_at === null) return "not read";
  if (stream.holes > 0) return stream.holes === 1 ? "1 hole" : `${stream.holes} holes`;
  if (seconds(stream.first_at) > seconds(from) + 86_400) return `from ${day(stream.first_at, now, zone)}`;
  return stream.share ?? "";
}
