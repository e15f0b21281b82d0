import type { LaneBlock } from "../../components/lanes/lanes";
import type { Block, Lanes, LeaveSpan, Stretch } from "../../host/bindings";
import { leaveId, shiftId } from "./selection";
import { blockText, spanOf } from "./words";

/** An instant as the lanes count. */
export const seconds = (at: string) => Date.parse(at) / 1000;
/** A stretch as the lanes count. */
export const spanIn = ({ start, end }: Stretch) => ({ from: seconds(start), to: seconds(end) });

/** A shift as it is drawn, under the name of its person or of its schedule. */
export function shiftBlock(block: Block, label: string, schedule: string, answer: Lanes, zone: string): LaneBlock {
  const replaced = block.origin === "override" || block.origin === "swap";
  return {
    id: shiftId(block),
    label,
    ...spanIn(block),
    kind: isTwice(block, answer) ? "double" : replaced ? "override" : "shift",
    past: block.end <= answer.as_of,
    nights: block.nights.map(spanIn),
    ...markOf(block, answer),
    text: blockText(block, schedule, zone),
  };
}

/** Whether all of it is held twice, and not only a part. */
function isTwice(block: Block, answer: Lanes): boolean {
  const whole = (booking: Stretch) => booking.start <= block.start && block.end <= booking.end;
  return answer.double_bookings.some((booking) => booking.blocks.includes(block.id) && whole(booking));
}

function markOf(block: Block, answer: Lanes): Pick<LaneBlock, "mark"> {
  if (block.on_leave || (block.double_booked && !isTwice(block, answer))) return { mark: "warn" };
  return block.changed ? { mark: "info" } : {};
}

/** Leave as it is drawn. */
export function leaveBlock(leave: LeaveSpan, answer: Lanes, zone: string): LaneBlock {
  const conflict = leave.conflicts.length > 0;
  return {
    id: leaveId(leave),
    label: "",
    ...spanIn(leave),
    kind: "away",
    past: leave.end <= answer.as_of,
    ...(conflict && { mark: "warn" as const }),
    text: `${leave.person ?? "Somebody"} on leave, ${spanOf(leave, zone)}${conflict ? ", on call meanwhile" : ""}`,
  };
}

/** Blocks in the order of time, as lanes want them. */
export function inOrder(blocks: LaneBlock[]): LaneBlock[] {
  return blocks.sort((a, b) => a.from - b.from);
}
