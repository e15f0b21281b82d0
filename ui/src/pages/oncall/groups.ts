import type { Lane, LaneBlock, LaneGroup, LaneNote, LanesData } from "../../components/lanes/lanes";
import { place } from "../../format/instant";
import { counted } from "../../format/number";
import { wordsOf } from "../../format/name";
import type { Block, Lanes, LeaveSpan, ScheduleLane, Stretch } from "../../host/bindings";
import { gapId, leaveId, shiftId, unreadId } from "./selection";
import { blockText, holderOf, hours, spanOf } from "./words";

const seconds = (at: string) => Date.parse(at) / 1000;
const spanIn = ({ start, end }: Stretch) => ({ from: seconds(start), to: seconds(end) });

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
  const shown = home && others.length > 0 && zones ? [home, ...others] : [];
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
    groups: by === "schedule" ? scheduleGroups(answer, zone) : personGroups(answer, zone),
  };
}

function shiftBlock(block: Block, label: string, schedule: string, answer: Lanes, zone: string): LaneBlock {
  const replaced = block.origin === "override" || block.origin === "swap";
  return {
    id: shiftId(block),
    label,
    ...spanIn(block),
    kind: block.double_booked ? "double" : replaced ? "override" : "shift",
    past: block.end <= answer.as_of,
    nights: block.nights.map(spanIn),
    ...(block.on_leave ? { mark: "warn" as const } : block.changed ? { mark: "info" as const } : {}),
    text: blockText(block, schedule, zone),
  };
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

function finalLanes(lane: ScheduleLane, blocks: Block[], answer: Lanes, zone: string): Lane[] {
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

/** What was not read; where a shift that reaches beyond it is known, that is shown instead. */
function unreadBlocks(lane: ScheduleLane, answer: Lanes, zone: string): LaneBlock[] {
  return lane.unread.map((stretch) => {
    const known = answer.blocks.filter((block) => block.schedule === lane.key && block.start <= stretch.start);
    const start = known.reduce((latest, block) => (block.end > latest ? block.end : latest), stretch.start);
    const shown = start < stretch.end ? { start, end: stretch.end } : stretch;
    return {
      id: unreadId(lane, stretch),
      label: "not read",
      ...spanIn(shown),
      kind: "unread",
      text: `Not read: who is on ${lane.name} is not known, ${spanOf(stretch, zone)}`,
    };
  });
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
        note.before ? { ...note, at: seconds(lane.gaps.find((gap) => seconds(gap.end) === note.at)?.start ?? "") } : note,
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

function leaveBlock(leave: LeaveSpan, answer: Lanes, zone: string): LaneBlock {
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

function personGroups(answer: Lanes, zone: string): LaneGroup[] {
  const schedules = new Map(answer.schedules.map((lane) => [lane.key, lane.name]));
  return answer.people.map((person): LaneGroup => {
    const mine = answer.blocks.filter((block) =>
      person.key === null ? block.withheld && block.person === null : block.person_key === person.key,
    );
    const leaves = answer.leaves.filter((leave) => person.key !== null && leave.person_key === person.key);
    const rows = Array.from({ length: person.rows }, (_, row) => mine.filter((block) => block.person_row === row));
    const conflict = mine.some((block) => block.on_leave);
    const twice = mine.some((block) => block.double_booked);
    const word = [conflict && "on call during leave", twice && "double booking"].filter(Boolean).join(", ");
    return {
      id: person.key ?? "outside",
      name: person.key === null ? "Outside the team" : person.name,
      clause: personClause(person),
      ...(word && { verdict: { status: "warn" as const, word } }),
      lanes: [
        ...rows.map(
          (held, row): Lane => ({
            id: `shifts-${row}`,
            name: row === 0 ? "Shifts" : "Also",
            clause: row === 0 ? (person.timezone ? place(person.timezone) : "") : "at the same time",
            size: "overrides",
            blocks: inOrder(
              held.map((block) => {
                const schedule = schedules.get(block.schedule) ?? block.schedule;
                return shiftBlock(block, schedule, schedule, answer, zone);
              }),
            ),
          }),
        ),
        ...(leaves.length > 0
          ? [
              {
                id: "leave",
                name: "Leave",
                size: "rotation" as const,
                blocks: leaves.map((leave) => leaveBlock(leave, answer, zone)),
              },
            ]
          : []),
      ],
    };
  });
}

function personClause(person: Lanes["people"][number]): string {
  if (person.key === null) return "who it is is not stored";
  if (person.account !== "person") return person.account === "bot" ? "a machine's account" : "a shared account";
  if (!person.load) return "holds no post that must answer";
  const night = person.load.night_hours;
  const asleep = night === null ? "nights not known: no zone" : `${hours(night)} in the own night`;
  return `${hours(person.load.on_call_hours)} on call, ${asleep}`;
}

function inOrder(blocks: LaneBlock[]): LaneBlock[] {
  return blocks.sort((a, b) => a.from - b.from);
}
