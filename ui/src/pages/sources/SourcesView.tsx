import { Plus, RefreshCw } from "lucide-react";
import { useMemo } from "react";
import { Button } from "../../components/Button";
import { KeyHint } from "../../components/KeyHint";
import { StatusMark } from "../../components/StatusMark";
import { KeyBar, KeyBarItem, PaneHead, Split } from "../../components/layout/Pane";
import { useRowKeys } from "../../components/table/keys";
import { runCommand, useCommand } from "../../commands/keyboard";
import { instant } from "../../format/instant";
import type { SourceOverview, SourcesPage } from "../../host/bindings";
import { useFrame } from "../../host/frame";
import { ArchivedList } from "./ArchivedList";
import { DemoNote } from "./DemoNote";
import { NoSource } from "./NoSource";
import { RunLogSection } from "./RunLogSection";
import { SourceDetail } from "./SourceDetail";
import { SourcePane } from "./SourcePane";
import { SourceTable } from "./SourceTable";
import { ViewKeys, ViewSwitch } from "./ViewSwitch";
import type { Place } from "./place";
import { useSourceDeeds } from "./deeds";

interface SourcesViewProps {
  page: SourcesPage;
  place: Place;
  zone: string;
  failed: React.ReactNode;
}

/** The sources in a list, what is wrong with the selected one, and its runs. */
export function SourcesView({ page, place, zone, failed }: SourcesViewProps) {
  const { sources } = page;
  const demo = useFrame().data?.demo === true;
  const selected = sources.find((source) => source.name === place.row) ?? firstToLookAt(sources);
  const deeds = useSourceDeeds(selected?.name ?? null);
  const ids = useMemo(() => sources.map((source) => ({ id: source.name })), [sources]);
  const name = selected?.name;
  useRowKeys(ids, name ?? null, place.select);
  useCommand("row.peek", () => name !== undefined && place.open("edit", name));
  useCommand("source.add", () => place.open("add"));
  useCommand("source.edit", () => name !== undefined && place.open("edit", name));
  useCommand("source.past", () => name !== undefined && place.open("past", name));
  useCommand("source.remove", () => name !== undefined && place.open("remove", name));
  useCommand("level.up", place.close, place.pane !== null);
  const beside = place.pane && (
    <SourcePane key={`${place.pane} ${name}`} page={page} place={place} selected={selected} zone={zone} />
  );
  return (
    <Split width={376} beside={beside}>
      {failed}
      {demo && <DemoNote now={page.as_of} zone={zone} />}
      <PaneHead
        answer={page.headline}
        end={
          <>
            <ViewSwitch place={place} />
            {place.pane === null && selected && (
              <Button large onClick={() => runCommand("sync.start")}>
                <RefreshCw size={14} strokeWidth={1.75} aria-hidden="true" /> Sync all <KeyHint command="sync.start" />
              </Button>
            )}
            <Button large onClick={() => place.open("add")}>
              <Plus size={14} strokeWidth={1.75} aria-hidden="true" /> Add <KeyHint command="source.add" />
            </Button>
          </>
        }
      >
        <Silent sources={sources} now={page.as_of} zone={zone} />
      </PaneHead>
      {selected ? (
        <>
          <SourceTable
            page={page}
            zone={zone}
            selected={selected.name}
            narrow={place.pane !== null}
            onSelect={place.select}
          />
          <div className="flex min-h-0 grow flex-col overflow-y-auto @max-[60rem]:min-h-80">
            <SourceDetail source={selected} page={page} place={place} zone={zone} deeds={deeds} />
            <RunLogSection key={selected.name} source={selected.name} now={page.as_of} zone={zone} />
            <ArchivedList sources={page.archived} place={place} now={page.as_of} zone={zone} />
          </div>
        </>
      ) : (
        <div className="min-h-0 grow overflow-y-auto">
          <NoSource place={place} />
          <ArchivedList sources={page.archived} place={place} now={page.as_of} zone={zone} />
        </div>
      )}
      {selected && <Keys />}
    </Split>
  );
}

/** What a button shows its key of is not said again. */
function Keys() {
  return (
    <KeyBar note="What was read is kept; sync cannot write what people wrote">
      <KeyBarItem commands={["row.next", "row.previous"]}>source</KeyBarItem>
      <ViewKeys />
      <KeyBarItem commands={["runs.filter"]}>log</KeyBarItem>
      <KeyBarItem commands={["sources.copy"]}>copy</KeyBarItem>
    </KeyBar>
  );
}

/** What is wrong comes before what is well. */
function firstToLookAt(sources: readonly SourceOverview[]): SourceOverview | undefined {
  return (
    sources.find((source) => source.condition === "failed") ?? sources.find((source) => source.trouble) ?? sources[0]
  );
}

/** Which sources do not answer, since when. */
function Silent({ sources, now, zone }: { sources: readonly SourceOverview[]; now: string; zone: string }) {
  const failed = sources.filter((source) => source.condition === "failed");
  return failed.slice(0, 2).map((source) => {
    const since = source.trouble?.since;
    return (
      <StatusMark
        key={source.name}
        status="unknown"
        word={`${source.name} ${since ? `since ${instant(since, now, zone)}` : "never"}`}
      />
    );
  });
}
