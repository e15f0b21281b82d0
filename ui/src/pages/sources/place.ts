import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCommand } from "../../commands/keyboard";
import { usePresenting } from "../../frame/presenter";
import type { SourcesSearch } from "./route";

/** Where one is on the page: the address holds it. */
export interface Place {
  view: "sources" | "people" | "services";
  row: string | null;
  pane: NonNullable<SourcesSearch["pane"]> | null;
  show: (view: Place["view"]) => void;
  select: (row: string) => void;
  open: (pane: NonNullable<SourcesSearch["pane"]>, row?: string) => void;
  close: () => void;
}

/** Where one is, and how one goes on. */
export function usePlace(): Place {
  const { row, view, pane } = useSearch({ from: "/sources" });
  const navigate = useNavigate({ from: "/sources" });
  const presenting = usePresenting();
  const go = (to: SourcesSearch) =>
    void navigate({
      search: ({ row: _row, view: _view, pane: _pane, ...rest }) => ({ ...rest, ...to }),
      replace: true,
    });
  const here: SourcesSearch = { ...(view && { view }), ...(row !== undefined && { row }) };
  const show = (next: Place["view"]) => go(next === "sources" ? {} : { view: next });
  useCommand("sources.show", () => show("sources"));
  useCommand("people.show", () => show("people"), !presenting);
  useCommand("services.show", () => show("services"));
  return {
    view: view ?? "sources",
    row: row ?? null,
    pane: pane ?? null,
    show,
    select: (next) => go({ ...here, row: next, ...(pane && pane !== "add" && { pane }) }),
    open: (next, of) => go({ ...here, pane: next, ...(of !== undefined && { row: of }) }),
    close: () => go(here),
  };
}
