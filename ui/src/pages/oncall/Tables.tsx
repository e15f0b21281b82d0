import { useMemo } from "react";
import { Table } from "../../components/table/Table";
import { type TableColumn, useTableModel } from "../../components/table/model";
import { Upstream } from "../../components/Upstream";
import { place, stamp } from "../../format/instant";
import type { Block, Lanes, PersonLane } from "../../host/bindings";
import { shiftId } from "./selection";
import { holderOf, hours, originOf, roleOf, share } from "./words";

const told = (value: number | null | undefined) =>
  value === null || value === undefined ? <span className="text-muted">not known</span> : hours(value);

const PEOPLE: readonly TableColumn<PersonLane>[] = [
  {
    id: "person",
    head: "Person",
    width: "minmax(120px, 1.4fr)",
    cell: (lane) => (lane.key === null ? "Outside the team" : <Upstream text={lane.name} />),
    title: (lane) => lane.name,
    sortBy: (lane) => lane.name.toLowerCase(),
  },
  {
    id: "zone",
    head: "Zone",
    width: "minmax(90px, 1fr)",
    cell: (lane) => (lane.timezone ? place(lane.timezone) : <span className="text-muted">not known</span>),
  },
  {
    id: "primary",
    head: "Primary",
    width: "88px",
    right: true,
    cell: (lane) => told(lane.load?.primary_hours),
  },
  {
    id: "secondary",
    head: "Secondary",
    width: "88px",
    right: true,
    cell: (lane) => told(lane.load?.secondary_hours),
  },
  { id: "all", head: "On call", width: "88px", right: true, cell: (lane) => told(lane.load?.on_call_hours) },
  {
    id: "night",
    head: "In own night",
    width: "100px",
    right: true,
    cell: (lane) => told(lane.load?.night_hours),
  },
  { id: "shifts", head: "Shifts", width: "64px", right: true, cell: (lane) => lane.load?.shifts ?? "" },
  {
    id: "share",
    head: "Share",
    width: "72px",
    right: true,
    cell: (lane) => (lane.load ? share(lane.load.share) : ""),
  },
];

/** Hours of people in the window, by name. The other columns do not sort: nobody is ranked. */
export function PeopleTable({ answer }: { answer: Lanes }) {
  const model = useTableModel({ columns: PEOPLE, rows: answer.people, rowId: (lane) => lane.key ?? "outside" });
  return <Table label="Hours of people in this window, by name" model={model} empty="Nobody holds a shift." />;
}

interface ShiftTableProps {
  answer: Lanes;
  zone: string;
  selected: string | null;
  onSelect: (id: string) => void;
}

/** Every shift of the window. */
export function ShiftTable({ answer, zone, selected, onSelect }: ShiftTableProps) {
  const columns = useMemo((): readonly TableColumn<Block>[] => {
    const names = new Map(answer.schedules.map((lane) => [lane.key, lane.name]));
    const scheduleOf = (block: Block) => names.get(block.schedule) ?? block.schedule;
    return [
      {
        id: "start",
        head: "From",
        width: "176px",
        cell: (block) => stamp(block.start, zone),
        sortBy: (block) => block.start,
      },
      { id: "end", head: "To", width: "176px", cell: (block) => stamp(block.end, zone), sortBy: (block) => block.end },
      {
        id: "schedule",
        head: "Schedule",
        width: "minmax(100px, 1.2fr)",
        cell: (block) => <Upstream text={scheduleOf(block)} />,
        title: scheduleOf,
        sortBy: scheduleOf,
      },
      {
        id: "who",
        head: "Who",
        width: "minmax(90px, 1fr)",
        cell: (block) => <Upstream text={holderOf(block)} />,
        title: holderOf,
        sortBy: holderOf,
      },
      { id: "role", head: "Role", width: "84px", cell: (block) => roleOf(block.role) },
      { id: "origin", head: "Origin", width: "84px", cell: (block) => originOf(block.origin) },
      { id: "hours", head: "In view", width: "64px", right: true, cell: (block) => hours(block.hours_in_view) },
      { id: "night", head: "At night", width: "76px", right: true, cell: (block) => told(block.night_hours_in_view) },
    ];
  }, [answer.schedules, zone]);
  const model = useTableModel({ columns, rows: answer.blocks, rowId: (block) => shiftId(block) });
  return (
    <Table
      label="Shifts of this window"
      model={model}
      selected={selected}
      onSelect={onSelect}
      onOpen={onSelect}
      empty="No shift lies in this window."
    />
  );
}
