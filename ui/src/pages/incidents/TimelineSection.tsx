import { Section } from "../../components/Section";
import { type Shape, StatusShape } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { place as placeOf, stamp } from "../../format/instant";
import { count, counted } from "../../format/number";
import type { IncidentSheet } from "../../host/bindings";
import { momentsIn } from "./moments";
import { eventOf } from "./words";

interface TimelineSectionProps {
  sheet: IncidentSheet;
  zone: string;
  presenting: boolean;
}

const SHAPES: Record<string, Shape> = {
  trigger: "critical",
  notify: "page",
  reopen: "critical",
  escalate: "warn",
  unack: "warn",
  resolve: "ok",
};

/** What happened, oldest first: a shape only beside the words that say it. */
export function TimelineSection({ sheet, zone, presenting }: TimelineSectionProps) {
  const { timeline, timeline_more: more } = sheet;
  const moments = momentsIn(timeline, sheet.as_of, zone);
  return (
    <Section
      title="Timeline"
      clause={
        timeline.length > 0
          ? `${counted(timeline.length + more, "entry", "entries")}, times in ${placeOf(zone)}`
          : undefined
      }
    >
      {timeline.length === 0 && <p className="text-sm text-muted">The source tells no timeline.</p>}
      <ol>
        {timeline.map((event, place) => (
          <li
            // Entries have no name of their own, and never change place.
            // oxlint-disable-next-line react/no-array-index-key
            key={place}
            className={
              moments.sameDay
                ? "grid grid-cols-[2.5rem_0.75rem_minmax(0,1fr)] gap-x-2.5"
                : "grid grid-cols-[5.75rem_0.75rem_minmax(0,1fr)] gap-x-2.5"
            }
          >
            <time
              dateTime={event.at}
              title={stamp(event.at, zone)}
              className="text-right text-sm/[18px] text-muted tabular-nums"
            >
              {moments.word(event.at)}
            </time>
            <span className="flex flex-col items-center pt-[3px]">
              <StatusShape status={SHAPES[event.kind] ?? "info"} />
              {place < timeline.length - 1 && <span className="my-0.5 w-px grow bg-line-strong" />}
            </span>
            <div className="min-w-0 pb-2.5">
              <p className="wrap-anywhere">
                {event.text === null ? eventOf(event.kind) : <Upstream text={event.text} />}
              </p>
              <p className="text-sm text-muted">
                {event.text !== null && eventOf(event.kind)}
                {event.actor !== null && (
                  <>
                    {event.text !== null && " · "}
                    {presenting ? "somebody" : <Upstream text={event.actor} />}
                  </>
                )}
              </p>
            </div>
          </li>
        ))}
      </ol>
      {more > 0 && <p className="text-sm text-muted">and {count(more)} later ones</p>}
    </Section>
  );
}
