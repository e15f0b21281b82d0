import { clsx } from "clsx";
import { Section } from "../../components/Section";
import { Upstream } from "../../components/Upstream";
import { duration } from "../../format/duration";
import { stamp } from "../../format/instant";
import { count, counted } from "../../format/number";
import type { IncidentSheet, SheetPage } from "../../host/bindings";
import { momentsIn } from "./moments";
import { channelOf } from "./words";

interface PagedSectionProps {
  sheet: IncidentSheet;
  zone: string;
  presenting: boolean;
}

/** Who was notified, when and how. No address is ever stored. */
export function PagedSection({ sheet, zone, presenting }: PagedSectionProps) {
  const { pages, pages_more: more } = sheet;
  const moments = momentsIn(pages, sheet.as_of, zone);
  const clause = pages.length > 0 ? counted(pages.length + more, "notification") : undefined;
  return (
    <Section title="Who was paged" clause={clause}>
      {pages.length === 0 ? (
        <p className="text-sm text-muted">No notification is known: nobody was paged, or no source tells.</p>
      ) : (
        <ol className="flex flex-col gap-1">
          {pages.map((page, place) => (
            <li
              // Notifications have no name of their own, and never change place.
              // oxlint-disable-next-line react/no-array-index-key
              key={place}
              className={clsx(
                "grid gap-x-3",
                moments.sameDay ? "grid-cols-[2.5rem_minmax(0,1fr)_auto]" : "grid-cols-[5.75rem_minmax(0,1fr)_auto]",
              )}
            >
              <time dateTime={page.at} title={stamp(page.at, zone)} className="text-sm/[18px] text-muted tabular-nums">
                {moments.word(page.at)}
              </time>
              <span className="cut">
                <Who page={page} presenting={presenting} />
              </span>
              <span className="text-sm/[18px] text-muted tabular-nums">
                {channelOf(page.channel)}
                {page.answered_after_secs !== null && `, answered after ${duration(page.answered_after_secs)}`}
              </span>
            </li>
          ))}
        </ol>
      )}
      {more > 0 && <p className="mt-1 text-sm text-muted">and {count(more)} later ones</p>}
      {pages.some((page) => page.withheld) && (
        <p className="mt-2 text-sm text-muted">
          {sheet.people === "individual"
            ? "Somebody outside the teams that store persons on pages is withheld."
            : `The team's setting people = "${sheet.people}" stores no person on pages.`}
        </p>
      )}
    </Section>
  );
}

function Who({ page, presenting }: { page: SheetPage; presenting: boolean }) {
  if (presenting) return <span className="text-subtle">hidden</span>;
  if (page.person !== null) return <Upstream text={page.person} />;
  return <span className="text-muted">{page.withheld ? "somebody, withheld" : "not told"}</span>;
}
