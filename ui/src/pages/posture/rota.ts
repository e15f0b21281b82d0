import type { Lane, LaneBlock, LanesData } from "../../components/lanes/lanes";
import type { Status } from "../../components/StatusMark";
import { shortDay, shortSpan } from "../../format/instant";
import { counted } from "../../format/number";
import type { Lanes, ScheduleLane } from "../../host/bindings";
import { finalLanes } from "../oncall/groups";
import { seconds } from "../oncall/lane-blocks";
import { gapId, leaveId, shiftId, unreadId } from "../oncall/selection";
import { hours, namesOf } from "../oncall/words";

/** What has room in a window. */
export interface Room {
  size: Lane["size"];
  /** So many lanes. */
  lanes: number;
  /** So many faults in words. */
  faults: number;
  /** Days as `Mon 16`, or as `M 16`. */
  days: "named" | "short";
}

/** The lanes that have room, and what is left to the page of the rota. */
export interface RotaLanes {
  data: LanesData;
  /** Schedules that are not drawn. */
  more: number;
}

/** One lane for each schedule, as low as the room wants it; where there are too many, those with a fault go before the others. */
export function rotaLanes(answer: Lanes, zone: string, { size, lanes: most, days }: Room): RotaLanes {
  const [home] = answer.axes;
  const faulty = answer.schedules.filter(hasFault);
  const sound = answer.schedules.filter((lane) => !hasFault(lane));
  const chosen = new Set([...faulty, ...sound].slice(0, most));
  const shown = answer.schedules.filter((lane) => chosen.has(lane));
  return {
    more: answer.schedules.length - shown.length,
    data: {
      from: seconds(answer.from),
      to: seconds(answer.to),
      now: seconds(answer.as_of),
      weeks: [],
      days: (home?.days ?? []).map((day) => ({
        at: seconds(day.start),
        label: days === "named" ? shortDay(day.start, zone) : day.label,
        current: day.today,
        quiet: day.weekend,
      })),
      names: 136,
      groups: shown.map((lane) => ({
        id: lane.key,
        name: lane.name,
        headless: true,
        lanes: finalLanes(lane, blocksOf(answer, lane), answer, zone).map((line, row) => ({
          id: line.id,
          name: row === 0 ? lane.name : "at the same time",
          size,
          blocks: line.blocks.map(withoutNights),
        })),
      })),
    },
  };
}

const hasFault = (lane: ScheduleLane) => lane.gaps.length > 0 || lane.double_bookings > 0 || lane.unread.length > 0;

const blocksOf = (answer: Lanes, lane: ScheduleLane) => answer.blocks.filter((block) => block.schedule === lane.key);

/** From two metres the nights would be stripes: whose night it is stands on the page of the rota. */
const withoutNights = (block: LaneBlock): LaneBlock => ({ ...block, nights: [] });

/** What is wrong with the rota ahead, in words. */
export interface Fault {
  /** What the page of the rota selects. */
  id: string;
  status: Status;
  /** What it is. */
  what: string;
  /** When. */
  when: string;
  /** On which schedule, where the lanes do not say it. */
  where: string | null;
}

/** Gaps, double bookings, duty during leave and time that was not read, that are not over; what weighs most first. */
export function faultsOf(answer: Lanes, zone: string): Fault[] {
  const ahead = (span: { end: string }) => span.end > answer.as_of;
  const gaps = answer.schedules.flatMap((lane) =>
    lane.gaps.filter(ahead).map(
      (gap): Fault => ({
        id: gapId(lane, gap),
        status: "critical",
        what: `Gap ${hours(gap.hours)}`,
        when: shortSpan(gap, zone),
        where: lane.name,
      }),
    ),
  );
  // Of the last hours of the fourteenth day the lanes, which end at midnight, show nothing.
  const { gap: beyond } = answer.facts.ahead;
  if (beyond && gaps.length === 0) {
    const [what, when] = [`Gap ${hours(beyond.hours)}`, shortSpan(beyond, zone)];
    gaps.push({ id: "", status: "critical", what, when, where: beyond.schedule_name });
  }
  const twice = answer.double_bookings.filter(ahead).map((booking): Fault => {
    const block = answer.blocks.find((candidate) => candidate.id === booking.blocks[1]);
    return {
      id: block ? shiftId(block) : "",
      status: "warn",
      what: `${namesOf(booking.people)} ${booking.kind === "person" ? "twice" : "on one post"}`,
      when: shortSpan(booking, zone),
      where: null,
    };
  });
  const away = answer.leaves
    .filter((leave) => leave.conflicts.length > 0 && ahead(leave))
    .map(
      (leave): Fault => ({
        id: leaveId(leave),
        status: "warn",
        what: `${leave.person ?? "Somebody"} on call during leave`,
        when: shortSpan(leave, zone),
        where: null,
      }),
    );
  return [...gaps, ...twice, ...away, ...unreadOf(answer, zone)];
}

/** Time that was not read, of all schedules as one: it is one source that did not say it. */
function unreadOf(answer: Lanes, zone: string): Fault[] {
  const lanes = answer.schedules.filter((lane) => lane.unread.some(({ end }) => end > answer.as_of));
  const stretches = lanes.flatMap((lane) => lane.unread).toSorted((a, b) => a.start.localeCompare(b.start));
  const [lane, first] = [lanes[0], stretches[0]];
  if (!lane || !first) return [];
  const end = stretches.reduce((last, stretch) => (stretch.end > last ? stretch.end : last), first.end);
  return [
    {
      id: lane.unread[0] ? unreadId(lane, lane.unread[0]) : "",
      status: "unknown",
      what: `Not read: ${lanes.length === 1 ? lane.name : counted(lanes.length, "schedule")}`,
      when: shortSpan({ start: first.start, end }, zone),
      where: null,
    },
  ];
}

/** The rota ahead in numbers, for its head. */
export function clauseOf(answer: Lanes): string {
  const { ahead } = answer.facts;
  const overrides = answer.schedules.reduce((sum, lane) => sum + lane.overrides, 0);
  return [
    ahead.state === "undeclared"
      ? "coverage not declared"
      : `${hours(ahead.held_hours)} of ${hours(ahead.declared_hours)} declared are held`,
    overrides > 0 && counted(overrides, "override"),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** Where nothing is wrong: whether that is known. */
export function soundnessOf(answer: Lanes): { status: Status; word: string } {
  switch (answer.facts.ahead.state) {
    case "none":
      return { status: "ok", word: "No gap in declared coverage, and nobody is booked twice" };
    case "undeclared":
      return {
        status: "unknown",
        word: "Nobody is booked twice; gaps cannot be told, because no coverage is declared",
      };
    default:
      return { status: "unknown", word: "Not all of it was read" };
  }
}
