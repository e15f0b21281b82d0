import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../frame/root";

/** How long the window is. */
export const SPANS = ["3d", "1w", "2w", "4w", "quarter"] as const;

/** One of them. */
export type Span = (typeof SPANS)[number];

/** What of the page the address holds. */
export interface OncallSearch {
  /** First day of the window, `YYYY-MM-DD`; without it, around now: `windowOf`. */
  from?: string;
  /** How long the window is; without it, two weeks. */
  span?: Span;
  /** Lanes by person; without it, by schedule. */
  by?: "person";
  /** The numbers as a table. */
  table?: boolean;
  /** Zones side by side are hidden. */
  zones?: false;
  /** What is selected: a shift, a gap, leave, or time that was not read. */
  sel?: string;
}

/** The On-call page. */
export const oncallRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/oncall",
  validateSearch: (search: Record<string, unknown>): OncallSearch => {
    const span = SPANS.find((known) => known === search["span"]);
    return {
      ...(typeof search["from"] === "string" && { from: search["from"] }),
      ...(span && { span }),
      ...(search["by"] === "person" && { by: "person" as const }),
      ...(search["table"] === true && { table: true }),
      ...(search["zones"] === false && { zones: false as const }),
      ...(typeof search["sel"] === "string" && { sel: search["sel"] }),
    };
  },
  component: lazyRouteComponent(() => import("./OncallPage"), "OncallPage"),
});
