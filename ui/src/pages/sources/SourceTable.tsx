import { useMemo } from "react";
import { CoverageRibbon } from "../../components/CoverageRibbon";
import { StatusMark } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { Table } from "../../components/table/Table";
import { type TableColumn, useTableModel } from "../../components/table/model";
import { duration, relative } from "../../format/duration";
import { dayOf, stamp } from "../../format/instant";
import { counted } from "../../format/number";
import { wordsOf } from "../../format/name";
import type { SourceOverview, SourcesPage } from "../../host/bindings";
import { CONDITIONS } from "./condition";
import { completeness, ribbonOf, weakest } from "./ribbon";

/** Heights in px: the head, a row, and the most that the list takes of the page. */
const HEAD = 24;
const ROW = 32;
const MOST = 280;

interface SourceTableProps {
  page: SourcesPage;
  zone: string;
  selected: string;
  /** A pane is open beside it: streams are counted, not named. */
  narrow: boolean;
  onSelect: (name: string) => void;
}

/** Every source: how it is, when it answered, and what of the last months is known. */
export function SourceTable({ page, zone, selected, narrow, onSelect }: SourceTableProps) {
  const { as_of: now, from } = page;
  const columns = useMemo(() => columnsOf(from, now, zone, narrow), [from, now, zone, narrow]);
  const model = useTableModel({ columns, rows: page.sources, rowId: (source) => source.name });
  return (
    <div className="flex-none border-b border-line">
      <div style={{ height: `${Math.min(HEAD + page.sources.length * ROW, MOST) / 16}rem` }}>
        <Table label="Sources" model={model} density="comfortable" selected={selected} onSelect={onSelect} />
      </div>
      <p className="flex items-center gap-4 border-t border-line px-4 py-1.5 text-xs text-muted">
        <span className="flex items-center gap-1.5">
          <i className="h-[0.4375rem] w-3.5 bg-muted" /> read
        </span>
        <span className="flex items-center gap-1.5">
          <i className="h-[0.4375rem] w-3.5 border border-dashed border-unknown" /> not known
        </span>
        <span className="flex items-center gap-1.5">
          <i className="w-3.5 border-b border-line-strong" /> before the first read
        </span>
      </p>
    </div>
  );
}

const seconds = (at: string) => Date.parse(at) / 1000;

function columnsOf(from: string, now: string, zone: string, narrow: boolean): TableColumn<SourceOverview>[] {
  const share = (source: SourceOverview) => completeness(weakest(source.streams), from, now, zone);
  return [
    {
      id: "name",
      head: "Source",
      width: "minmax(236px, 1.4fr)",
      sortBy: (source) => source.name,
      title: (source) => `${source.name}: ${source.streams.map((stream) => wordsOf(stream.name)).join(", ")}`,
      cell: (source) => (
        <>
          <span className="font-semibold">
            <Upstream text={source.name} />
          </span>{" "}
          <span className="text-sm text-subtle">
            {narrow
              ? counted(source.streams.length, "stream")
              : source.streams.map((stream) => stream.name.replaceAll("_", " ")).join(", ")}
          </span>
        </>
      ),
    },
    {
      id: "state",
      head: "State",
      width: "88px",
      sortBy: (source) => CONDITIONS[source.condition].word,
      cell: (source) => {
        const { status, word } = CONDITIONS[source.condition];
        return <StatusMark status={status} word={word} plain={status !== "unknown"} />;
      },
    },
    {
      id: "answered",
      head: "Answered",
      width: "96px",
      right: true,
      sortBy: (source) => source.last_ok_at ?? undefined,
      title: (source) => (source.last_ok_at ? stamp(source.last_ok_at, zone) : "never"),
      cell: (source) =>
        source.last_ok_at ? (
          <span className={source.trouble ? "font-semibold" : "text-muted"}>{relative(source.last_ok_at, now)}</span>
        ) : (
          <span className="text-muted">never</span>
        ),
    },
    {
      id: "every",
      head: "Every",
      width: "64px",
      right: true,
      cell: (source) => (
        <span className="text-subtle">{source.every_secs === null ? "" : duration(source.every_secs)}</span>
      ),
    },
    {
      id: "covered",
      head: `Known from ${dayOf(from, zone)}`,
      width: "minmax(128px, 1.4fr)",
      cell: (source) => {
        const stream = weakest(source.streams);
        if (!stream) return <span className="text-sm text-muted">lists what exists</span>;
        return (
          <CoverageRibbon
            from={seconds(from)}
            to={seconds(now)}
            spans={ribbonOf(stream, from, now, zone)}
            label={`${source.name}: ${share(source)}`}
          />
        );
      },
    },
    {
      id: "share",
      head: "Coverage",
      width: "96px",
      right: true,
      cell: (source) => <span className="text-muted">{share(source)}</span>,
    },
  ];
}
