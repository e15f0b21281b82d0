import { useMemo } from "react";
import { Section } from "../../components/Section";
import { StatusMark } from "../../components/StatusMark";
import { Table } from "../../components/table/Table";
import { type TableColumn, useTableModel } from "../../components/table/model";
import { place } from "../../format/instant";
import { count, percent } from "../../format/number";
import type { Month, SloPage } from "../../host/bindings";
import { methodWord, objectiveText, stateOf } from "./words";

/** Each calendar month against a budget of its own. */
export function MonthsSection({ page, zone }: { page: SloPage; zone: string }) {
  const columns = useMemo(() => columnsOf(page), [page]);
  const model = useTableModel({ columns, rows: page.months, rowId });
  if (page.months.length === 0) return null;
  const mixed = page.months.filter((month) => month.versions.length > 1);
  return (
    <Section title="Months" clause={`by the calendar of ${place(zone)}, a budget each`}>
      <Table label="Months" model={model} density="dense" fit />
      {mixed.length > 0 && (
        <p className="mt-1.5 text-sm text-muted">
          {mixed.map((month) => wordOf(month, page.as_of)).join(", ")}: the definition changed within; the sums mix its
          versions.
        </p>
      )}
    </Section>
  );
}

const rowId = (month: Month) => month.month;

const NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Oct`, and `Oct 2025` of another year than this one: `Oct 26` would be read as a day. */
function wordOf({ month }: Month, now: string): string {
  const [year, number] = month.split("-");
  const name = NAMES[Number(number) - 1] ?? month;
  return year === now.slice(0, 4) ? name : `${name} ${year}`;
}

/** The versions of the definition that held in a month: `v1+2`. */
const versionsOf = ({ versions }: Month) => `v${versions.join("+")}`;

function columnsOf(page: SloPage): TableColumn<Month>[] {
  return [
    {
      id: "month",
      head: "Month",
      width: "minmax(0, 1fr)",
      cell: (month) => (
        <>
          {wordOf(month, page.as_of)}
          {month.running && <span className="text-muted"> so far</span>}
          {month.versions.length > 1 && <span className="pl-1 text-xs text-muted">{versionsOf(month)}</span>}
        </>
      ),
      title: (month) => eventsText(month, page.columns.unit),
    },
    {
      id: "sli",
      head: "Attained",
      width: "80px",
      right: true,
      cell: (month) => (month.sli === null ? "unknown" : `${(month.sli * 100).toFixed(3)}\u00a0%`),
      title: (month) => eventsText(month, page.columns.unit),
    },
    {
      id: "left",
      head: "Left",
      width: "76px",
      right: true,
      cell: (month) =>
        month.budget_remaining === null || month.too_few_events ? (
          <span className="text-muted">{month.too_few_events ? "no verdict" : "unknown"}</span>
        ) : (
          <b className="font-semibold">{percent(month.budget_remaining)}</b>
        ),
      title: (month) =>
        month.too_few_events?.words ??
        `of the budget at ${objectiveText(month.objective)}, counted by ${methodWord(month.method)}`,
    },
    {
      id: "state",
      head: "State",
      width: "88px",
      cell: (month) => {
        const { status, word } = stateOf(month.state);
        return <StatusMark status={status} word={word} plain={status !== "critical"} />;
      },
      title: (month) => (month.coverage === null ? "no hour is over" : `${percent(month.coverage)} of its hours known`),
    },
  ];
}

function eventsText(month: Month, unit: string): string {
  const known = month.coverage === null ? "none" : percent(month.coverage);
  const tail = `${known} of its hours known; definition ${versionsOf(month)}`;
  if (month.good === null || month.total === null) return tail;
  return `${count(month.good)} good of ${count(month.total)} ${unit}; ${tail}`;
}
