import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../frame/root";

/** What stands at the right of the list. */
const PANES = ["add", "edit", "past", "remove"] as const;
const VIEWS = ["people", "services"] as const;

/** What of the page the address holds. */
export interface SourcesSearch {
  /** Name of the selected source, or key of the selected row of another view. */
  row?: string;
  /** What is shown instead of the sources. */
  view?: (typeof VIEWS)[number];
  /** What stands at the right. */
  pane?: (typeof PANES)[number];
}

const oneOf = <Word extends string>(words: readonly Word[], text: unknown) => words.find((word) => word === text);

/** Which systems are read, and how they are set up. */
export const sourcesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sources",
  validateSearch: (search: Record<string, unknown>): SourcesSearch => {
    // Rows of Posture lead here with `open`.
    const row = search["row"] ?? search["open"];
    const view = oneOf(VIEWS, search["view"]);
    const pane = oneOf(PANES, search["pane"]);
    return { ...(typeof row === "string" && { row }), ...(view && { view }), ...(pane && { pane }) };
  },
  component: lazyRouteComponent(() => import("./SourcesPage"), "SourcesPage"),
});
