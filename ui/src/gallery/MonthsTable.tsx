import { StatusMark } from "../components/StatusMark";
import { Table } from "../components/table/Table";
import { type TableColumn, useTableModel } from "../components/table/model";

interface Month {
  name: string;
  attained: string;
  left: string;
  status: "ok" | "warn" | "critical";
  word: string;
  forecast?: boolean;
}

const MONTHS: readonly Month[] = [
  { name: "Nov, so far", attained: "99.871 %", left: "\u221229.0 %", status: "critical", word: "Spent" },
  { name: "Nov, forecast", attained: "99.930 %", left: "30.0 %", status: "warn", word: "Watch", forecast: true },
  { name: "Oct", attained: "99.953 %", left: "53.0 %", status: "ok", word: "Healthy" },
  { name: "Sep", attained: "99.981 %", left: "81.0 %", status: "ok", word: "Healthy" },
];

const COLUMNS: readonly TableColumn<Month>[] = [
  { id: "name", head: "Month", width: "minmax(0,1fr)", cell: (month) => month.name },
  { id: "attained", head: "Attained", width: "72px", right: true, cell: (month) => month.attained },
  {
    id: "left",
    head: "Left",
    width: "76px",
    right: true,
    cell: (month) => <b className="font-semibold">{month.left}</b>,
  },
  {
    id: "state",
    head: "State",
    width: "84px",
    cell: (month) => <StatusMark status={month.status} word={month.word} plain={month.status !== "critical"} />,
  },
];

/** A small table inside a section. */
export function MonthsTable() {
  const model = useTableModel({ columns: COLUMNS, rows: MONTHS, rowId: (month) => month.name });
  return <Table label="Months" model={model} density="dense" muted={(month) => month.forecast ?? false} fit />;
}
