import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCommand } from "../../commands/keyboard";
import { dayIn } from "../../format/instant";
import { wallClock } from "../../format/wall";
import type { Lanes } from "../../host/bindings";
import type { RotaWindow } from "../../host/oncall";
import type { OncallSearch, Span } from "./route";

/** Parts of the address to be said otherwise. */
type Change = { [Part in keyof OncallSearch]: OncallSearch[Part] | undefined };

/** What is looked at, and how: the address holds all of it. */
export interface View {
  from: string | null;
  span: Span;
  by: "schedule" | "person";
  table: boolean;
  zones: boolean;
  selected: string | null;
  /** Changes a part of the address; `undefined` puts that part back to what is usual. */
  change: (part: Change) => void;
}

/** The view that the address asks for. */
export function useView(): View {
  const search = useSearch({ from: "/oncall" });
  const navigate = useNavigate({ from: "/oncall" });
  const change = (part: Change) =>
    void navigate({ search: (old) => withoutBlanks({ ...old, ...part }), replace: true });
  return {
    from: search.from ?? null,
    span: search.span ?? "2w",
    by: search.by ?? "schedule",
    table: search.table === true,
    zones: search.zones !== false,
    selected: search.sel ?? null,
    change,
  };
}

/**
 * The window that the view asks for, around `now`; `null` while now is not known. Where no beginning was chosen a week and two
 * begin with yesterday: what just was, and nearly all of it ahead. A week that began on Monday would be over on a Sunday.
 */
export function windowOf(
  { from, span }: View,
  now: string | null | undefined,
  zone: string | undefined,
): RotaWindow | null {
  if (from !== null || now === null || (span !== "1w" && span !== "2w")) return { from, span };
  return now && zone ? { from: dayIn(wallClock(now, zone, -1, 12), zone), span } : null;
}

/** Keys of the view: how long, from when, by what, and as what. */
export function useViewKeys(view: View, answer: Lanes): void {
  const { change } = view;
  useCommand("oncall.by", () => toggleBy(view));
  useCommand("chart.table", () => change(view.table ? { table: undefined } : { table: true }));
  useCommand("oncall.zones", () => change(view.zones ? { zones: false } : { zones: undefined }));
  useCommand("oncall.earlier", () => change({ from: answer.earlier }));
  useCommand("oncall.later", () => change({ from: answer.later }));
  useCommand("oncall.today", () => change({ from: undefined }));
  useCommand("oncall.3d", () => change({ span: "3d", from: undefined }));
  useCommand("oncall.1w", () => change({ span: "1w", from: undefined }));
  useCommand("oncall.2w", () => change({ span: "2w", from: undefined }));
  useCommand("oncall.4w", () => change({ span: "4w", from: undefined }));
  useCommand("oncall.quarter", () => change({ span: "quarter", from: undefined }));
}

/** Turns lanes by schedule into lanes by person, and back. */
export function toggleBy(view: View): void {
  view.change(view.by === "person" ? { by: undefined } : { by: "person" });
}

/** The address says nothing of what is as usual. */
function withoutBlanks(search: Change): OncallSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
