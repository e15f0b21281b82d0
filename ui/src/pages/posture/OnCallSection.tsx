import { Section } from "../../components/Section";
import { StatusMark } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { relative } from "../../format/duration";
import { clock, instant, place, stamp } from "../../format/instant";
import { wordsOf } from "../../format/name";
import type { OnCall, OnCallEntry, Posture, ShiftEntry } from "../../host/bindings";
import { SourceAge } from "./SourceAge";
import { nextAfter } from "./next";

interface OnCallSectionProps {
  posture: Posture;
  rota: OnCall | undefined;
  zone: string;
}

/** Who is on call now and who comes next, with the wall clock where they are. */
export function OnCallSection({ posture, rota, zone }: OnCallSectionProps) {
  const sources = [...new Set(posture.on_call.map((entry) => entry.source))];
  return (
    <Section title="On call" freshness={<SourceAge names={sources} posture={posture} zone={zone} />}>
      {posture.on_call.length === 0 ? (
        <p className="text-sm text-muted">No schedule says who is on call.</p>
      ) : (
        <ul className="flex flex-col gap-2.5">
          {posture.on_call.map((entry) => (
            <li key={`${entry.schedule}/${entry.role}/${entry.person}`}>
              <p className="cut text-sm text-muted">
                {wordsOf(entry.role)} · <Upstream text={entry.schedule} />
              </p>
              <div className="mt-0.5 grid grid-cols-2 gap-3">
                <Now entry={entry} now={posture.as_of} zone={zone} />
                {rota && <Next entry={entry} rota={rota} now={posture.as_of} zone={zone} />}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Now({ entry, now, zone }: { entry: OnCallEntry; now: string; zone: string }) {
  return (
    <div className="min-w-0">
      <Holder person={entry.person} withheld={entry.withheld} />
      <p className="cut text-sm tabular-nums">
        {entry.timezone ? `${place(entry.timezone)} ${clock(now, entry.timezone)}` : entry.person && "zone not known"}
      </p>
      <p className="cut text-xs text-subtle tabular-nums" title={stamp(entry.end, zone)}>
        until {instant(entry.end, now, zone)}, {relative(entry.end, now)}
      </p>
    </div>
  );
}

function Next({ entry, rota, now, zone }: { entry: OnCallEntry; rota: OnCall; now: string; zone: string }) {
  const shift: ShiftEntry | undefined = nextAfter(entry, rota.shifts);
  if (!shift) return <p className="text-sm text-subtle">Nobody known after this shift</p>;
  return (
    <div className="min-w-0">
      <Holder person={shift.person} withheld={shift.withheld} />
      <p className="cut text-sm tabular-nums" title={stamp(shift.start, zone)}>
        next, from {instant(shift.start, now, zone)}
      </p>
      <p className="cut text-xs text-subtle tabular-nums">{relative(shift.start, now)}</p>
    </div>
  );
}

function Holder({ person, withheld }: { person: string | null; withheld: boolean }) {
  if (person !== null) {
    return (
      <p className="cut text-lg font-semibold" title={person}>
        <Upstream text={person} />
      </p>
    );
  }
  if (withheld) return <p className="text-lg text-muted">Outside the team</p>;
  return <StatusMark status="critical" word="Nobody" />;
}
