import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "../../frame/root";
import { PosturePage } from "./PosturePage";

/** What of the page the address holds. */
interface PostureSearch {
  /** Id of the selected row. */
  row?: string;
  /** Whether its peek is open. */
  peek?: boolean;
}

/** The first page: not loaded late, because it is what a start waits for. */
export const postureRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/posture",
  validateSearch: (search: Record<string, unknown>): PostureSearch => ({
    ...(typeof search["row"] === "string" && { row: search["row"] }),
    ...(search["peek"] === true && { peek: true }),
  }),
  component: PosturePage,
});
