import { clsx } from "clsx";
import { Section } from "../../components/Section";
import { type Status, StatusMark } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { duration } from "../../format/duration";
import { stamp } from "../../format/instant";
import { counted } from "../../format/number";
import { useFollow } from "../../frame/follow";
import type { OpenIncident, Posture } from "../../host/bindings";
import { SourceAge } from "./SourceAge";

/** Open incidents by name, the worst first. Not known is said, never shown as none. */
export function IncidentSection({ posture, zone }: { posture: Posture; zone: string }) {
  const { open_incidents: total, open_list: named } = posture;
  const follow = useFollow();
  const names = [...new Set((named ?? []).map((incident) => incident.source))];
  const more = (total ?? 0) - (named?.length ?? 0);
  return (
    <Section
      title="Open incidents"
      clause={total !== null && total > 0 && String(total)}
      freshness={names.length > 0 && <SourceAge names={names} posture={posture} zone={zone} />}
    >
      {total === null && <StatusMark status="unknown" word={unknown(named)} />}
      {total === 0 && <p className="text-sm text-muted">None is open.</p>}
      <ul className={clsx("-mx-2 flex flex-col", total === null && "mt-1")}>
        {named?.map((incident) => (
          <Incident
            key={incident.id}
            incident={incident}
            now={posture.as_of}
            zone={zone}
            onOpen={() => follow(`/incidents?open=${encodeURIComponent(incident.id)}`)}
          />
        ))}
      </ul>
      {more > 0 && (
        <button
          type="button"
          onClick={() => follow("/incidents")}
          className="mt-1 rounded-key text-sm text-muted hover:underline"
        >
          and {counted(more, "more is open", "more are open")}
        </button>
      )}
    </Section>
  );
}

function unknown(named: OpenIncident[] | null): string {
  if (named === null) return "Not known: no source of incidents is connected";
  return named.length === 0 ? "Not known: a source did not answer" : "More may be open: a source did not answer";
}

interface IncidentProps {
  incident: OpenIncident;
  now: string;
  zone: string;
  onOpen: () => void;
}

function Incident({ incident, now, zone, onOpen }: IncidentProps) {
  const mark = markOf(incident);
  const open = (Date.parse(now) - Date.parse(incident.since)) / 1000;
  return (
    <li>
      <button
        type="button"
        onClick={onOpen}
        title={incident.title}
        className="grid w-full grid-cols-[3rem_minmax(0,1fr)] items-baseline gap-x-2 rounded-key px-2 py-0.5 text-left wide:py-1 hover:bg-surface"
      >
        <StatusMark status={mark.status} word={mark.word} plain={mark.status !== "critical"} />
        <span className="line-clamp-2 font-medium wrap-anywhere wide:text-lg">
          <Upstream text={incident.title} />
        </span>
        <span className="col-start-2 flex items-baseline gap-2 text-sm text-muted">
          <span className="line-clamp-2 grow wrap-anywhere">
            <Upstream text={[incident.number, incident.service, unsaid(incident)].filter(Boolean).join(" · ")} />
          </span>
          <Standing incident={incident} />
          <span
            className="flex-none text-base font-semibold text-fg tabular-nums wide:text-lg"
            title={`Open since ${stamp(incident.since, zone)}`}
          >
            {duration(open)}
          </span>
        </span>
      </button>
    </li>
  );
}

/** How bad it is, as a mark and a word. */
function markOf({ severity }: OpenIncident): { status: Status; word: string } {
  if (severity === null) return { status: "unknown", word: "SEV?" };
  return { status: severity <= 2 ? "critical" : severity === 3 ? "warn" : "info", word: `SEV${severity}` };
}

function unsaid({ severity, severity_said: said }: OpenIncident): string | null {
  if (severity !== null) return null;
  return said === null ? "severity not given" : "severity not mapped";
}

const STANDINGS: Record<string, string> = { mitigated: "mitigated", acked: "acknowledged" };

/** Whether somebody took it. Only of what paged somebody is it said that nobody did. */
function Standing({ incident: { status, kind } }: { incident: OpenIncident }) {
  const word = STANDINGS[status];
  if (!word && kind === "paged") return <span className="flex-none font-medium text-fg">not acknowledged</span>;
  return <span className="flex-none">{word ?? "open"}</span>;
}
