import { keepPreviousData, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMoment } from "../frame/moment";
import { answer, done } from "./answer";
import {
  commands,
  type IncidentFilters,
  type IncidentFirst,
  type IncidentIndex,
  type IncidentLine,
  type IncidentSheet,
  type SavedFilter,
} from "./bindings";
import { useHost } from "./context";
import { MINUTE_MS } from "./refresh";

/** What the Incidents page asks for and does. `asOf` is RFC 3339; `null`: now. */
export interface IncidentsHost {
  /** The newest lines, before everything is counted. */
  incidentFirst(asOf: string | null, filters: IncidentFilters): Promise<IncidentFirst>;
  /** Every row that meets the filters, with what is counted of them. */
  incidentIndex(asOf: string | null, filters: IncidentFilters): Promise<IncidentIndex>;
  /** The lines of rows of the index. */
  incidentLines(asOf: string | null, rows: string[]): Promise<IncidentLine[]>;
  /** One incident (`source/external_id`). */
  incidentSheet(asOf: string | null, id: string): Promise<IncidentSheet>;
  /** One incident as Markdown. */
  incidentMarkdown(asOf: string | null, id: string): Promise<string>;
  /** The page as Markdown. */
  incidentsMarkdown(asOf: string | null, filters: IncidentFilters): Promise<string>;
  /** The filters that were saved, by name. */
  savedFilters(asOf: string | null): Promise<SavedFilter[]>;
  /** Saves a filter under a name. Answers what was saved under it before. */
  saveFilter(name: string, filters: IncidentFilters): Promise<SavedFilter | null>;
  /** Takes a saved filter away. Answers what it said. */
  removeFilter(name: string): Promise<SavedFilter>;
  /** Opens an incident in its source, in the system's browser. */
  openIncident(asOf: string | null, id: string): Promise<void>;
}

/** The page's calls to the shell. */
export const incidentsShell: IncidentsHost = {
  incidentFirst: (asOf, filters) => answer(commands.incidentFirst(asOf, filters)),
  incidentIndex: (asOf, filters) => answer(commands.incidentIndex(asOf, filters)),
  incidentLines: (asOf, rows) => answer(commands.incidentLines(asOf, rows)),
  incidentSheet: (asOf, id) => answer(commands.incidentSheet(asOf, id)),
  incidentMarkdown: (asOf, id) => answer(commands.incidentMarkdown(asOf, id)),
  incidentsMarkdown: (asOf, filters) => answer(commands.incidentsMarkdown(asOf, filters)),
  savedFilters: (asOf) => answer(commands.savedFilters(asOf)),
  saveFilter: (name, filters) => answer(commands.saveFilter(name, filters)),
  removeFilter: (name) => answer(commands.removeFilter(name)),
  openIncident: (asOf, id) => done(commands.openIncident(asOf, id)),
};

const PAGE = ["page", "incidents"] as const;

/** The first lines: there at once, however long the history is. The ones before stay until the next are there. */
export function useIncidentFirst(filters: IncidentFilters) {
  const host = useHost();
  const { asof } = useMoment();
  return useQuery({
    queryKey: [...PAGE, "first", asof, filters],
    queryFn: () => host.incidentFirst(asof, filters),
    placeholderData: keepPreviousData,
  });
}

/** Everything that is shown and counted. Read again each minute while the window is seen, because ages grow. */
export function useIncidentIndex(filters: IncidentFilters) {
  const host = useHost();
  const { asof } = useMoment();
  return useQuery({
    queryKey: [...PAGE, "index", asof, filters],
    queryFn: () => host.incidentIndex(asof, filters),
    placeholderData: keepPreviousData,
    refetchInterval: asof === null && MINUTE_MS,
  });
}

/** Lines of these parts of the index, by row. */
export function useIncidentLines(parts: readonly string[][]): ReadonlyMap<string, IncidentLine> {
  const host = useHost();
  const { asof } = useMoment();
  return useQueries({
    queries: parts.map((rows) => ({
      queryKey: [...PAGE, "lines", asof, rows],
      queryFn: () => host.incidentLines(asof, rows),
      refetchInterval: asof === null && MINUTE_MS,
    })),
    combine: byRow,
  });
}

function byRow(answers: readonly { data: IncidentLine[] | undefined }[]): ReadonlyMap<string, IncidentLine> {
  return new Map(answers.flatMap(({ data }) => data ?? []).map((line) => [line.row, line]));
}

/** One incident; nothing is asked while none is chosen. */
export function useIncidentSheet(id: string | null) {
  const host = useHost();
  const { asof } = useMoment();
  return useQuery({
    queryKey: [...PAGE, "sheet", asof, id],
    queryFn: () => host.incidentSheet(asof, id ?? ""),
    enabled: id !== null,
    placeholderData: keepPreviousData,
    refetchInterval: asof === null && MINUTE_MS,
  });
}

/** Saved filters, and how they are saved, taken away and put back. */
export function useSavedFilters() {
  const host = useHost();
  const client = useQueryClient();
  const { asof } = useMoment();
  const key = [...PAGE, "saved", asof];
  const { data } = useQuery({ queryKey: key, queryFn: () => host.savedFilters(asof) });
  const told = <T>(work: Promise<T>) => work.finally(() => client.invalidateQueries({ queryKey: key }));
  return {
    filters: data ?? NONE,
    save: (name: string, filters: IncidentFilters) => told(host.saveFilter(name, filters)),
    remove: (name: string) => told(host.removeFilter(name)),
  };
}

const NONE: SavedFilter[] = [];
