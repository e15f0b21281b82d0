import { relative } from "../../format/duration";
import { instant, stamp } from "../../format/instant";
import type { Attention } from "../../host/bindings";

/** The instant that matters about a row. */
export interface Moment {
  /** The instant, as short as it is unambiguous. */
  at: string;
  /** How far from now. */
  age: string;
  /** The instant in full. */
  title: string;
}

/** Kinds that tell of something that has not begun: their due time says more than when they were found. */
const AHEAD: readonly string[] = [
  "gap_ahead",
  "leave_conflict",
  "not_ready",
  "rota_changed",
  "handover_due",
  "silence_ends",
  "promise_due",
];

/** Since when, or, for what has not begun, until when. */
export function momentOf(row: Attention, now: string, zone: string): Moment | null {
  const due = row.due !== null && (row.since === null || AHEAD.includes(row.kind));
  const at = due ? row.due : row.since;
  if (!at) return null;
  return {
    at: instant(at, now, zone),
    age: relative(at, now),
    title: `${due ? "Due" : "Since"} ${stamp(at, zone)}`,
  };
}
