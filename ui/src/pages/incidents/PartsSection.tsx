import { Section } from "../../components/Section";
import { Upstream } from "../../components/Upstream";
import { counted } from "../../format/number";
import type { IncidentSheet } from "../../host/bindings";

interface PartsSectionProps {
  sheet: IncidentSheet;
  presenting: boolean;
}

/** Who took part, as the source has it. */
export function PartsSection({ sheet, presenting }: PartsSectionProps) {
  const { responders } = sheet;
  return (
    <Section title="Responders" clause={responders.length > 0 ? counted(responders.length, "part") : undefined}>
      {responders.length === 0 ? (
        <p className="text-sm text-muted">{noneOf(sheet.people)}</p>
      ) : presenting ? (
        <p className="text-sm text-muted">Hidden while presenting.</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {responders.map((part, place) => (
            // A person may have several parts; the source's order is theirs.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={place} className="flex min-w-0 gap-2">
              <span className="cut">
                {part.person === null ? "somebody who is not stored" : <Upstream text={part.person} />}
              </span>
              {part.role !== null && (
                <span className="cut text-sm text-muted">
                  <Upstream text={part.role} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function noneOf(people: string): string {
  if (people === "off" || people === "rota")
    return `The team's setting people = "${people}" stores nobody of an incident.`;
  return "The source tells of nobody in your teams.";
}
