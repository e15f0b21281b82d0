import { type Fact, FactList } from "../../components/layout/FactList";
import { Upstream } from "../../components/Upstream";
import { relative } from "../../format/duration";
import { stamp } from "../../format/instant";
import type { IncidentSheet } from "../../host/bindings";
import { kindOf, relationOf } from "./words";

/** What is known of an incident, one fact under another. What no source told is left out. */
export function SheetFacts({ sheet, zone }: { sheet: IncidentSheet; zone: string }) {
  const { line } = sheet;
  const when = (name: string, at: string | null): Fact[] =>
    at === null ? [] : [{ name, value: stamp(at, zone), note: relative(at, sheet.as_of) }];
  const text = (name: string, value: string | null, note?: string): Fact[] =>
    value === null ? [] : [{ name, value: <Upstream text={value} />, ...(note !== undefined && { note }) }];
  const facts: Fact[] = [
    ...when("Opened", line.created_at),
    ...when("Acked", sheet.acked_at).map((fact) => ({
      ...fact,
      note: `${fact.note as string}, ${ackOf(sheet.acked_from)}`,
    })),
    ...when("Mitigated", sheet.mitigated_at),
    ...when("Resolved", sheet.resolved_at),
    ...when("Closed", sheet.closed_at),
    ...when("Harm from", sheet.impact_start),
    ...when("Harm to", sheet.impact_end),
    ...text("Severity", line.severity_said, "the source's word: it is not mapped to SEV1–5 yet"),
    ...text("Urgency", sheet.urgency),
    ...text("Status", sheet.status_said, "the source's word now"),
    { name: "Kind", value: kindOf(line.kind) },
    ...text("Merged into", sheet.merged_into),
    ...(sheet.teams.length > 0 ? text("Teams", sheet.teams.join(", ")) : []),
    ...sheet.links.map((link) => ({
      name: relationOf(link.relation),
      value: <Upstream text={`${link.system} ${link.external_id}`} />,
    })),
    ...text("Id", line.id),
  ];
  return <FactList facts={facts} />;
}

function ackOf(from: string | null): string {
  switch (from) {
    case "field":
      return "as the source says";
    case "timeline":
      return "from its timeline";
    case "derived":
      return "derived";
    default:
      return "source not told";
  }
}
