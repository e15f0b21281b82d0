import { Button } from "../../components/Button";
import { Freshness } from "../../components/Freshness";
import { KeyHint } from "../../components/KeyHint";
import { PaneHead } from "../../components/layout/Pane";
import { Segmented } from "../../components/Segmented";
import { StatusShape } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { Skeleton } from "../../components/Skeleton";
import type { IncidentIndex } from "../../host/bindings";
import { openAnswer, shownClause } from "./answer";
import type { Filters } from "./filters";
import type { LengthKind } from "./Lengths";

interface IncidentHeadProps {
  index: IncidentIndex | undefined;
  now: string;
  zone: string;
  /** A panel takes room: the answer stands alone. */
  narrow: boolean;
  filters: Filters;
  kind: LengthKind;
  onKind: (kind: LengthKind) => void;
}

const KINDS = [
  { id: "resolve", word: "Resolve" },
  { id: "ack", word: "Acknowledge" },
] as const;

/** What is open, in one line, with the age of what says so. */
export function IncidentHead({ index, now, zone, narrow, filters, kind, onKind }: IncidentHeadProps) {
  if (!index) {
    return <PaneHead answer={<Skeleton className="h-5 w-48" />} />;
  }
  const { status, text } = openAnswer(index.open, index.sources.length > 0);
  const ages = index.sources.map((source) => source.last_ok_at);
  const oldest = ages.includes(null) ? null : (ages.toSorted()[0] ?? null);
  return (
    <PaneHead
      answer={
        <span className="flex items-center gap-2.5">
          <StatusShape status={status} />
          <span className="cut">{text}</span>
        </span>
      }
      end={
        <>
          {index.sources.length > 0 && (
            <Freshness
              sources={index.sources.map((source) => source.name)}
              lastOkAt={oldest}
              stale={index.sources.some((source) => source.stale)}
              now={now}
              zone={zone}
            />
          )}
          {index.rows.length > 0 && (
            <>
              <Segmented label="How long to" segments={KINDS} value={kind} onChange={onKind} />
              <KeyHint command="incidents.lengths" />
            </>
          )}
        </>
      }
    >
      {!narrow && index.open.known > 0 && (
        <Button aria-pressed={filters.running} onClick={filters.toggleRunning} className="flex-none">
          {filters.running ? "Show the rest too" : "Only these"} <KeyHint command="incidents.running" />
        </Button>
      )}
      {!narrow && (
        <span className="cut">
          <Upstream text={shownClause(index)} />
        </span>
      )}
    </PaneHead>
  );
}
