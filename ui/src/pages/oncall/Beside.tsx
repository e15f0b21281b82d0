import type { ReactNode } from "react";
import { Freshness } from "../../components/Freshness";
import { Pane } from "../../components/layout/Pane";
import { Section } from "../../components/Section";
import { type Status, StatusMark, StatusShape } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { instant, stamp } from "../../format/instant";
import { counted } from "../../format/number";
import { warningWords } from "../../format/warning";
import type { Lanes, RotaDifference } from "../../host/bindings";
import { gapId, leaveId, shiftId } from "./selection";
import { changeOf, hours, namesOf, shortSpanOf } from "./words";

interface BesideProps {
  answer: Lanes;
  zone: string;
  onSelect: (id: string) => void;
}

/** What of the window wants a look: gaps, what is held twice, leave, and what was changed. */
export function Beside({ answer, zone, onSelect }: BesideProps) {
  const shiftAt = ({ schedule, start }: RotaDifference) => {
    const held = answer.blocks.find(
      (block) => block.schedule === schedule && block.start <= start && start < block.end,
    );
    return held && (() => onSelect(shiftId(held)));
  };
  return (
    <Pane label="What wants a look">
      <Gaps answer={answer} zone={zone} onSelect={onSelect} />
      <Conflicts answer={answer} zone={zone} onSelect={onSelect} />
      <Changes changes={answer.changes} now={answer.as_of} zone={zone} onSelect={shiftAt} />
      <NotKnown answer={answer} zone={zone} />
    </Pane>
  );
}

/** How old the oldest source of shifts and leave is. */
function RotaAge({ answer, zone }: { answer: Lanes; zone: string }) {
  const known = answer.sources.flatMap((source) => source.last_ok_at ?? []);
  return (
    <Freshness
      sources={answer.sources.map((source) => source.name)}
      lastOkAt={known.length === answer.sources.length ? (known.sort()[0] ?? null) : null}
      stale={answer.sources.some((source) => source.stale)}
      now={answer.as_of}
      zone={zone}
    />
  );
}

function Gaps({ answer, zone, onSelect }: BesideProps) {
  const gaps = answer.schedules.flatMap((lane) => lane.gaps.map((gap) => ({ lane, gap })));
  gaps.sort((a, b) => a.gap.start.localeCompare(b.gap.start));
  const declared = answer.schedules.filter((lane) => lane.declared !== null);
  const clause = gaps.length > 0 ? String(gaps.length) : undefined;
  const unread = declared.some((lane) => lane.unread.length > 0);
  return (
    <Section title="Gaps" clause={clause} freshness={<RotaAge answer={answer} zone={zone} />}>
      {gaps.length > 0 ? (
        <ul className="-mx-2 flex flex-col">
          {gaps.map(({ lane, gap }) => (
            <Row key={gapId(lane, gap)} onClick={() => onSelect(gapId(lane, gap))} status="critical">
              <b className="font-medium">{hours(gap.hours)}</b> on <Upstream text={lane.name} />
              <Note>{shortSpanOf(gap, zone)}</Note>
            </Row>
          ))}
        </ul>
      ) : declared.length === 0 ? (
        <StatusMark status="unknown" word="Coverage is not declared anywhere" />
      ) : unread ? (
        <StatusMark status="unknown" word="None in what was read" />
      ) : (
        <StatusMark status="ok" word="All declared coverage is held" plain />
      )}
    </Section>
  );
}

function Conflicts({ answer, zone, onSelect }: BesideProps) {
  const away = answer.leaves.filter((leave) => leave.conflicts.length > 0);
  const total = answer.double_bookings.length + away.length;
  return (
    <Section title="Held twice, or on leave" clause={total > 0 ? String(total) : undefined}>
      {total === 0 && <p className="text-sm text-muted">Nobody is booked twice{leaveWords(answer)}.</p>}
      <ul className="-mx-2 flex flex-col">
        {answer.double_bookings.map((booking) => {
          const block = answer.blocks.find((candidate) => candidate.id === booking.blocks[1]);
          return (
            <Row
              key={booking.blocks.join(" ")}
              status="warn"
              onClick={block ? () => onSelect(shiftId(block)) : undefined}
            >
              <Upstream text={namesOf(booking.people)} />
              {booking.kind === "person" ? " holds two posts for " : " hold one post for "}
              {hours(booking.hours)}
              <Note>
                <Upstream text={booking.schedules.join(" and ")} />, {shortSpanOf(booking, zone)}
              </Note>
            </Row>
          );
        })}
        {away.map((leave) => (
          <Row key={leave.id} status="warn" onClick={() => onSelect(leaveId(leave))}>
            <Upstream text={leave.person ?? "Somebody"} /> is on call during leave
            <Note>{shortSpanOf(leave, zone)}</Note>
          </Row>
        ))}
      </ul>
      {total > 0 && answer.leave_unknown && (
        <p className="mt-1 text-sm text-muted">Leave is not shown: {answer.leave_unknown}.</p>
      )}
    </Section>
  );
}

const leaveWords = (answer: Lanes) =>
  answer.leave_unknown ? `; leave is not shown: ${answer.leave_unknown}` : " or on call during leave";

interface ChangesProps {
  changes: RotaDifference[];
  now: string;
  zone: string;
  /** Gives the way to the shift that a change made, where it is in sight. */
  onSelect?: (change: RotaDifference) => (() => void) | undefined;
}

/** What the rota said before, and when that was seen. */
export function Changes({ changes, now, zone, onSelect }: ChangesProps) {
  return (
    <Section title="What it said before" clause={changes.length > 0 ? counted(changes.length, "change") : undefined}>
      {changes.length === 0 && <p className="text-sm text-muted">Nothing was changed since it was first read.</p>}
      <ul className="-mx-2 flex flex-col">
        {changes.map((change) => (
          <Row key={change.id} status={change.kind === "coming" ? "info" : "warn"} onClick={onSelect?.(change)}>
            <Upstream text={namesOf(change.before)} /> → <Upstream text={namesOf(change.after)} />
            <Note>
              <Upstream text={change.schedule_name} />, {shortSpanOf(change, zone)}
            </Note>
            <Note>
              <span title={stamp(change.seen, zone)}>
                {changeOf(change)}, seen {instant(change.seen, now, zone)}
              </span>
            </Note>
          </Row>
        ))}
      </ul>
    </Section>
  );
}

function NotKnown({ answer, zone }: { answer: Lanes; zone: string }) {
  const undeclared = answer.schedules.filter((lane) => lane.declared === null);
  const unread = answer.schedules.filter((lane) => lane.unread.length > 0);
  if (undeclared.length + unread.length + answer.warnings.length === 0) return null;
  return (
    <Section title="Not known">
      <ul className="-mx-2 flex flex-col">
        {unread.length > 0 && (
          <Row status="unknown">
            Not read for all of this window
            <Note>
              <Upstream text={unread.map((lane) => lane.name).join(", ")} />. No gap is claimed there.
            </Note>
          </Row>
        )}
        {undeclared.length > 0 && (
          <Row status="unknown">
            Coverage not declared
            <Note>
              <Upstream text={undeclared.map((lane) => lane.name).join(", ")} />. Add <code>coverage</code> to the
              schedule&apos;s table in fairlead.toml.
            </Note>
          </Row>
        )}
        {answer.warnings.map((warning) => (
          <Row key={`${warning.code} ${warning.source}`} status="unknown">
            <Upstream text={warningWords(warning, answer.as_of, zone)} />
          </Row>
        ))}
      </ul>
    </Section>
  );
}

function Row({
  status,
  onClick,
  children,
}: {
  status: Status;
  onClick?: (() => void) | undefined;
  children: ReactNode;
}) {
  const inside = (
    <>
      <span className="mt-[3px]">
        <StatusShape status={status} />
      </span>
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </>
  );
  return (
    <li>
      {onClick ? (
        <button
          type="button"
          onClick={onClick}
          className="flex w-full cursor-default items-start gap-2 rounded-control px-2 py-1 text-left hover:bg-raised"
        >
          {inside}
        </button>
      ) : (
        <p className="flex items-start gap-2 px-2 py-1">{inside}</p>
      )}
    </li>
  );
}

function Note({ children }: { children: ReactNode }) {
  return <span className="block text-sm text-muted tabular-nums">{children}</span>;
}
