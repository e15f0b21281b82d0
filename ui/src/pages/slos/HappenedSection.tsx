import { useState } from "react";
import { Section } from "../../components/Section";
import type { Shape } from "../../components/StatusMark";
import { StatusShape } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { wordsOf } from "../../format/name";
import { instant, stamp } from "../../format/instant";
import { count, counted } from "../../format/number";
import type { Mark, SloPage } from "../../host/bindings";

/** Marks that are listed before one asks for more. */
const SHOWN = 8;

/** What happened to the service in the window, the newest first. */
export function HappenedSection({ page, zone }: { page: SloPage; zone: string }) {
  const [all, setAll] = useState(false);
  const marks = page.marks.marks.toReversed();
  const shown = all ? marks : marks.slice(0, SHOWN);
  const service = page.line.service;
  return (
    <Section title="Happened" clause={service === null ? "no service is named" : clauseOf(page.marks.marks)}>
      {marks.length === 0 && (
        <p className="text-sm text-muted">
          {service === null
            ? "Incidents, alerts and changes are told of the SLO's service; it names none."
            : "No incident, alert or change of this service is recorded in the window."}
        </p>
      )}
      <ul>
        {shown.map((mark) => (
          <li
            key={`${mark.kind}${mark.id}`}
            title={`${mark.title}, ${stamp(mark.at, zone)}`}
            className="grid min-h-6 grid-cols-[0.75rem_minmax(0,1fr)_auto] items-baseline gap-2 py-0.75"
          >
            <StatusShape status={shapeOf(mark)} />
            <span className="line-clamp-2 wrap-anywhere">
              <span className="sr-only">{mark.kind} </span>
              <span className="text-sm text-muted">
                <Upstream text={leadOf(mark)} />
              </span>{" "}
              <Upstream text={mark.title} />
            </span>
            <span className="text-sm whitespace-nowrap text-muted tabular-nums">
              {instant(mark.at, page.as_of, zone)}
            </span>
          </li>
        ))}
      </ul>
      {marks.length > shown.length && (
        <button type="button" onClick={() => setAll(true)} className="rounded-key text-sm text-accent">
          and {marks.length - shown.length} more
        </button>
      )}
      {page.marks.more > 0 && (
        <p className="text-sm text-muted">{count(page.marks.more)} older ones are left out here.</p>
      )}
    </Section>
  );
}

/** What stands before the title: the id of an incident, else what kind of thing it is. */
function leadOf({ kind, label }: Mark): string {
  if (kind === "incident") return label;
  return wordsOf(kind === "change" ? label : kind);
}

function shapeOf(mark: Mark): Shape {
  if (mark.kind === "incident") return (mark.severity ?? 5) <= 2 ? "critical" : "warn";
  if (mark.kind === "alert") return "page";
  return mark.kind === "maintenance" ? "maintenance" : "info";
}

function clauseOf(marks: readonly Mark[]): string {
  const of = (kind: string) => marks.filter((mark) => mark.kind === kind).length;
  const parts = [
    [of("incident"), "incident"],
    [of("alert"), "alert"],
    [of("change"), "change"],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => counted(number, word))
    .join(", ");
}
