import { Section } from "../../components/Section";
import { StatusMark } from "../../components/StatusMark";
import { counted } from "../../format/number";

/** How many incidents are open. Not known is said, never shown as none. */
export function IncidentSection({ open }: { open: number | null }) {
  return (
    <Section title="Incidents">
      {open === null ? (
        <StatusMark status="unknown" word="Not known: no source of incidents answered" />
      ) : (
        <p className="text-sm text-muted tabular-nums">
          {open === 0 ? "None is open." : `${counted(open, "is open", "are open")}.`}
        </p>
      )}
    </Section>
  );
}
