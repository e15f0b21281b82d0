import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCommand } from "../../commands/keyboard";
import { useRowKeys } from "../../components/table/keys";
import type { IncidentLine } from "../../host/bindings";
import { filterSearch } from "./filters";

/** Which row is selected, and which incident one looks into. The address holds both. */
export interface Selection {
  row: string | null;
  /** Id of the incident that is looked into; `null`: none. */
  open: string | null;
  select: (row: string) => void;
  /** Looks into a row, or out of it again. */
  peek: (row: string) => void;
  close: () => void;
}

/** The selection among the rows, moved by the page's keys. */
export function useSelection(
  rows: readonly { id: string }[],
  line: (row: string) => IncidentLine | undefined,
): Selection {
  const { row: named, open, ...rest } = useSearch({ from: "/incidents" });
  const navigate = useNavigate({ from: "/incidents" });
  // A link from elsewhere names the incident alone.
  const linked = () => rows.find(({ id }) => line(id)?.id === open)?.id ?? null;
  const row = named ?? (open === undefined ? (rows[0]?.id ?? null) : linked());
  const keep = filterSearch(rest as Record<string, unknown>);
  const go = (next: { row?: string; open?: string }) => void navigate({ search: { ...keep, ...next }, replace: true });
  const look = (next: string | null, looks: boolean) => {
    if (next === null) return;
    const id = looks ? line(next)?.id : undefined;
    go({ row: next, ...(id !== undefined && { open: id }) });
  };
  const select = (next: string | null) => look(next, open !== undefined);
  const peek = (next: string) => look(next, open === undefined || next !== row);
  const close = () => go(row === null ? {} : { row });
  useRowKeys(rows, row, select);
  useCommand("row.peek", () => row !== null && peek(row));
  return { row, open: open ?? null, select, peek, close };
}
