import { stamp } from "../../format/instant";
import { wordsOf } from "../../format/name";
import type { Block, Lanes, Post, RotaDifference } from "../../host/bindings";

const NBSP = "\u00a0";

/** Hours as they were rounded: `12 h`, `7.5 h`. */
export function hours(value: number | null): string {
  if (value === null) return "not known";
  return `${value.toLocaleString("en-GB", { maximumFractionDigits: 1 })}${NBSP}h`;
}

/** A share in whole percent: `50 %`. */
export function share(ratio: number | null): string {
  if (ratio === null) return "not known";
  return `${(ratio * 100).toFixed(0)}${NBSP}%`;
}

/** Who holds something; words where nobody is named. */
export function holderOf(entry: { person: string | null; withheld: boolean }): string {
  return entry.person ?? (entry.withheld ? "Outside the team" : "Nobody");
}

/** Whether some of the window was not read: its hours are then those that are known, and no more. */
export function isPartly(answer: Lanes): boolean {
  return answer.schedules.some((lane) => lane.unread.length > 0);
}

/** A role as a word; where the source states none it says so. */
export function roleOf(role: string): string {
  return role === "unknown" ? "role not stated" : role;
}

/** From when to when, in the zone of the page. */
export function spanOf({ start, end }: { start: string; end: string }, zone: string): string {
  return `${stamp(start, zone)} to ${stamp(end, zone)}`;
}

/** An instant where the window has said the year, and the page the zone: `Sat 21 Nov 20:00`. */
export function shortStampOf(at: string, zone: string): string {
  const [day, time] = stamp(at, zone).split(", ");
  return `${day?.replace(/ \d{4}$/, "")} ${time?.slice(0, 5)}`;
}

/** From when to when, as short as a pane needs it: `Sat 21 Nov 20:00 → Sun 22 Nov 08:00 WET`. */
export function shortSpanOf({ start, end }: { start: string; end: string }, zone: string): string {
  const label = stamp(end, zone).split(" ").at(-1);
  // A line may end between the two instants, never within one.
  return [start, end]
    .map((at) => shortStampOf(at, zone).replaceAll(" ", NBSP))
    .join(" → ")
    .concat(NBSP, label ?? "");
}

/** All of a shift in words, for those who cannot see its block. */
export function blockText(block: Block, schedule: string, zone: string): string {
  const parts = [holderOf(block), roleOf(block.role), schedule, spanOf(block, zone), block.origin];
  if (block.replaced) parts.push(`in place of ${block.replaced}`);
  if (block.double_booked) parts.push("double booked");
  if (block.on_leave) parts.push("on leave");
  if (block.changed) parts.push("changed since it was first read");
  return parts.join(", ");
}

/** Names of who held something, or nobody. */
export function namesOf(people: readonly string[]): string {
  return people.length > 0 ? people.join(" and ") : "nobody";
}

/** What a change is, as the first words of its line. */
export function changeOf(change: RotaDifference): string {
  if (change.kind === "coming") return "Changed ahead";
  if (change.kind === "after_the_fact") return "Changed after the fact";
  return "Kept; the source says otherwise";
}

/** What is known of a post that nobody is shown to hold. */
export function stateOf(post: Post): string {
  if (post.state === "nobody") return "Nobody";
  if (post.state === "not_read") return "Not read";
  if (post.state === "not_due") return "Nobody due now";
  return "No shift now";
}

/** `override` as `Override`, with what is behind it. */
export function originOf(origin: string): string {
  const words: Record<string, string> = {
    rotation: "Rotation",
    override: "Override",
    custom: "By hand",
    swap: "Swap",
    ical: "Calendar",
    import: "Imported",
  };
  return words[origin] ?? wordsOf(origin);
}
