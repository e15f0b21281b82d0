import { Button } from "../../components/Button";
import { Chip } from "../../components/Chip";
import { ErrorBlock } from "../../components/ErrorBlock";
import { Freshness } from "../../components/Freshness";
import { KeyHint } from "../../components/KeyHint";
import { FactList } from "../../components/layout/FactList";
import { KeyFacts } from "../../components/layout/KeyFacts";
import { PeekBlock, PeekPanel } from "../../components/layout/PeekPanel";
import { Section } from "../../components/Section";
import { Skeleton } from "../../components/Skeleton";
import { StatusMark } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { runCommand } from "../../commands/keyboard";
import { duration } from "../../format/duration";
import { counted } from "../../format/number";
import type { IncidentSheet } from "../../host/bindings";
import { PagedSection } from "./PagedSection";
import { PartsSection } from "./PartsSection";
import { momentsOf, sourceFactsOf } from "./facts";
import { TimelineSection } from "./TimelineSection";
import { markOf, severityOf } from "./words";

interface IncidentPeekProps {
  /** The incident's id, until its sheet is there. */
  id: string;
  sheet: IncidentSheet | undefined;
  error: Error | null;
  zone: string;
  presenting: boolean;
  onRetry: () => void;
  onClose: () => void;
}

/** A look into one incident: its facts, who was paged, what happened, and where it is. */
export function IncidentPeek({ id, sheet, error, zone, presenting, onRetry, onClose }: IncidentPeekProps) {
  if (!sheet) {
    return (
      <PeekPanel
        label="Incident"
        title={error ? "Not known" : <Skeleton className="h-5 w-56" />}
        lead={<Chip code>{id}</Chip>}
        onClose={onClose}
      >
        {error && <ErrorBlock error={error} title="This incident could not be read" onRetry={onRetry} />}
      </PeekPanel>
    );
  }
  const { line } = sheet;
  const mark = markOf(line.status);
  return (
    <PeekPanel
      label="Incident"
      title={
        <>
          <Upstream text={line.title} />
          {line.title_cut && "…"}
        </>
      }
      lead={
        <>
          {mark.status ? (
            <StatusMark status={mark.status} word={mark.word} />
          ) : (
            <span className="text-sm text-muted">{mark.word}</span>
          )}
          {line.number !== null && (
            <span className="cut font-mono text-sm text-muted">
              <Upstream text={line.number} />
            </span>
          )}
          <Chip>{severityOf(line)}</Chip>
          {line.service !== null && (
            <Chip>
              <Upstream text={line.service} />
              {line.tier !== null && ` · tier ${line.tier}`}
            </Chip>
          )}
        </>
      }
      actions={<Actions sheet={sheet} />}
      foot={
        <>
          {sheet.source ? (
            <Freshness
              sources={[sheet.source.name]}
              lastOkAt={sheet.source.last_ok_at}
              stale={sheet.source.stale}
              now={sheet.as_of}
              zone={zone}
            />
          ) : (
            <Upstream text={`${line.source}, not read by itself`} />
          )}
        </>
      }
      onClose={onClose}
    >
      {error && <ErrorBlock error={error} title="Not refreshed" onRetry={onRetry} />}
      <PeekBlock>
        <KeyFacts facts={keyFacts(sheet)} />
      </PeekBlock>
      <PeekBlock>
        <FactList facts={momentsOf(sheet, zone)} />
      </PeekBlock>
      <PagedSection sheet={sheet} zone={zone} presenting={presenting} />
      <TimelineSection sheet={sheet} zone={zone} presenting={presenting} />
      <PartsSection sheet={sheet} presenting={presenting} />
      <Section title="As the source has it">
        <FactList facts={sourceFactsOf(sheet)} />
      </Section>
    </PeekPanel>
  );
}

function Actions({ sheet }: { sheet: IncidentSheet }) {
  return (
    <>
      {sheet.url === null ? (
        <span className="text-sm text-muted">The source gives no address</span>
      ) : (
        <>
          <Button primary onClick={() => runCommand("incidents.open")}>
            <span>
              Open in <Upstream text={sheet.line.source} />
            </span>{" "}
            <KeyHint command="incidents.open" onAccent />
          </Button>
          <Button onClick={() => runCommand("incidents.link")}>
            Copy link <KeyHint command="incidents.link" />
          </Button>
        </>
      )}
      <Button onClick={() => runCommand("row.copy")}>
        Copy <KeyHint command="row.copy" />
      </Button>
      <Button onClick={() => runCommand("row.copySlack")}>
        For Slack <KeyHint command="row.copySlack" />
      </Button>
    </>
  );
}

function keyFacts({ line, pages, pages_more: more }: IncidentSheet) {
  const told = (secs: number | null) => (secs === null ? "not told" : duration(secs));
  return [
    { label: line.running ? "Open for" : "Lasted", value: told(line.lasted_secs) },
    {
      label: "Acknowledged",
      value:
        line.acked_after_secs === null
          ? line.running
            ? "not yet"
            : "not told"
          : `after ${duration(line.acked_after_secs)}`,
    },
    { label: "Paged", value: counted(pages.length + more, "time") },
  ];
}
