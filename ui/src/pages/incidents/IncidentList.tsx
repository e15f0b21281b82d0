import { type ReactNode, useMemo, useState } from "react";
import { useCommand } from "../../commands/keyboard";
import { KeyBar, KeyBarItem, Split } from "../../components/layout/Pane";
import { copyAs, copyText, fromMarkdown, useRowCopy } from "../../components/overlay/copy";
import { Table } from "../../components/table/Table";
import type { TableModel } from "../../components/table/model";
import { useMoment } from "../../frame/moment";
import { usePresenting } from "../../frame/presenter";
import type { IncidentFirst, IncidentIndex } from "../../host/bindings";
import { useHost } from "../../host/context";
import { useIncidentSheet } from "../../host/incidents";
import { columnsOf } from "./columns";
import { EmptyIncidents } from "./EmptyIncidents";
import type { Filters } from "./filters";
import { HiddenNote } from "./HiddenNote";
import { IncidentHead } from "./IncidentHead";
import { IncidentPeek } from "./IncidentPeek";
import { type LengthKind, Lengths } from "./Lengths";
import { NarrowBar } from "./NarrowBar";
import { OpenDialog } from "./OpenDialog";
import { useLines } from "./lines";
import { useSelection } from "./selection";

interface IncidentListProps {
  first: IncidentFirst | undefined;
  index: IncidentIndex | undefined;
  /** Rows of the table, newest first. */
  rows: readonly string[];
  /** The counts are of the filters before, or not there yet. */
  pending: boolean;
  now: string;
  zone: string;
  filters: Filters;
  /** What could not be refreshed. */
  notice: ReactNode;
}

/** The page with its rows. */
export function IncidentList({ first, index, rows, pending, now, zone, filters, notice }: IncidentListProps) {
  const host = useHost();
  const { asof } = useMoment();
  const presenting = usePresenting();
  const [kind, setKind] = useState<LengthKind>("resolve");
  const [leaving, setLeaving] = useState(false);
  const { line, see } = useLines(index, first);
  const entries = useMemo(() => rows.map((id) => ({ id, row: id })), [rows]);
  const selection = useSelection(entries, line);
  // The sheet of the selected row is there before one looks into it.
  const wanted = selection.open ?? (selection.row === null ? null : (line(selection.row)?.id ?? null));
  const sheet = useIncidentSheet(wanted);
  const peeking = selection.open !== null;
  // While the next one is read, the panel keeps the one before; what is done is done to the one that is meant.
  const shown = sheet.data?.line.id === wanted ? sheet.data : undefined;
  const chosen = shown?.line.id ?? null;

  // Until it is known it is taken for one: most have one pager.
  const oneSource = (index?.sources.length ?? 1) === 1;
  const columns = useMemo(
    () => columnsOf({ line, now, zone, narrow: peeking, oneSource, presenting }),
    [line, now, zone, peeking, oneSource, presenting],
  );
  const model: TableModel<string> = {
    columns,
    rows: entries,
    sort: null,
    sortBy: () => undefined,
  };

  useCommand("incidents.lengths", () => setKind(kind === "resolve" ? "ack" : "resolve"));
  useCommand("incidents.running", filters.toggleRunning);
  useCommand("incidents.clear", filters.clear);
  useCommand("incidents.tests", () => filters.setTests(!filters.filters.tests));
  const page = fromMarkdown("Page", () => host.incidentsMarkdown(asof, filters.filters));
  useCommand("incidents.copy", () => copyAs("markdown", page));
  useCommand("incidents.copySlack", () => copyAs("slack", page));
  useRowCopy(chosen === null ? null : fromMarkdown("Incident", () => host.incidentMarkdown(asof, chosen)));
  const url = shown?.url ?? null;
  useCommand("incidents.open", () => setLeaving(true), url !== null);
  useCommand("incidents.link", () => url !== null && copyText(url, "Link copied"), url !== null);

  return (
    <Split
      width={392}
      beside={
        selection.open !== null && (
          <IncidentPeek
            id={selection.open}
            sheet={shown ?? (sheet.error ? undefined : sheet.data)}
            error={sheet.error}
            zone={zone}
            presenting={presenting}
            onRetry={() => void sheet.refetch()}
            onClose={selection.close}
          />
        )
      }
    >
      {notice}
      <IncidentHead
        index={index}
        now={now}
        zone={zone}
        narrow={peeking}
        filters={filters}
        kind={kind}
        onKind={setKind}
      />
      {index && rows.length > 0 && <Lengths index={index} kind={kind} line={line} />}
      <NarrowBar index={index} filters={filters} shown={rows.length} pending={pending} peeking={peeking} />
      <div className="min-h-0 grow @max-[60rem]:min-h-64">
        {rows.length === 0 && index && !pending ? (
          <EmptyIncidents index={index} filters={filters} />
        ) : (
          <Table
            label="Incidents, newest first"
            model={model}
            density="comfortable"
            selected={selection.row ?? shown?.line.row ?? null}
            onSelect={selection.select}
            onOpen={selection.peek}
            onSight={see}
            muted={(row) => line(row)?.running === false}
          />
        )}
      </div>
      <KeyBar note={index && <HiddenNote index={index} filters={filters} />}>
        <KeyBarItem commands={["row.next", "row.previous"]}>row</KeyBarItem>
        <KeyBarItem commands={["row.peek"]}>peek</KeyBarItem>
        <KeyBarItem commands={["incidents.open"]}>open outside</KeyBarItem>
        <KeyBarItem commands={["incidents.copy"]}>copy page</KeyBarItem>
      </KeyBar>
      {leaving && shown && <OpenDialog sheet={shown} onClose={() => setLeaving(false)} />}
    </Split>
  );
}
