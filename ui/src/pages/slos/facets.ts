import type { Facet } from "../../components/FilterBar";
import type { SloTableRow } from "../../host/bindings";
import { VERDICTS, stateOf, verdictOf } from "./words";

/** What the rows can be narrowed to, with how many rows have it: states, and teams when there are several. */
export function facetsOf(rows: readonly SloTableRow[], teams: readonly string[]): Facet[] {
  const count = (of: (row: SloTableRow) => string | null, value: string) =>
    rows.filter((row) => of(row) === value).length;
  const states = VERDICTS.map((state) => ({
    id: `state:${state}`,
    word: stateOf(state).word,
    count: count(verdictOf, state),
  })).filter((facet) => facet.count > 0);
  const owners = teams.length > 1 ? teams : [];
  return [
    ...(states.length > 1 ? states : []),
    ...owners.map((team) => ({ id: `team:${team}`, word: team, count: count((row) => row.team, team) })),
  ];
}

/** The services of the rows, by name, with how many SLOs each has. */
export function servicesOf(rows: readonly SloTableRow[]): Facet[] {
  const names = [...new Set(rows.flatMap((row) => row.service ?? []))].toSorted((a, b) => a.localeCompare(b));
  return names.map((name) => ({
    id: `service:${name}`,
    word: name,
    count: rows.filter((row) => row.service === name).length,
  }));
}

/** The rows that have every word and, of each kind of facet that is in force, one. */
export function narrowed(rows: readonly SloTableRow[], find: string, only: readonly string[]): SloTableRow[] {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = (kind: string) => only.flatMap((id) => (id.startsWith(`${kind}:`) ? [id.slice(kind.length + 1)] : []));
  const [states, teams, services] = [chosen("state"), chosen("team"), chosen("service")];
  const meets = (values: string[], value: string | null) => values.length === 0 || values.includes(value ?? "");
  return rows.filter((row) => {
    const text = [row.name, row.id, row.service, row.team, row.source, stateOf(verdictOf(row)).word]
      .join(" ")
      .toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      meets(states, verdictOf(row)) &&
      meets(teams, row.team) &&
      meets(services, row.service)
    );
  });
}
