import { useMemo } from "react";
import { Table } from "../../components/table/Table";
import { type TableColumn, useTableModel } from "../../components/table/model";
import { Upstream } from "../../components/Upstream";
import { place } from "../../format/instant";
import { wordsOf } from "../../format/name";
import type { Block, Lanes, PersonLane } from "../../host/bindings";
import { shiftId } from "./selection";
import { holderOf, hours, originOf, roleOf, share, shortStampOf } from "./words";

/** Hours; nothing where none are told, and the words where they are not known. */
const told = (value: number | null | undefined) =>
  value === null ? <span className="text-muted">not known</span> : value === undefined ? "" : hours(value);

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
    head: "Of the time",
    width: "84px",
    right: true,
    cell: (lane) => (lane.load ? share(lane.load.share) : ""),
  },
];

/** Hours of people in the window, by name. The other columns do not sort: nobody is ranked. */
export function PeopleTable({ answer, fit = false }: { answer: Lanes; fit?: boolean }) {
  const model = useTableModel({ columns: PEOPLE, rows: answer.people, rowId: (lane) => lane.key ?? "outside" });
  return (
    <Table label="Hours of people in this window, by name" model={model} fit={fit} empty="Nobody holds a shift." />
  );
}

/** A shift as a row. */
interface ShiftRow {
  block: Block;
  schedule: string;
  from: string;
  to: string;
}

const SHIFTS: readonly TableColumn<ShiftRow>[] = [
  { id: "start", head: "From", width: "134px", cell: (row) => row.from, sortBy: (row) => row.block.start },
  { id: "end", head: "To", width: "134px", cell: (row) => row.to, sortBy: (row) => row.block.end },
  {
    id: "schedule",
    head: "Schedule",
    width: "minmax(136px, 1.6fr)",
    cell: (row) => <Upstream text={row.schedule} />,
    title: (row) => row.schedule,
    sortBy: (row) => row.schedule,
  },
  {
    id: "who",
    head: "Who",
    width: "minmax(72px, 1fr)",
    cell: (row) => <Upstream text={holderOf(row.block)} />,
    title: (row) => holderOf(row.block),
    sortBy: (row) => holderOf(row.block),
  },
  {
    id: "role",
    head: "Role",
    width: "86px",
    cell: (row) => wordsOf(roleOf(row.block.role)),
    title: (row) => wordsOf(roleOf(row.block.role)),
  },
  {
    id: "origin",
    head: "Origin",
    width: "76px",
    cell: (row) => originOf(row.block.origin),
    title: (row) => originOf(row.block.origin),
  },
  { id: "hours", head: "In view", width: "58px", right: true, cell: (row) => hours(row.block.hours_in_view) },
  { id: "night", head: "At night", width: "62px", right: true, cell: (row) => told(row.block.night_hours_in_view) },
];

interface ShiftTableProps {
  answer: Lanes;
  zone: string;
  selected: string | null;
  onSelect: (id: string) => void;
}

/** Every shift of the window. */
export function ShiftTable({ answer, zone, selected, onSelect }: ShiftTableProps) {
  const rows = useMemo((): ShiftRow[] => {
    const names = new Map(answer.schedules.map((lane) => [lane.key, lane.name]));
    return answer.blocks.map((block) => ({
      block,
      schedule: names.get(block.schedule) ?? block.schedule,
      from: shortStampOf(block.start, zone),
      to: shortStampOf(block.end, zone),
    }));
  }, [answer, zone]);
  const model = useTableModel({ columns: SHIFTS, rows, rowId: (row) => shiftId(row.block) });
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
