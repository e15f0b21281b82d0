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
        <>
          <div aria-hidden="true" className={`${COLUMNS} text-xs text-subtle`}>
            <span className="col-start-2">Now</span>
            <span>Next</span>
          </div>
          <ul className="flex flex-col gap-2">
            {posture.on_call.map((entry) => (
              <li key={`${entry.schedule}/${entry.role}/${entry.person}`} className={COLUMNS}>
                <div className="min-w-0 pt-px">
                  <p className="text-sm wrap-anywhere text-muted">{wordsOf(entry.role)}</p>
                  <p
                    className="line-clamp-2 text-xs @max-[60rem]:line-clamp-none wrap-anywhere text-subtle"
                    title={entry.schedule}
                  >
                    <Upstream text={entry.schedule} />
                  </p>
                </div>
                <Now entry={entry} now={posture.as_of} zone={zone} />
                {rota && <Next entry={entry} rota={rota} now={posture.as_of} zone={zone} />}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

const COLUMNS =
  "grid grid-cols-[4.75rem_minmax(0,1fr)_minmax(0,1fr)] gap-x-3 wide:grid-cols-[6.5rem_minmax(0,1fr)_minmax(0,1fr)]";

function Now({ entry, now, zone }: { entry: OnCallEntry; now: string; zone: string }) {
  return (
    <div className="min-w-0">
      <Holder person={entry.person} withheld={entry.withheld} />
      <p className="text-sm wrap-anywhere tabular-nums wide:text-base">
        {entry.timezone ? `${place(entry.timezone)} ${clock(now, entry.timezone)}` : entry.person && "zone not known"}
      </p>
      <At word="until" at={entry.end} now={now} zone={zone} />
    </div>
  );
}

function Next({ entry, rota, now, zone }: { entry: OnCallEntry; rota: OnCall; now: string; zone: string }) {
  const shift: ShiftEntry | undefined = nextAfter(entry, rota.shifts);
  if (!shift) return <p className="text-sm text-subtle">Nobody known after this shift</p>;
  return (
    <div className="min-w-0">
      <Holder person={shift.person} withheld={shift.withheld} />
      <p className="text-sm wrap-anywhere tabular-nums wide:text-base">
        {shift.timezone ? `${place(shift.timezone)} ${clock(shift.start, shift.timezone)}` : "zone not known"}
      </p>
      <At word="from" at={shift.start} now={now} zone={zone} />
    </div>
  );
}

/** When a shift begins or ends: how long until then takes a line of its own where both do not fit. */
function At({ word, at, now, zone }: { word: string; at: string; now: string; zone: string }) {
  return (
    <p className="flex flex-wrap gap-x-1 text-xs text-subtle tabular-nums" title={stamp(at, zone)}>
      <span>
        {word} {instant(at, now, zone)},
      </span>
      <span>{relative(at, now)}</span>
    </p>
  );
}

function Holder({ person, withheld }: { person: string | null; withheld: boolean }) {
  if (person !== null) {
    return (
      <p className="line-clamp-2 text-lg font-semibold wrap-anywhere wide:text-xl" title={person}>
        <Upstream text={person} />
      </p>
    );
  }
  if (withheld) return <p className="text-lg text-muted">Outside the team</p>;
  return <StatusMark status="critical" word="Nobody" />;
}
