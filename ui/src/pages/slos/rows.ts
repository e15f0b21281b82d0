import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useCommand } from "../../commands/keyboard";
import { copyText, useRowCopy } from "../../components/overlay/copy";
import { useRowKeys } from "../../components/table/keys";
import { type TableModel, useTableModel } from "../../components/table/model";
import { useMoment } from "../../frame/moment";
import type { SloTable, SloTableRow } from "../../host/bindings";
import { useHost } from "../../host/context";
import { columnsOf } from "./columns";
import { narrowed } from "./facets";

/** The rows of the table: narrowed, sorted, one selected. The address holds all but the sort. */
export interface Rows {
  model: TableModel<SloTableRow>;
  find: string;
  only: string[];
  selected: string | null;
  setFind: (text: string) => void;
  setOnly: (ids: string[]) => void;
  select: (id: string) => void;
  open: (id: string) => void;
  clear: () => void;
}

const rowId = (row: SloTableRow) => row.id;
const NONE: string[] = [];

/** The rows with the keys that move through them. */
export function useRows(table: SloTable, zone: string): Rows {
  const { row: selected = null, find = "", only = NONE } = useSearch({ from: "/slos" });
  const navigate = useNavigate({ from: "/slos" });
  const columns = useMemo(() => columnsOf(table, zone), [table, zone]);
  const rows = useMemo(() => narrowed(table.rows, find, only), [table.rows, find, only]);
  const model = useTableModel({ columns, rows, rowId });

  const select = (id: string | null) => {
    if (id !== null) void navigate({ search: (old) => ({ ...old, row: id }), replace: true });
  };
  const open = (id: string | null) => {
    if (id !== null) void navigate({ search: (old) => ({ ...old, row: id, open: id }) });
  };
  const setFind = (text: string) =>
    void navigate({ search: (old) => ({ ...old, find: text || undefined }), replace: true });
  const setOnly = (ids: string[]) =>
    void navigate({ search: (old) => ({ ...old, only: ids.length > 0 ? ids : undefined }), replace: true });
  const clear = () => void navigate({ search: (old) => ({ ...old, find: undefined, only: undefined }), replace: true });

  useRowKeys(model.rows, selected, select);
  useCommand("row.peek", () => open(selected ?? model.rows[0]?.id ?? null));
  useCommand("slos.clear", clear, find !== "" || only.length > 0);
  useCommand("level.up", clear, find !== "" || only.length > 0);
  useCopy(selected ?? model.rows[0]?.id ?? null);

  return { model, find, only, selected, setFind, setOnly, select, open, clear };
}

/** The keys that copy the table and the selected line. */
function useCopy(selected: string | null): void {
  const host = useHost();
  const { asof, team } = useMoment();
  useCommand("slos.copy", () => copyText(host.slosText(asof, team, "markdown"), "Copied as Markdown"));
  useCommand("slos.copySlack", () => copyText(host.slosText(asof, team, "slack"), "Copied for Slack"));
  useLineCopy(selected);
}

/** The keys that copy one SLO's line. */
export function useLineCopy(id: string | null): void {
  const host = useHost();
  const { asof } = useMoment();
  useRowCopy(id === null ? null : { noun: "SLO", text: (flavour) => host.sloText(id, asof, false, flavour) });
}
