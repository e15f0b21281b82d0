import type { Lane, LaneBlock, LaneGroup, LaneNote, LanesData } from "../../components/lanes/lanes";
import { place } from "../../format/instant";
import { wordsOf } from "../../format/name";
import { counted } from "../../format/number";
import type { Block, Lanes, ScheduleLane, Stretch } from "../../host/bindings";
import { inOrder, leaveBlock, seconds, shiftBlock, spanIn } from "./lane-blocks";
import { personGroups } from "./person-groups";
import { gapId, shiftId, unreadId } from "./selection";
import { holderOf, hours, spanOf } from "./words";

/** Lanes by schedule or by person, as they are drawn. */
export function lanesData(answer: Lanes, by: "schedule" | "person", zone: string, zones: boolean): LanesData {
  const [home, ...others] = answer.axes;
  const marks = (days: (typeof answer.axes)[number]["days"]) =>
    days.map((day) => ({
      at: seconds(day.start),
      to: seconds(day.end),
      label: day.label,
      current: day.today,
      quiet: day.weekend,
    }));
  // In a quarter a day has no room to be named.
  const shown = home && others.length > 0 && zones && answer.span !== "quarter" ? [home, ...others] : [];
  return {
    from: seconds(answer.from),
    to: seconds(answer.to),
    now: seconds(answer.as_of),
    weeks: answer.groups.map((group) => ({ at: seconds(group.start), label: group.title, current: group.current })),
    days: marks(home?.days ?? []),
    zones: shown.map((axis) => ({
      id: axis.zone,
      name: place(axis.zone),
      title: `${axis.zone}, ${counted(axis.people, "person", "people")} shown`,
      days: marks(axis.days),
      hours: axis.ticks.map((tick) => ({ at: seconds(tick.at), label: String(tick.hour).padStart(2, "0") })),
    })),
    ...inLines(by === "schedule" ? scheduleGroups(answer, zone) : personGroups(answer, zone)),
  };
}

/** From so many groups on, those of one lane without a verdict are one line each, under names with more room. */
const MANY = 9;

function inLines(groups: LaneGroup[]): Pick<LanesData, "groups" | "names"> {
  if (groups.length < MANY) return { groups };
  const lines = groups.map((group): LaneGroup => {
    const [lane, ...more] = group.lanes;
    if (!lane || more.length > 0 || group.verdict) return group;
    return { ...group, headless: true, lanes: [{ ...lane, name: group.name, clause: group.clause ?? "" }] };
  });
  return { groups: lines, names: 216 };
}

function scheduleGroups(answer: Lanes, zone: string): LaneGroup[] {
  const groups = answer.schedules.map((lane): LaneGroup => {
    const blocks = answer.blocks.filter((block) => block.schedule === lane.key);
    const verdict = verdictOf(lane);
    return {
      id: lane.key,
      name: lane.name,
      clause: clauseOf(lane),
      ...(verdict && { verdict }),
      lanes: [...finalLanes(lane, blocks, answer, zone), ...overrideLanes(blocks, lane, answer, zone)],
    };
  });
  return [...groups, ...awayGroup(answer, zone)];
}

/** What a schedule is: its rule and what is declared of it. */
function clauseOf(lane: ScheduleLane): string {
  const declared = lane.declared ? `declared ${lane.declared}` : "coverage not declared";
  return [...lane.rotations.slice(0, 2), counted(lane.people, "person", "people"), declared].join(", ");
}

function verdictOf(lane: ScheduleLane): LaneGroup["verdict"] {
  if (lane.gaps.length > 0) return { status: "critical", word: counted(lane.gaps.length, "gap") };
  if (lane.double_bookings > 0) return { status: "warn", word: "double booking" };
  if (lane.unread.length > 0) return { status: "unknown", word: "not all of it read" };
  return undefined;
}

/** The lanes of who answers: one, and more where several do at the same time. */
export function finalLanes(lane: ScheduleLane, blocks: Block[], answer: Lanes, zone: string): Lane[] {
  const rows = Array.from({ length: lane.rows }, (_, row) => blocks.filter((block) => block.row === row));
  return rows.map((held, row): Lane => {
    const shifts = held.map((block) => shiftBlock(block, holderOf(block), lane.name, answer, zone));
    const rest = row === 0 ? [...gapBlocks(lane, answer, zone), ...unreadBlocks(lane, answer, zone)] : [];
    return {
      id: `final-${row}`,
      name: row === 0 ? "Final" : wordsOf(held[0]?.role ?? "also"),
      clause: row === 0 ? wordsOf(lane.role === "unknown" ? "who answers" : lane.role) : "at the same time",
      size: "final",
      blocks: inOrder([...shifts, ...rest]),
    };
  });
}

function gapBlocks(lane: ScheduleLane, answer: Lanes, zone: string): LaneBlock[] {
  return lane.gaps.map((gap) => ({
    id: gapId(lane, gap),
    label: "",
    ...spanIn(gap),
    kind: "gap",
    past: gap.end <= answer.as_of,
    text: `Gap of ${hours(gap.hours)}, nobody on ${lane.name}, ${spanOf(gap, zone)}`,
  }));
}

/** What was not read, where no shift that reaches into it is known. */
function unreadBlocks(lane: ScheduleLane, answer: Lanes, zone: string): LaneBlock[] {
  const known = answer.blocks.filter((block) => block.schedule === lane.key);
  return lane.unread.flatMap((stretch) =>
    without(stretch, known).map((part) => ({
      id: unreadId(lane, part),
      label: "not read",
      ...spanIn(part),
      kind: "unread" as const,
      text: `Not read: who is on ${lane.name} is not known, ${spanOf(stretch, zone)}`,
    })),
  );
}

/** What of a stretch no block lies on; the blocks are in the order of time. */
function without(stretch: Stretch, blocks: readonly Stretch[]): Stretch[] {
  const parts: Stretch[] = [];
  let { start } = stretch;
  for (const block of blocks) {
    if (block.end <= start || block.start >= stretch.end) continue;
    if (block.start > start) parts.push({ start, end: block.start });
    start = block.end;
  }
  return start < stretch.end ? [...parts, { start, end: stretch.end }] : parts;
}

function overrideLanes(blocks: Block[], lane: ScheduleLane, answer: Lanes, zone: string): Lane[] {
  const replaced = blocks.filter((block) => block.origin === "override" || block.origin === "swap");
  if (replaced.length === 0 && lane.gaps.length === 0) return [];
  const notes = lane.gaps.slice(0, 3).map(
    (gap): LaneNote => ({
      at: seconds(gap.end),
      before: seconds(gap.end) - seconds(answer.from) > (seconds(answer.to) - seconds(answer.from)) * 0.7,
      text: `Gap ${hours(gap.hours)}, nobody`,
      status: "critical",
    }),
  );
  return [
    {
      id: "overrides",
      name: "Overrides",
      clause: `${lane.overrides} in view`,
      size: "overrides",
      blocks: inOrder(
        replaced.map((block) => ({
          ...shiftBlock(block, holderOf(block), lane.name, answer, zone),
          id: shiftId(block, "o"),
          kind: "override",
        })),
      ),
      notes: notes.map((note) =>
        note.before
          ? { ...note, at: seconds(lane.gaps.find((gap) => seconds(gap.end) === note.at)?.start ?? "") }
          : note,
      ),
    },
  ];
}

function awayGroup(answer: Lanes, zone: string): LaneGroup[] {
  if (answer.leaves.length === 0) return [];
  const names = [...new Set(answer.leaves.map((leave) => leave.person ?? ""))].sort((a, b) => a.localeCompare(b));
  const conflicts = answer.leaves.filter((leave) => leave.conflicts.length > 0).length;
  return [
    {
      id: "away",
      name: "Away",
      clause: "leave",
      ...(conflicts > 0 && { verdict: { status: "warn" as const, word: `${conflicts} on call during leave` } }),
      lanes: names.map(
        (name): Lane => ({
          id: `away-${name}`,
          name: name || "Not matched",
          clause: "leave",
          size: "rotation",
          blocks: answer.leaves
            .filter((leave) => (leave.person ?? "") === name)
            .map((leave) => leaveBlock(leave, answer, zone)),
        }),
      ),
    },
  ];
}
