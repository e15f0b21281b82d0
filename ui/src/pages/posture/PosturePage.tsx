import { useQueryClient } from "@tanstack/react-query";
import { ErrorBlock } from "../../components/ErrorBlock";
import { RowsSkeleton, rowsOf } from "../../components/RowsSkeleton";
import { late } from "../../components/late";
import { copyText } from "../../components/overlay/copy";
import { runCommand, useCommand } from "../../commands/keyboard";
import { clock } from "../../format/instant";
import type { Attention, Posture } from "../../host/bindings";
import { useFollow } from "../../frame/follow";
import { usePresenting } from "../../frame/presenter";
import { useFrame } from "../../host/frame";
import { usePosture, useRota } from "../../host/posture";
import { AnswerLine } from "./AnswerLine";
import { AttentionList } from "./AttentionList";
import { BudgetSection } from "./BudgetSection";
import { IncidentSection } from "./IncidentSection";
import { NotWatchedSection } from "./NotWatchedSection";
import { OnCallSection } from "./OnCallSection";
import { Peek } from "./Peek";
import { Quiet } from "./Quiet";
import { RotaFrame, RotaSkeleton } from "./RotaFrame";
import { SinceLast } from "./SinceLast";
import { SnoozedSection } from "./SnoozedSection";
import { SourceSection } from "./SourceSection";
import { targetOf } from "./action";
import { asideOf, awake, isAboutPeople } from "./answer";
import { useAside } from "./aside";
import { useSelection } from "./selection";

// Asked for by a key, so it is no part of what a start loads.
const SnoozeDialog = late(async () => (await import("./SnoozeDialog")).SnoozeDialog);

/** Posture: what needs the lead, and why. */
export function PosturePage() {
  const posture = usePosture();
  const client = useQueryClient();
  // What stands beside the list failed with it, as a rule, and is tried with it.
  const retry = () => void client.refetchQueries({ queryKey: ["page"], type: "active" });
  const zone = useFrame().data?.timezone;
  if (posture.data && zone) {
    return <Answered posture={posture.data} zone={zone} error={posture.error} onRetry={retry} />;
  }
  if (posture.error) {
    return (
      <main className="mx-auto mt-24 w-[35rem]">
        <ErrorBlock
          error={posture.error}
          title="What needs you is not known: Posture could not be read"
          onRetry={retry}
        />
      </main>
    );
  }
  return (
    <RowsSkeleton
      label="Posture is loading"
      answer="w-56"
      rows={[...rowsOf(2, "h-[3.6875rem] wide:h-[4.375rem]"), ...rowsOf(4, "h-12 wide:h-14")]}
      bars={["w-16", ["w-2/5", "w-3/5"], "w-20"]}
      beside={["h-28", "h-16", "h-36", "h-32"]}
      below={<RotaSkeleton />}
    />
  );
}

interface AnsweredProps {
  posture: Posture;
  zone: string;
  /** Why the last refresh failed; the older answer stays on screen. */
  error: Error | null;
  onRetry: () => void;
}

function Answered({ posture, zone, error, onRetry }: AnsweredProps) {
  const rota = useRota().data;
  const presenting = usePresenting();
  const rows = awake(posture).filter((row) => !(presenting && isAboutPeople(row)));
  const selection = useSelection(rows);
  const act = useAct(selection.peek);
  const { selected } = selection;
  const aside = useAside(selected, posture, zone);
  useCommand("row.act", () => selected && act(selected));
  return (
    <main className="grid min-h-0 grid-cols-[minmax(0,1fr)_23rem] wide:grid-cols-[minmax(0,1fr)_30rem] @max-[60rem]:grid-cols-1 @max-[60rem]:grid-rows-[max-content_max-content] @max-[60rem]:content-start @max-[60rem]:overflow-y-auto">
      <div className="flex min-h-0 min-w-0 flex-col">
        {error && (
          <ErrorBlock
            error={error}
            title={`Not refreshed: what you see is from ${clock(posture.as_of, zone)}`}
            onRetry={onRetry}
          />
        )}
        <AnswerLine posture={posture} />
        <div className="min-h-0 grow overflow-y-auto @max-[60rem]:flex-none @max-[60rem]:overflow-visible">
          {/* Of what nobody reads it is not known whether it changed. */}
          {posture.sources.length > 0 && <SinceLast posture={posture} zone={zone} />}
          {rows.length > 0 ? (
            <AttentionList selection={selection} now={posture.as_of} zone={zone} onAct={act} />
          ) : (
            <Quiet posture={posture} zone={zone} />
          )}
          <SnoozedSection
            rows={asideOf(posture)}
            now={posture.as_of}
            zone={zone}
            open={aside.shown}
            onToggle={aside.toggle}
            onWake={aside.wake}
          />
          <NotWatchedSection kinds={posture.not_watched} below={rows.length > 0} />
        </div>
        {/* Before anything is connected the list says what to connect. */}
        {(posture.sources.length > 0 || posture.on_call.length > 0) && <RotaFrame now={posture.as_of} zone={zone} />}
      </div>
      {selected && selection.peeking ? (
        <Pane label="Why" surface>
          <Peek row={selected} posture={posture} zone={zone} onAct={() => act(selected)} onClose={selection.close} />
        </Pane>
      ) : (
        <Pane label="Beside">
          <OnCallSection posture={posture} rota={rota} zone={zone} />
          <IncidentSection posture={posture} zone={zone} />
          <BudgetSection posture={posture} zone={zone} />
          <SourceSection posture={posture} zone={zone} />
        </Pane>
      )}
      {aside.asking && (
        <SnoozeDialog
          key={aside.asking.id}
          row={aside.asking}
          now={posture.as_of}
          zone={zone}
          refusal={aside.refusal}
          onSnooze={aside.snooze}
          onClose={aside.close}
        />
      )}
    </main>
  );
}

function Pane({ label, surface, children }: { label: string; surface?: boolean; children: React.ReactNode }) {
  return (
    <aside
      aria-label={label}
      // A pane that scrolls must be reachable by key.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={`min-h-0 overflow-y-auto border-l border-line -outline-offset-2 [&>section]:py-2.5 wide:[&>section]:py-3 ${surface ? "bg-surface @max-[60rem]:order-first" : ""}`}
    >
      {children}
    </aside>
  );
}

/** Does a row's action. */
function useAct(peek: (row: Attention) => void): (row: Attention) => void {
  const follow = useFollow();
  return (row) => {
    const target = targetOf(row);
    if (target.kind === "peek") peek(row);
    if (target.kind === "page") follow(target.link);
    if (target.kind === "copy") copyText(target.text, "Copied");
    if (target.kind === "sync") runCommand("sync.start");
  };
}
