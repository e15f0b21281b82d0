import type { Lane, LaneGroup } from "../../components/lanes/lanes";
import { place } from "../../format/instant";
import { wordsOf } from "../../format/name";
import type { Lanes } from "../../host/bindings";
import { inOrder, leaveBlock, shiftBlock } from "./lane-blocks";
import { hours } from "./words";

/** A group for each person, with the shifts of all schedules and the leave. */
export function personGroups(answer: Lanes, zone: string): LaneGroup[] {
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
                // Schedules of one team begin with the same letters: what does not fit is told by its role.
                const short = block.role === "unknown" ? schedule : wordsOf(block.role);
                return { ...shiftBlock(block, schedule, schedule, answer, zone), short };
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
  if (!person.load) return "";
  if (person.load.shifts === 0) return "holds no post that must answer";
  const night = person.load.night_hours;
  const asleep = night === null ? "nights not known: no zone" : `${hours(night)} in own night`;
  return `${hours(person.load.on_call_hours)} on call, ${asleep}`;
}
