import type { Attention, Posture, SourceFreshness } from "../../host/bindings";
import type { Status } from "../../components/StatusMark";
import { counted } from "../../format/number";
import { markOf } from "./words";

/** The page in one sentence. */
export interface Answer {
  status: Status | null;
  sentence: string;
}

/** Rows that are not set aside. */
export function awake(posture: Posture): Attention[] {
  return posture.attention.filter((row) => row.snoozed === null);
}

/** Rows that are set aside. */
export function asideOf(posture: Posture): Attention[] {
  return posture.attention.filter((row) => row.snoozed !== null);
}

/** Kinds of which each row is about a person: they are not for a screen that others look at. */
const ABOUT_PEOPLE: readonly string[] = ["woken", "leave_conflict", "not_ready", "promise_due", "rota_thin"];

/** Whether a row is about a person. */
export const isAboutPeople = (row: Attention): boolean => ABOUT_PEOPLE.includes(row.kind);

/** Sources of which the present state cannot be told. */
export function unseen(posture: Posture): SourceFreshness[] {
  return posture.sources.filter(
    (source) => source.stale || source.hides_now || source.state === "failed" || source.last_ok_at === null,
  );
}

/** Sources of which something was not read, but nothing that needs the lead at once is judged by it. */
export function seenInPart(posture: Posture): SourceFreshness[] {
  const blind = unseen(posture);
  return posture.sources.filter((source) => source.state === "partial" && !blind.includes(source));
}

/** How many things rows stand for: each one, and those of its kind that are folded into it. */
export const thingsIn = (rows: readonly Attention[]): number =>
  rows.reduce((sum, row) => sum + 1 + row.folded.length, 0);

/** The answer. "Nothing needs you" is refused while any source is unseen or none is connected. */
export function answerOf(posture: Posture): Answer {
  const things = thingsIn(awake(posture));
  if (things > 0) return { status: null, sentence: things === 1 ? "1 thing needs you" : `${things} things need you` };
  if (posture.sources.length === 0) return { status: "unknown", sentence: "No source is connected yet" };
  const blind = unseen(posture).length;
  if (blind > 0) {
    return { status: "unknown", sentence: `Cannot say that nothing needs you: ${counted(blind, "source")} not seen` };
  }
  return { status: "ok", sentence: "Nothing needs you" };
}

/** A part of the answer: how many things carry a mark. */
export interface MarkCount {
  status: Status;
  word: string;
  count: number;
}

/** Things by mark, in the order of the list's first appearance. */
export function countsOf(rows: Attention[]): MarkCount[] {
  const counts = new Map<string, MarkCount>();
  for (const row of rows) {
    const mark = markOf(row);
    const found = counts.get(mark.word);
    counts.set(mark.word, { ...mark, count: (found?.count ?? 0) + thingsIn([row]) });
  }
  return [...counts.values()];
}
