import { useMemo } from "react";
import { Section } from "../../components/Section";
import { StatusMark } from "../../components/StatusMark";
import { Table } from "../../components/table/Table";
import { type TableColumn, useTableModel } from "../../components/table/model";
import { instant } from "../../format/instant";
import { multiple } from "../../format/number";
import type { BurnWindow, SloPage } from "../../host/bindings";
import { burnText } from "./words";

/** The windows over which the burn is judged. */
export function BurnSection({ page, zone }: { page: SloPage; zone: string }) {
  const { burns, line } = page;
  const columns = useMemo(() => columnsOf(line.state), [line.state]);
  const model = useTableModel({ columns, rows: burns, rowId });
  if (burns.length === 0) return null;
  return (
    <Section
      title="Burn windows"
      clause={line.window.ends_at && `whole hours to ${instant(page.forecast.from, page.as_of, zone)}`}
    >
      <Table label="Burn windows" model={model} density="dense" fit />
      {burns.some((burn) => burn.unreachable) && (
        <p className="mt-1.5 text-sm text-muted">
          No error rate reaches a threshold that is not reachable: the objective is too loose for it.
        </p>
      )}
    </Section>
  );
}

const rowId = (burn: BurnWindow) => burn.window;

const columnsOf = (state: string): TableColumn<BurnWindow>[] => [
  { id: "window", head: "Over", width: "56px", cell: (burn) => burn.window },
  {
    id: "burn",
    head: "Burn",
    width: "72px",
    right: true,
    cell: (burn) => <b className="font-semibold">{burnText(burn.burn, state).word}</b>,
    title: (burn) => burnText(burn.burn, state).title,
  },
  {
    id: "threshold",
    head: "Too fast over",
    width: "96px",
    right: true,
    cell: (burn) => <span className="text-muted">{multiple(burn.threshold)}</span>,
    title: (burn) => `At that pace ${Math.round(burn.budget_share * 100)} % of the budget goes in ${burn.window}`,
  },
  { id: "state", head: "State", width: "minmax(0, 1fr)", cell: (burn) => <State burn={burn} /> },
];

function State({ burn }: { burn: BurnWindow }) {
  if (burn.unreachable) return <span className="pl-[1.125rem] text-sm text-muted">not reachable</span>;
  if (burn.burn === null) return <StatusMark status="unknown" word="No verdict" plain />;
  if (!burn.over) return <StatusMark status="ok" word="Slow enough" plain />;
  return burn.severity === "critical" ? (
    <StatusMark status="critical" word="Too fast" />
  ) : (
    <StatusMark status="warn" word="Too fast" plain />
  );
}
