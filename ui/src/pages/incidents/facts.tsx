import type { Fact } from "../../components/layout/FactList";
import { Upstream } from "../../components/Upstream";
import { relative } from "../../format/duration";
import { stamp } from "../../format/instant";
import type { IncidentSheet } from "../../host/bindings";
import { kindOf, relationOf } from "./words";

/** When what happened to an incident. What no source told is left out. */
export function momentsOf(sheet: IncidentSheet, zone: string): Fact[] {
  const when = (name: string, at: string | null, more = ""): Fact[] =>
    at === null ? [] : [{ name, value: stamp(at, zone), note: `${relative(at, sheet.as_of)}${more}` }];
  return [
    ...when("Opened", sheet.line.created_at),
    ...when("Acked", sheet.acked_at, `, ${ackOf(sheet.acked_from)}`),
    ...when("Mitigated", sheet.mitigated_at),
    ...when("Resolved", sheet.resolved_at),
    ...when("Closed", sheet.closed_at),
    ...when("Harm from", sheet.impact_start),
    ...when("Harm to", sheet.impact_end),
  ];
}

/** What else the source says, in its own words. */
export function sourceFactsOf(sheet: IncidentSheet): Fact[] {
  const { line } = sheet;
  const text = (name: string, value: string | null, note?: string): Fact[] =>
    value === null ? [] : [{ name, value: <Upstream text={value} />, ...(note !== undefined && { note }) }];
  return [
    ...text("Severity", line.severity_said, "means none of SEV1\u20135 yet: map it"),
    ...text("Status", sheet.status_said),
    ...text("Urgency", sheet.urgency),
    { name: "Kind", value: kindOf(line.kind) },
    ...text("Merged into", sheet.merged_into),
    ...(sheet.teams.length > 0 ? text("Teams", sheet.teams.join(", ")) : []),
    ...sheet.links.map((link) => ({
      name: relationOf(link.relation),
      value: <Upstream text={`${link.system} ${link.external_id}`} />,
    })),
    ...text("Id", line.id),
  ];
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
      return "not told from where";
  }
}
