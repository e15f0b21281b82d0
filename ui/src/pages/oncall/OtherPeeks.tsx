import { Chip } from "../../components/Chip";
import { FactList } from "../../components/layout/FactList";
import { PeekBlock, PeekPanel } from "../../components/layout/PeekPanel";
import { StatusMark } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import type { Lanes, LeaveSpan, ScheduleLane, Stretch } from "../../host/bindings";
import { roleOf, shortSpanOf } from "./words";

interface LeavePeekProps {
  leave: LeaveSpan;
  answer: Lanes;
  zone: string;
  onClose: () => void;
}

/** A look into leave: whether somebody is on call meanwhile. What kind of leave it is is not stored. */
export function LeavePeek({ leave, answer, zone, onClose }: LeavePeekProps) {
  const meanwhile = answer.blocks.filter((block) => leave.conflicts.includes(block.id));
  const schedules = new Map(answer.schedules.map((lane) => [lane.key, lane.name]));
  return (
    <PeekPanel
      label="Leave"
      lead={<Chip>leave</Chip>}
      title={<Upstream text={leave.person ?? "Somebody who could not be matched"} />}
      clause={shortSpanOf(leave, zone)}
      onClose={onClose}
    >
      <PeekBlock>
        <FactList facts={[{ name: "Source", value: <Upstream text={leave.source} /> }]} />
      </PeekBlock>
      <PeekBlock>
        <h3 className="mb-1.5 font-semibold">On call meanwhile</h3>
        {meanwhile.length === 0 && <p className="text-sm text-muted">No shift that must be answered.</p>}
        <ul className="flex flex-col gap-1.5">
          {meanwhile.map((block) => (
            <li key={block.id}>
              <StatusMark
                status="warn"
                word={`${schedules.get(block.schedule) ?? block.schedule}, ${roleOf(block.role)}`}
                plain
              />
              <span className="block pl-[1.125rem] text-sm text-muted tabular-nums">{shortSpanOf(block, zone)}</span>
            </li>
          ))}
        </ul>
      </PeekBlock>
    </PeekPanel>
  );
}

interface UnreadPeekProps {
  stretch: Stretch;
  lane: ScheduleLane;
  zone: string;
  onClose: () => void;
}

/** Why nothing is shown for a time: it was not read, which is no gap. */
export function UnreadPeek({ stretch, lane, zone, onClose }: UnreadPeekProps) {
  return (
    <PeekPanel
      label="Not read"
      lead={
        <>
          <Chip>not read</Chip>
          <StatusMark status="unknown" word="Unknown" />
        </>
      }
      title={
        <>
          Who is on <Upstream text={lane.name} /> is not known
        </>
      }
      clause={shortSpanOf(stretch, zone)}
      onClose={onClose}
    >
      <PeekBlock>
        <p className="text-muted">
          <Upstream text={lane.source} /> was not read for this time, so no gap is claimed. Rotas are read some weeks
          ahead; the past is read back in the background, and further with{" "}
          <code className="quotable font-mono text-sm">fairleadctl sync --backfill DAYS</code>.
        </p>
      </PeekBlock>
    </PeekPanel>
  );
}
