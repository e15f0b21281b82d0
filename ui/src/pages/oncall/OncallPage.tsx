import { type ReactNode, useMemo } from "react";
import { useCommand } from "../../commands/keyboard";
import { ErrorBlock } from "../../components/ErrorBlock";
import { ScheduleLanes } from "../../components/lanes/ScheduleLanes";
import { KeyBar, KeyBarItem, Split } from "../../components/layout/Pane";
import { useMoment } from "../../frame/moment";
import { usePresenting } from "../../frame/presenter";
import { clock, place } from "../../format/instant";
import type { Flavour, Lanes } from "../../host/bindings";
import { useFrame } from "../../host/frame";
import { type RotaWindow, useLanes } from "../../host/oncall";
import { usePosture } from "../../host/posture";
import { Beside } from "./Beside";
import { ControlBar } from "./ControlBar";
import { FairSection } from "./FairSection";
import { FactsLine } from "./FactsLine";
import { GapPeek } from "./GapPeek";
import { Legend } from "./Legend";
import { OncallSkeleton } from "./OncallSkeleton";
import { NoSchedule } from "./NoSchedule";
import { LeavePeek, UnreadPeek } from "./OtherPeeks";
import { ShiftPeek } from "./ShiftPeek";
import { PeopleTable, ShiftTable } from "./Tables";
import { useCopy } from "./copy";
import { lanesData } from "./groups";
import { withoutLoad } from "./presenting";
import { gapId, type Selected, selectedIn } from "./selection";
import { useView, useViewKeys, type View, windowOf } from "./view";
import { isPartly } from "./words";

/** On-call: who answers now and next, and where nobody does. */
export function OncallPage() {
  const view = useView();
  const zone = useFrame().data?.timezone;
  const { asof } = useMoment();
  const posture = usePosture();
  // Where Posture cannot be read the engine lays the window.
  const window = windowOf(view, asof ?? posture.data?.as_of ?? (posture.isError ? null : undefined), zone);
  const lanes = useLanes(window);
  const retry = () => void lanes.refetch();
  if (lanes.data && zone && window) {
    return <Answered answer={lanes.data} view={view} window={window} zone={zone} error={lanes.error} onRetry={retry} />;
  }
  if (lanes.error) {
    return (
      <main className="mx-auto mt-24 w-[35rem]">
        <ErrorBlock
          error={lanes.error}
          title="Who is on call is not known: the rota could not be read"
          onRetry={retry}
        />
      </main>
    );
  }
  return <OncallSkeleton />;
}

interface AnsweredProps {
  answer: Lanes;
  view: View;
  window: RotaWindow;
  zone: string;
  /** Why the last refresh failed; the older answer stays on screen. */
  error: Error | null;
  onRetry: () => void;
}

function Answered({ answer: told, view, window, zone, error, onRetry }: AnsweredProps) {
  const presenting = usePresenting();
  const answer = useMemo(() => (presenting ? withoutLoad(told) : told), [told, presenting]);
  useViewKeys(view, answer);
  const selected = selectedIn(answer, view.selected);
  const copy = useCopy(window, selected);
  const select = (id: string) => view.change({ sel: id });
  const close = () => view.change({ sel: undefined });
  useCommand("oncall.copy", () => copy("markdown"));
  useCommand("oncall.slack", () => copy("slack"));
  const data = useMemo(() => lanesData(answer, view.by, zone, view.zones), [answer, view.by, view.zones, zone]);
  const beside = selected ? (
    <Peek selected={selected} answer={answer} zone={zone} onCopy={copy} onClose={close} />
  ) : (
    <Beside answer={answer} zone={zone} onSelect={select} />
  );
  return (
    <Split width={328} beside={answer.schedules.length > 0 ? beside : undefined}>
      {error && (
        <ErrorBlock
          error={error}
          title={`Not refreshed: what you see is from ${clock(answer.as_of, zone)}`}
          onRetry={onRetry}
        />
      )}
      {answer.schedules.length === 0 ? (
        <NoSchedule answer={answer} />
      ) : (
        <>
          <FactsLine answer={answer} zone={zone} onGap={(gap) => select(gapId({ key: gap.schedule }, gap))} />
          <ControlBar answer={answer} view={view} />
          <div className="min-h-0 grow border-t border-line">
            <Body answer={answer} view={view} zone={zone} data={data} onSelect={select} />
          </div>
          {view.by === "schedule" && !view.table && <FairSection answer={answer} />}
          <KeyBar note={view.table ? tableNote(answer, zone) : <Legend data={data} />}>{KEYS}</KeyBar>
        </>
      )}
    </Split>
  );
}

/** What holds of every row of a table. */
const tableNote = (answer: Lanes, zone: string) =>
  isPartly(answer) ? `Not all of this window is read. Times in ${place(zone)}` : `Times in ${place(zone)}`;

const KEYS: ReactNode = (
  <>
    <KeyBarItem commands={["lanes.back", "lanes.forth"]}>shift</KeyBarItem>
    <KeyBarItem commands={["lanes.down", "lanes.up"]}>lane</KeyBarItem>
    <KeyBarItem commands={["lanes.gap"]}>next gap</KeyBarItem>
    <KeyBarItem commands={["oncall.by"]}>by</KeyBarItem>
    <KeyBarItem commands={["chart.table"]}>table</KeyBarItem>
  </>
);

interface BodyProps {
  answer: Lanes;
  view: View;
  zone: string;
  data: ReturnType<typeof lanesData>;
  onSelect: (id: string) => void;
}

function Body({ answer, view, zone, data, onSelect }: BodyProps) {
  if (view.table && view.by === "person") return <PeopleTable answer={answer} />;
  if (view.table) return <ShiftTable answer={answer} zone={zone} selected={view.selected} onSelect={onSelect} />;
  return (
    <ScheduleLanes
      label={`Rota, ${answer.title}`}
      data={data}
      selected={view.selected}
      onSelect={onSelect}
      keys="page"
    />
  );
}

interface PeekProps {
  selected: Selected;
  answer: Lanes;
  zone: string;
  onCopy: (flavour: Flavour) => void;
  onClose: () => void;
}

function Peek({ selected, answer, zone, onCopy, onClose }: PeekProps) {
  const common = { zone, onCopy, onClose };
  if (selected.kind === "shift") return <ShiftPeek key={selected.block.id} block={selected.block} {...common} />;
  if (selected.kind === "gap")
    return <GapPeek key={selected.gap.start} gap={selected.gap} lane={selected.lane} {...common} />;
  if (selected.kind === "leave")
    return <LeavePeek leave={selected.leave} answer={answer} zone={zone} onClose={onClose} />;
  return <UnreadPeek stretch={selected.stretch} lane={selected.lane} zone={zone} onClose={onClose} />;
}
