import { useMemo } from "react";
import { Section } from "../../components/Section";
import { StatusShape } from "../../components/StatusMark";
import type { Shape } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { Table } from "../../components/table/Table";
import { numbersWidth, type TableColumn, useTableModel } from "../../components/table/model";
import { instant, stamp } from "../../format/instant";
import { count, counted, multiple, percent } from "../../format/number";
import type { Beside, SloPage, Spent, SpentRow } from "../../host/bindings";

/** What spent the budget, and when it comes back: rows and rest add up to all that is spent. */
export function SpentSection({ page, zone }: { page: SloPage; zone: string }) {
  const { spent } = page;
  if (spent === null) return null;
  const rolling = page.line.window.kind === "rolling";
  const named = spent.rows.filter((row) => row.beside !== null).length;
  const clause =
    spent.rows.length === 0
      ? "no spell above the even spend took a point of it"
      : `${counted(spent.rows.length, "spell")} faster than even, ${named} with something recorded`;
  return (
    <Section
      title={rolling ? "What spent it, and when it comes back" : "What spent it"}
      clause={clause}
      freshness={<span className="text-xs text-subtle">points of the budget</span>}
    >
      <SpentTable spent={spent} page={page} zone={zone} rolling={rolling} />
      {page.changed_at !== null && (
        <p className="mt-1.5 text-sm text-muted">
          The definition changed {stamp(page.changed_at, zone)}: hours before were measured by the older expressions and
          are counted by the objective and method in force.
        </p>
      )}
    </Section>
  );
}

interface SpentTableProps {
  spent: Spent;
  page: SloPage;
  zone: string;
  rolling: boolean;
}

function SpentTable({ spent, page, zone, rolling }: SpentTableProps) {
  const columns = useMemo(() => columnsOf(page, spent.rows, zone, rolling), [page, spent.rows, zone, rolling]);
  const model = useTableModel({ columns, rows: spent.rows, rowId });
  const rest =
    spent.smaller > 0 ? `The rest, and ${counted(spent.smaller, "smaller spell")}` : "The rest of the window";
  return (
    <>
      {spent.rows.length > 0 && <Table label="What spent the budget" model={model} fit />}
      <dl className="grid grid-cols-[minmax(0,1fr)_auto] border-t border-line text-right tabular-nums">
        <dt className="py-1 text-left text-muted">
          {rest}
          {spent.rest_bad !== null && `: ${count(spent.rest_bad)} bad`}
        </dt>
        <dd className="py-1">{pointsText(spent.rest)}</dd>
        <dt className="border-t border-line-strong py-1 text-left font-semibold">Spent</dt>
        <dd className="border-t border-line-strong py-1 pl-4 font-semibold">{pointsText(spent.total)}</dd>
      </dl>
    </>
  );
}

const rowId = (row: SpentRow) => row.starts_at;
const peakText = (row: SpentRow) => multiple(row.peak);
const badText = (row: SpentRow) => (row.bad === null ? "not known" : count(row.bad));
const thenText = (row: SpentRow) => (row.left_then === null ? "not known" : percent(row.left_then));
const pointsText = (points: number) => percent(points / 100).replace("\u00a0%", "");

function shapeOf({ kind, severity }: Beside): Shape {
  if (kind === "incident") return (severity ?? 5) <= 2 ? "critical" : "warn";
  return kind === "maintenance" ? "maintenance" : "info";
}

function columnsOf(page: SloPage, rows: readonly SpentRow[], zone: string, rolling: boolean): TableColumn<SpentRow>[] {
  const now = page.as_of;
  const columns: TableColumn<SpentRow>[] = [
    {
      id: "beside",
      head: "At the time",
      width: "minmax(120px, 1fr)",
      cell: (row) => <Cause row={row} />,
      title: (row) => (row.beside ? `${row.beside.label} ${row.beside.title}` : "Nothing of this service is recorded"),
    },
    {
      id: "when",
      head: "From",
      width: "108px",
      cell: (row) => <span className="text-muted">{instant(row.starts_at, now, zone)}</span>,
      title: (row) => `${stamp(row.starts_at, zone)} to ${stamp(row.ends_at, zone)}`,
      sortBy: (row) => row.starts_at,
    },
    {
      id: "peak",
      // The worst hours above tell it too: what was going on needs the room.
      from: 760,
      head: "Peak",
      width: numbersWidth(rows.map(peakText), 56),
      right: true,
      cell: peakText,
      sortBy: (row) => row.peak,
    },
  ];
  if (page.line.total !== null) {
    columns.push({
      id: "bad",
      head: `Bad ${page.columns.unit}`,
      width: numbersWidth(rows.map(badText), 80),
      right: true,
      cell: badText,
      sortBy: (row) => row.bad ?? undefined,
    });
  }
  if (rolling) {
    columns.push(
      {
        id: "leaves",
        head: "Comes back",
        width: "104px",
        cell: (row) => row.leaves_at && instant(row.leaves_at, now, zone),
        title: (row) => (row.leaves_at ? `Its last hour leaves the window ${stamp(row.leaves_at, zone)}` : ""),
        sortBy: (row) => row.leaves_at ?? undefined,
      },
      {
        id: "then",
        head: "Left then",
        width: numbersWidth(rows.map(thenText), 66),
        right: true,
        cell: thenText,
        title: () => "If nothing else breaks and traffic goes on as in the last 24 h",
      },
    );
  }
  return [
    ...columns,
    {
      id: "points",
      head: "Points",
      width: numbersWidth(
        rows.map((row) => pointsText(row.points)),
        56,
      ),
      right: true,
      cell: (row) => <b className="font-semibold">{pointsText(row.points)}</b>,
      title: (row) => `${percent(row.share)} of what is spent`,
      sortBy: (row) => row.points,
    },
  ];
}

function Cause({ row }: { row: SpentRow }) {
  const { beside } = row;
  if (!beside) return <span className="text-muted">nothing recorded</span>;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <StatusShape status={shapeOf(beside)} />
      <span className="flex-none font-mono text-sm">
        <Upstream text={beside.label} />
      </span>
      <span className="cut">
        <Upstream text={beside.title} />
      </span>
      {beside.others > 0 && <span className="flex-none text-xs text-muted">+{beside.others}</span>}
    </span>
  );
}
