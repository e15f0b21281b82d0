import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../frame/root";

/** What of the page the address holds. */
interface SlosSearch {
  /** Id of the SLO that is open. */
  open?: string | undefined;
  /** Id of the selected row. */
  row?: string | undefined;
  /** Words that the rows are filtered by. */
  find?: string | undefined;
  /** Facets in force: `state:spent`, `service:checkout`, `team:platform`. */
  only?: string[] | undefined;
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string") : [];

/** The SLOs: the table, and one of them when it is open. */
export const slosRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/slos",
  validateSearch: (search: Record<string, unknown>): SlosSearch => {
    const only = texts(search["only"]);
    return {
      ...(typeof search["open"] === "string" && { open: search["open"] }),
      ...(typeof search["row"] === "string" && { row: search["row"] }),
      ...(typeof search["find"] === "string" && search["find"] !== "" && { find: search["find"] }),
      ...(only.length > 0 && { only }),
    };
  },
  component: lazyRouteComponent(() => import("./SlosPage"), "SlosPage"),
});
