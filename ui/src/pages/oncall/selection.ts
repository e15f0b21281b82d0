import type { Block, GapSpan, Lanes, LeaveSpan, ScheduleLane, Stretch } from "../../host/bindings";

/** What the page's lanes can hold, by the first letter of its id. */
export type Selected =
  | { kind: "shift"; block: Block }
  | { kind: "gap"; gap: GapSpan; lane: ScheduleLane }
  | { kind: "leave"; leave: LeaveSpan }
  | { kind: "unread"; stretch: Stretch; lane: ScheduleLane };

/** Id of a shift in a lane; the same shift may stand in a second lane. */
export const shiftId = (block: Block, lane: "b" | "o" = "b") => `${lane}:${block.id}`;
/** Id of a gap in a lane. */
export const gapId = (lane: { key: string }, gap: { start: string }) => `g:${lane.key}|${gap.start}`;
/** Id of leave in a lane. */
export const leaveId = (leave: LeaveSpan) => `a:${leave.id}`;
/** Id of time that was not read. */
export const unreadId = (lane: { key: string }, stretch: Stretch) => `u:${lane.key}|${stretch.start}`;

/** Whether an id names a part of time that was not read. */
function isPartOf(id: string, lane: ScheduleLane, stretch: Stretch): boolean {
  const start = id.startsWith(`u:${lane.key}|`) ? id.slice(id.lastIndexOf("|") + 1) : "";
  return stretch.start <= start && start < stretch.end;
}

/** What an id stands for in an answer; `null` when it is no longer there. */
export function selectedIn(answer: Lanes, id: string | null): Selected | null {
  if (!id) return null;
  const [kind, rest] = [id.slice(0, 1), id.slice(2)];
  if (kind === "b" || kind === "o") {
    const block = answer.blocks.find((candidate) => candidate.id === rest);
    return block ? { kind: "shift", block } : null;
  }
  if (kind === "a") {
    const leave = answer.leaves.find((candidate) => candidate.id === rest);
    return leave ? { kind: "leave", leave } : null;
  }
  for (const lane of answer.schedules) {
    const gap = lane.gaps.find((candidate) => gapId(lane, candidate) === id);
    if (gap) return { kind: "gap", gap, lane };
    const stretch = lane.unread.find((candidate) => isPartOf(id, lane, candidate));
    if (stretch) return { kind: "unread", stretch, lane };
  }
  return null;
}
