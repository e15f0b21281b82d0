import { useNavigate } from "@tanstack/react-router";
import { KeyHint } from "../../components/KeyHint";
import { ErrorBlock } from "../../components/ErrorBlock";
import { StatusMark, StatusShape } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { KeyFacts } from "../../components/layout/KeyFacts";
import { Pane, PaneHead, Split } from "../../components/layout/Pane";
import { useCommand } from "../../commands/keyboard";
import { stepRow } from "../../components/table/model";
import { copyText } from "../../components/overlay/copy";
import { clock } from "../../format/instant";
import { warningWords } from "../../format/warning";
import { useMoment } from "../../frame/moment";
import type { SloPage, SloTable } from "../../host/bindings";
import { useHost } from "../../host/context";
import { useSloPage } from "../../host/slos";
import { BudgetChart } from "./BudgetChart";
import { BurnHeat } from "./BurnHeat";
import { BurnSection } from "./BurnSection";
import { DefinitionSection } from "./DefinitionSection";
import { HappenedSection } from "./HappenedSection";
import { MonthsSection } from "./MonthsSection";
import { SloSkeleton } from "./SloSkeleton";
import { SpentSection } from "./SpentSection";
import { UpstreamSection } from "./UpstreamSection";
import { factsOf } from "./facts";
import { useLineCopy } from "./rows";
import { objectiveText, stateOf, verdictOf, windowText } from "./words";

interface SloDetailProps {
  id: string;
  /** The table, once it is there: what comes before and after. */
  table: SloTable | undefined;
  zone: string;
}

/** One SLO in full. */
export function SloDetail({ id, table, zone }: SloDetailProps) {
  const page = useSloPage(id);
  const moves = useMoves(id, table);
  useCopy(id);
  if (page.data) {
    return (
      <Answered
        page={page.data}
        place={moves.place}
        zone={zone}
        error={page.error}
        onRetry={() => void page.refetch()}
        onBack={moves.back}
      />
    );
  }
  if (page.error) {
    return (
      <main className="mx-auto mt-24 w-[35rem]">
        <ErrorBlock
          error={page.error}
          title="How this budget stands is not known: the SLO could not be read"
          onRetry={() => void page.refetch()}
        />
        <p className="mx-4 text-sm text-muted">
          <button type="button" onClick={moves.back} className="rounded-key">
            <KeyHint command="level.up" /> back to all SLOs
          </button>
        </p>
      </main>
    );
  }
  return <SloSkeleton name={table?.rows.find((row) => row.id === id)?.name} />;
}

interface AnsweredProps {
  page: SloPage;
  /** `2 of 9`. */
  place: string | null;
  zone: string;
  error: Error | null;
  onRetry: () => void;
  onBack: () => void;
}

function Answered({ page, place, zone, error, onRetry, onBack }: AnsweredProps) {
  const { line } = page;
  const { status, word } = stateOf(verdictOf(line));
  return (
    <Split
      width={360}
      beside={
        <Pane label="Beside">
          <UpstreamSection page={page} zone={zone} />
          <BurnSection page={page} zone={zone} />
          <MonthsSection page={page} zone={zone} />
          <HappenedSection page={page} zone={zone} />
          <DefinitionSection page={page} zone={zone} />
        </Pane>
      }
    >
      {error && (
        <ErrorBlock
          error={error}
          title={`Not refreshed: what you see is from ${clock(page.as_of, zone)}`}
          onRetry={onRetry}
        />
      )}
      <PaneHead
        context={
          <span className="flex items-center gap-2">
            <button type="button" title="Back to all SLOs" onClick={onBack} className="rounded-key">
              <KeyHint command="level.up" />
            </button>
            <b className="cut max-w-[50%] flex-none font-semibold text-fg" title={line.name}>
              <Upstream text={line.name} />
            </b>
            <span className="cut">
              {line.service !== null && (
                <>
                  <Upstream text={line.service} />
                  {line.tier !== null && `, tier ${line.tier}`} ·{" "}
                </>
              )}
              {objectiveText(line.objective)}, {windowText(line.window)}
              {place && <span className="text-subtle"> · {place}</span>}
            </span>
          </span>
        }
        answer={page.words.answer}
        end={<KeyFacts facts={factsOf(page, zone)} />}
      >
        <StatusMark status={status} word={word} />
        {line.too_few && <span className="cut hidden wide:inline">one failure is the whole budget</span>}
      </PaneHead>
      {/* What scrolls must be reachable by key. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="min-h-0 grow overflow-y-auto -outline-offset-2" tabIndex={0}>
        <Limits page={page} zone={zone} />
        <BudgetChart page={page} zone={zone} />
        <BurnHeat page={page} />
        <SpentSection page={page} zone={zone} />
      </div>
    </Split>
  );
}

/** What limits the answer, above it: old rows, a definition that changed inside the window. */
function Limits({ page, zone }: { page: SloPage; zone: string }) {
  if (page.warnings.length === 0) return null;
  return (
    <ul aria-label="Not known" className="border-b border-line px-4 py-1.5 text-sm text-muted">
      {page.warnings.map((warning) => (
        <li key={`${warning.code}${warning.message}`} className="flex gap-2">
          <span className="pt-0.5">
            <StatusShape status="unknown" />
          </span>
          <span className="wrap-anywhere">
            <Upstream text={warningWords(warning, page.as_of, zone)} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Back to the table, and on to the SLO before and after it. */
function useMoves(id: string, table: SloTable | undefined): { place: string | null; back: () => void } {
  const navigate = useNavigate({ from: "/slos" });
  const rows = table?.rows ?? [];
  const at = rows.findIndex((row) => row.id === id);
  const go = (by: number) => {
    const next = stepRow(rows, id, by);
    if (next !== null && next !== id)
      void navigate({ search: (old) => ({ ...old, open: next, row: next }), replace: true });
  };
  const back = () => void navigate({ search: (old) => ({ ...old, open: undefined, row: id }) });
  useCommand("row.next", () => go(1));
  useCommand("row.previous", () => go(-1));
  useCommand("level.up", back);
  return { place: at < 0 ? null : `${at + 1} of ${rows.length}`, back };
}

function useCopy(id: string): void {
  const host = useHost();
  const { asof } = useMoment();
  useCommand("slos.copy", () => copyText(host.sloText(id, asof, true, "markdown"), "Copied as Markdown"));
  useCommand("slos.copySlack", () => copyText(host.sloText(id, asof, true, "slack"), "Copied for Slack"));
  useLineCopy(id);
}
