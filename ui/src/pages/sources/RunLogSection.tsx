import { useMemo, useState } from "react";
import { ErrorBlock } from "../../components/ErrorBlock";
import { Segmented } from "../../components/Segmented";
import { StatusMark } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { Table } from "../../components/table/Table";
import { type TableColumn, useTableModel } from "../../components/table/model";
import { useCommand } from "../../commands/keyboard";
import { instant, stamp, withInstants } from "../../format/instant";
import { wordsOf } from "../../format/name";
import { count } from "../../format/number";
import type { RunKind, RunLine } from "../../host/bindings";
import { useRuns } from "../../host/sources";
import { RUNS } from "./condition";

const KINDS: readonly { id: RunKind; word: string }[] = [
  { id: "all", word: "All" },
  { id: "failed", word: "Failed" },
  { id: "changed", word: "Changed rows" },
];

/** The last runs of a source: what each read and changed, how long it took, and why it failed. */
export function RunLogSection({ source, now, zone }: { source: string; now: string; zone: string }) {
  const [kind, setKind] = useState<RunKind>("all");
  const log = useRuns(source, kind);
  const next = KINDS[(KINDS.findIndex((entry) => entry.id === kind) + 1) % KINDS.length];
  useCommand("runs.filter", () => next && setKind(next.id));
  const columns = useMemo(() => columnsOf(now, zone), [now, zone]);
  const rows = useMemo(
    () => log.data?.runs.map((run, index) => ({ ...run, id: `${run.at} ${run.stream} ${index}` })) ?? [],
    [log.data],
  );
  const model = useTableModel({ columns, rows, rowId: (run) => run.id });
  const empty =
    kind === "all" ? "It was not read yet." : `None of its runs ${kind === "failed" ? "failed" : "changed a row"}.`;
  return (
    <section aria-label="Runs" className="flex-none">
      <header className="flex h-9 items-center gap-2 px-4">
        <h2 className="font-semibold">Runs</h2>
        <span className="cut text-sm text-muted tabular-nums">{log.data?.summary}</span>
        <span className="ml-auto">
          <Segmented label="Which runs" segments={KINDS} value={kind} onChange={setKind} />
        </span>
      </header>
      {log.error ? (
        <ErrorBlock error={log.error} title="The log could not be read" onRetry={() => void log.refetch()} />
      ) : (
        <div className="border-t border-line px-4">
          <Table
            label="Runs"
            model={model}
            density="dense"
            fit
            empty={log.data && <p className="text-muted">{empty}</p>}
          />
          {log.data?.more && <p className="py-1.5 text-sm text-muted">Older ones are left out here.</p>}
        </div>
      )}
    </section>
  );
}

type Row = RunLine & { id: string };

function columnsOf(now: string, zone: string): TableColumn<Row>[] {
  return [
    {
      id: "at",
      head: "Ended",
      width: "104px",
      title: (run) => stamp(run.at, zone),
      cell: (run) => <span className="text-muted">{instant(run.at, now, zone)}</span>,
    },
    {
      id: "result",
      head: "Result",
      width: "84px",
      cell: (run) => {
        const { status, word } = RUNS[run.state];
        return <StatusMark status={status} word={word} plain={status !== "unknown"} />;
      },
    },
    { id: "stream", head: "Stream", width: "minmax(72px, 104px)", cell: (run) => wordsOf(run.stream) },
    {
      id: "what",
      head: "What happened",
      width: "minmax(120px, 1fr)",
      title: (run) => withInstants(run.words, now, zone),
      cell: (run) => (
        <span className={run.error ? "" : "text-muted"}>
          <Upstream text={withInstants(run.words, now, zone)} />
        </span>
      ),
    },
    { id: "rows", head: "Rows", width: "56px", right: true, cell: (run) => count(run.fetched) },
    {
      id: "requests",
      head: "Requests",
      width: "76px",
      from: 760,
      right: true,
      cell: (run) => <span className="text-muted">{count(run.requests)}</span>,
    },
    {
      id: "took",
      from: 720,
      head: "Took",
      width: "64px",
      right: true,
      cell: (run) => <span className="text-muted">{took(run.took_ms)}</span>,
    },
    {
      id: "attempt",
      // The summary above counts them.
      from: 760,
      head: "In a row",
      width: "64px",
      right: true,
      cell: (run) => <span className="text-subtle">{run.attempt === null ? "" : `try ${run.attempt}`}</span>,
    },
  ];
}

/** A length of a run: `0.2 s`, `12 s`. */
function took(ms: number): string {
  if (ms >= 10_000) return `${Math.round(ms / 1000)}\u00a0s`;
  return `${(ms / 1000).toFixed(1)}\u00a0s`;
}
