import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../frame/root";
import { type FilterSearch, filterSearch } from "./filters";

/** What of the page the address holds. */
interface IncidentsSearch extends FilterSearch {
  /** The selected row, as the index names it. */
  row?: string;
  /** The incident that one looks into, `source/external_id`. */
  open?: string;
}

/** Incidents: loaded when one goes there. */
export const incidentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/incidents",
  validateSearch: (search: Record<string, unknown>): IncidentsSearch => ({
    ...filterSearch(search),
    ...(typeof search["row"] === "string" && { row: search["row"] }),
    ...(typeof search["open"] === "string" && { open: search["open"] }),
  }),
  component: lazyRouteComponent(() => import("./IncidentsPage"), "IncidentsPage"),
});
