import { useMemo, useState } from "react";
import { Button } from "../components/Button";
import { Chip } from "../components/Chip";
import { FilterBar } from "../components/FilterBar";
import { Cap } from "../components/KeyHint";
import { Section } from "../components/Section";
import { Segmented } from "../components/Segmented";
import { StatusMark, StatusShape } from "../components/StatusMark";
import { StatusWord } from "../components/StatusWord";
import { FactList } from "../components/layout/FactList";
import { KeyFacts } from "../components/layout/KeyFacts";
import { KeyBar, KeyBarItem, PaneHead, Split } from "../components/layout/Pane";
import { PeekBlock, PeekPanel } from "../components/layout/PeekPanel";
import { type Density, Table } from "../components/table/Table";
import { useRowKeys } from "../components/table/keys";
import { type TableColumn, type TableSort, useTableModel } from "../components/table/model";
import { useCommand } from "../commands/keyboard";
import { type SampleRow, sampleRows } from "./rows";

const COLUMNS: readonly TableColumn<SampleRow>[] = [
  {
    id: "state",
    head: "State",
    width: "104px",
    cell: (row) =>
      row.state ? (
        <StatusMark status={row.state} word={row.word} plain={row.state !== "critical"} />
      ) : (
        <StatusWord word={row.word} />
      ),
  },
  { id: "id", head: "Id", width: "96px", cell: (row) => <span className="font-mono text-sm">{row.id}</span> },
  { id: "severity", head: "Sev", width: "60px", cell: (row) => <span className="text-muted">{row.severity}</span> },
  { id: "what", head: "What", width: "minmax(120px, 1fr)", cell: (row) => row.what, title: (row) => row.what },
  {
    id: "service",
    head: "Service",
    from: 680,
    width: "96px",
    cell: (row) => <span className="text-muted">{row.service}</span>,
    sortBy: (row) => row.service,
  },
  {
    id: "started",
    head: "Started, UTC",
    width: "112px",
    cell: (row) => <span className="text-muted">{row.started}</span>,
    sortBy: (row) => row.startedAt,
  },
  {
    id: "lasted",
    head: "Lasted",
    width: "88px",
    right: true,
    cell: (row) => (row.seconds === undefined ? <span className="text-muted">{row.lasted}</span> : row.lasted),
    sortBy: (row) => row.seconds,
  },
  {
    id: "woken",
    head: "Woken",
    from: 800,
    width: "96px",
    cell: (row) => (row.woken === "nobody" ? <span className="text-subtle">nobody</span> : row.woken),
  },
];

const FIRST: TableSort = { column: "started", descending: true };
const COUNTS: Record<string, number> = { few: 16, many: 100_000, none: 0 };

/** A page of a list: answer, filter, table, keys, and the peek at the right. */
export function TablePart() {
  const [size, setSize] = useState("few");
  const [density, setDensity] = useState<Density>("comfortable");
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string[]>([]);
  const [selected, setSelected] = useState<string | null>("INC-416");
  const [peeking, setPeeking] = useState(true);
  const all = useMemo(() => sampleRows(COUNTS[size] ?? 0), [size]);
  const rows = useMemo(
    () =>
      all.filter(
        (row) =>
          row.what.toLowerCase().includes(text.toLowerCase()) && (chosen.length === 0 || chosen.includes(row.service)),
      ),
    [all, text, chosen],
  );
  const model = useTableModel({ columns: COLUMNS, rows, rowId: (row) => row.id, sort: FIRST });
  useRowKeys(model.rows, selected, setSelected);
  useCommand("row.peek", () => setPeeking((was) => !was));
  const row = rows.find((candidate) => candidate.id === selected);
  return (
    <Split width={392} beside={row && peeking && <Peek row={row} onClose={() => setPeeking(false)} />}>
      <PaneHead
        answer="1 is open, for 1h 12m"
        end={
          <>
            <Segmented
              label="Rows"
              segments={Object.keys(COUNTS).map((id) => ({ id, word: id }))}
              value={size}
              onChange={setSize}
            />
            <Segmented
              label="Density"
              segments={(["dense", "default", "comfortable"] as const).map((id) => ({ id, word: id }))}
              value={density}
              onChange={setDensity}
            />
          </>
        }
      >
        15 resolved in 120 d
      </PaneHead>
      <FilterBar
        noun="incidents"
        text={text}
        onText={setText}
        facets={["orders", "stock", "login", "search"].map((id) => ({
          id,
          word: id,
          count: all.filter((entry) => entry.service === id).length,
        }))}
        chosen={chosen}
        onChosen={setChosen}
        shown={rows.length}
        of={all.length}
      />
      <div className="min-h-0 grow">
        <Table
          label="Incidents"
          model={model}
          density={density}
          selected={selected}
          onSelect={setSelected}
          onOpen={() => setPeeking(true)}
          muted={(entry) => entry.woken === "nobody" && entry.severity === "SEV4"}
          empty={<p className="text-muted">No incident in 120 d. The pager was read 2 min ago.</p>}
        />
      </div>
      <KeyBar note="Search and mail: alerts not known since 03:10">
        <KeyBarItem commands={["row.next", "row.previous"]}>row</KeyBarItem>
        <KeyBarItem commands={["row.peek"]}>peek</KeyBarItem>
      </KeyBar>
    </Split>
  );
}

function Peek({ row, onClose }: { row: SampleRow; onClose: () => void }) {
  return (
    <PeekPanel
      label="Incident"
      title={row.what}
      lead={
        <>
          {row.state ? (
            <StatusMark status={row.state} word={row.word} />
          ) : (
            <span className="text-sm text-muted">{row.word}</span>
          )}
          <span className="font-mono text-sm text-muted">{row.id}</span>
          <Chip>{row.severity}</Chip>
          <Chip>{row.service} · tier 1</Chip>
        </>
      }
      clause={`Began ${row.started} UTC`}
      actions={
        <>
          <Button primary large>
            Put in handover <Cap onAccent>h</Cap>
          </Button>
          <Button large>Open in the pager</Button>
          <Button large disabled>
            Copy
          </Button>
        </>
      }
      foot={
        <>
          <span>pager 2 min ago · metrics 4 min ago</span>
          <span className="ml-auto flex items-center gap-1.5">
            <Cap>i</Cap> rows
          </span>
        </>
      }
      onClose={onClose}
    >
      <PeekBlock>
        <KeyFacts
          facts={[
            { label: "Running", value: row.lasted },
            { label: "Acknowledged", value: "4m" },
            { label: "Woken", value: row.woken },
            { label: "Budget spent", value: "4.0 pts" },
          ]}
        />
      </PeekBlock>
      <PeekBlock>
        <FactList
          facts={[
            { name: "Service", value: row.service, note: "tier 1, owned by Harbor" },
            { name: "Began", value: "Mon 16 Nov 2026, 05:48 UTC", note: "1h 12m ago" },
            { name: "Cause", value: <StatusMark status="unknown" word="Not known yet" /> },
          ]}
        />
      </PeekBlock>
      <Section title="Has it happened before?" freshness={<StatusMark status="warn" word="Likely" />}>
        <p className="flex items-center gap-2 text-sm text-muted">
          <StatusShape status="info" /> Same service, same class, three words alike.
        </p>
      </Section>
    </PeekPanel>
  );
}
