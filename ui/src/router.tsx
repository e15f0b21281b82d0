import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { Shell } from "./frame/Shell";
import { PosturePage } from "./pages/posture/PosturePage";

/** What of the Posture page the address holds. */
export interface PostureSearch {
  /** Id of the selected row. */
  row?: string;
  /** Whether its peek is open. */
  peek?: boolean;
}

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: () => null });

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/posture" });
  },
});

const postureRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/posture",
  validateSearch: (search: Record<string, unknown>): PostureSearch => ({
    ...(typeof search["row"] === "string" && { row: search["row"] }),
    ...(search["peek"] === true && { peek: true }),
  }),
  component: PosturePage,
});

/** The shared pieces in all their states, for whoever builds pages. Only the fixture build has it. */
const galleryRoutes =
  import.meta.env.MODE === "fixture"
    ? [
        createRoute({
          getParentRoute: () => rootRoute,
          path: "/gallery",
          component: lazyRouteComponent(() => import("./gallery/Gallery"), "Gallery"),
        }),
      ]
    : [];

/** The pages by address. */
export const makeRouter = () =>
  createRouter({ routeTree: rootRoute.addChildren([indexRoute, postureRoute, ...galleryRoutes]) });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
