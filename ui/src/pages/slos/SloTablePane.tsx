import { useMemo } from "react";
import { ErrorBlock } from "../../components/ErrorBlock";
import { FilterBar } from "../../components/FilterBar";
import { Freshness } from "../../components/Freshness";
import { StatusShape } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { KeyBar, KeyBarItem, PaneHead } from "../../components/layout/Pane";
import { Table } from "../../components/table/Table";
import { clock } from "../../format/instant";
import { warningWords } from "../../format/warning";
import type { SloTable } from "../../host/bindings";
import { useFrame } from "../../host/frame";
import { EmptySlos, NoMatch } from "./EmptySlos";
import { ServiceMenu } from "./ServiceMenu";
import { facetsOf } from "./facets";
import { useRows } from "./rows";

interface SloTablePaneProps {
  table: SloTable;
  zone: string;
  /** Why the last refresh failed; the older answer stays on screen. */
  error: Error | null;
  onRetry: () => void;
}

/** The table of SLOs under its answer. */
export function SloTablePane({ table, zone, error, onRetry }: SloTablePaneProps) {
  const rows = useRows(table, zone);
  // Teams that are configured are chosen in the top bar.
  const configured = (useFrame().data?.teams.length ?? 0) > 0;
  const facets = useMemo(() => facetsOf(table.rows, configured ? [] : table.teams), [table, configured]);
  return (
    <main className="flex min-h-0 min-w-0 flex-col @max-[60rem]:overflow-y-auto">
      {error && (
        <ErrorBlock
          error={error}
          title={`Not refreshed: what you see is from ${clock(table.as_of, zone)}`}
          onRetry={onRetry}
        />
      )}
      {table.rows.length === 0 ? (
        <EmptySlos table={table} zone={zone} />
      ) : (
        <>
          <PaneHead
            answer={<Answer table={table} />}
            context={table.words.next && <Upstream text={table.words.next} />}
            end={<Ages table={table} zone={zone} />}
          />
          <Unread table={table} zone={zone} />
          <FilterBar
            noun="SLOs"
            text={rows.find}
            onText={rows.setFind}
            facets={facets}
            chosen={rows.only}
            onChosen={rows.setOnly}
            shown={rows.model.rows.length}
            of={table.rows.length}
            saved={<ServiceMenu rows={table.rows} only={rows.only} onOnly={rows.setOnly} />}
          />
          <div className="min-h-0 grow @max-[60rem]:min-h-64">
            {rows.model.rows.length === 0 ? (
              <NoMatch onClear={rows.clear} />
            ) : (
              <Table
                label="SLOs"
                model={rows.model}
                density="comfortable"
                selected={rows.selected}
                onSelect={rows.select}
                onOpen={rows.open}
              />
            )}
          </div>
          <KeyBar note="The worst first; among equals what runs out first, then by name">
            <KeyBarItem commands={["row.next"]}>next</KeyBarItem>
            <KeyBarItem commands={["row.peek"]}>open</KeyBarItem>
            <KeyBarItem commands={["filter.focus"]}>filter</KeyBarItem>
            <KeyBarItem commands={["row.copy", "row.copySlack"]}>copy the line, for Slack</KeyBarItem>
            <KeyBarItem commands={["slos.copy"]}>copy the page</KeyBarItem>
          </KeyBar>
        </>
      )}
    </main>
  );
}

function Answer({ table }: { table: SloTable }) {
  const unknown = table.rows.length === 0 || table.counts.unknown === table.rows.length;
  return (
    <span className="flex items-center gap-2">
      {unknown && <StatusShape status="unknown" />}
      {table.words.answer}
    </span>
  );
}

/** Where the rows come from and how old that is. */
function Ages({ table, zone }: { table: SloTable; zone: string }) {
  return table.sources
    .slice(0, 2)
    .map((source) => (
      <Freshness
        key={source.name}
        sources={[source.name]}
        lastOkAt={source.last_ok_at}
        stale={source.stale}
        now={table.as_of}
        zone={zone}
      />
    ));
}

/** What could not be read, in sight: numbers that rest on it may be old. */
function Unread({ table, zone }: { table: SloTable; zone: string }) {
  const named = new Set(table.sources.map((source) => source.name));
  const warnings = table.warnings.filter((warning) => warning.code !== "stale" && named.has(warning.source ?? ""));
  if (warnings.length === 0) return null;
  return (
    <ul aria-label="Not known" className="flex-none border-b border-line px-4 py-1.5 text-sm text-muted">
      {warnings.map((warning) => (
        <li key={`${warning.code}${warning.source}`} className="flex items-center gap-2">
          <StatusShape status="unknown" />
          <span className="cut" title={warningWords(warning, table.as_of, zone)}>
            <Upstream text={warningWords(warning, table.as_of, zone)} />
          </span>
        </li>
      ))}
    </ul>
  );
}
