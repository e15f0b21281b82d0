import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useMoment } from "../../frame/moment";
import { daysOf } from "../../frame/range";
import type { IncidentFilters } from "../../host/bindings";

/** The facets of the page, by their name in the address. */
export const FACETS = ["status", "severity", "service", "source", "kind", "month"] as const;

/** A facet. */
export type FacetName = (typeof FACETS)[number];

/** What of the filters the address holds. */
export interface FilterSearch extends Partial<Record<FacetName, string[]>> {
  /** Words of the title or number. */
  q?: string;
  /** Also tests, drills and what a drop rule takes. */
  tests?: true;
}

/** Reads the filters out of an address. */
export function filterSearch(search: Record<string, unknown>): FilterSearch {
  const found: FilterSearch = {};
  if (typeof search["q"] === "string" && search["q"] !== "") found.q = search["q"];
  if (search["tests"] === true) found.tests = true;
  for (const facet of FACETS) {
    const given = search[facet];
    const words = Array.isArray(given) ? given.map(String) : typeof given === "string" ? [given] : [];
    if (words.length > 0) found[facet] = words;
  }
  return found;
}

/** The filters as the engine takes them. */
export function filtersOf(
  search: FilterSearch,
  moment: { team: string | null; range: string | null },
): IncidentFilters {
  return {
    text: search.q ?? null,
    since: null,
    until: null,
    days: daysOf(moment.range),
    team: moment.team,
    statuses: search.status ?? [],
    severities: search.severity ?? [],
    services: search.service ?? [],
    sources: search.source ?? [],
    kinds: search.kind ?? [],
    months: search.month ?? [],
    tests: search.tests === true,
  };
}

/** The same filters in an address; what the top bar holds is left out. */
export function searchOf(filters: IncidentFilters): FilterSearch {
  return filterSearch({
    q: filters.text ?? undefined,
    status: filters.statuses,
    severity: filters.severities,
    service: filters.services,
    source: filters.sources,
    kind: filters.kinds,
    month: filters.months,
    tests: filters.tests,
  });
}

/** Whether anything but the words is narrowed. */
export function isNarrowed(search: FilterSearch): boolean {
  return search.q !== undefined || FACETS.some((facet) => search[facet] !== undefined);
}

/** Statuses of what is not over. */
const RUNNING = ["open", "acked", "mitigated"] as const;

/** Whether these are all statuses of what is not over, and no other. */
function isRunning(statuses: readonly string[]): boolean {
  return statuses.length === RUNNING.length && RUNNING.every((status) => statuses.includes(status));
}

/** The filters in force, and how they change. The address holds them. */
export function useFilters() {
  const address = useSearch({ from: "/incidents" });
  const navigate = useNavigate({ from: "/incidents" });
  const { team, range } = useMoment();
  const search = filterSearch(address as Record<string, unknown>);
  const key = JSON.stringify(search);
  // The same filters stay the same object, so that nothing is asked again.
  const filters = useMemo(() => filtersOf(JSON.parse(key) as FilterSearch, { team, range }), [key, team, range]);
  const set = (next: FilterSearch) =>
    // The row that was selected may be gone, so the selection begins anew; what is looked at stays.
    void navigate({ search: ({ open }) => ({ ...next, ...(open !== undefined && { open }) }), replace: true });
  const { q: _, ...rest } = search;
  const setFacet = (facet: FacetName, words: string[]) => {
    const { [facet]: __, ...others } = search;
    set({ ...others, ...(words.length > 0 && { [facet]: words }) });
  };
  const running = isRunning(filters.statuses ?? []);
  return {
    /** Only what is not over is shown. */
    running,
    /** What is open, whatever else was chosen; then all that the other filters leave. */
    toggleRunning: () => (running ? setFacet("status", []) : set({ status: [...RUNNING] })),
    search,
    filters,
    setText: (text: string) => set({ ...rest, ...(text !== "" && { q: text }) }),
    setFacet,
    setTests: (on: boolean) => {
      const { tests: __, ...others } = search;
      set({ ...others, ...(on && { tests: true }) });
    },
    apply: set,
    clear: () => set(search.tests ? { tests: true } : {}),
  };
}

/** What `useFilters` gives. */
export type Filters = ReturnType<typeof useFilters>;
