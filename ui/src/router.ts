import { createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { rootRoute } from "./frame/root";
import { postureRoute } from "./pages/posture/route";
import { slosRoute } from "./pages/slos/route";

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/posture" });
  },
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
  createRouter({ routeTree: rootRoute.addChildren([indexRoute, postureRoute, slosRoute, ...galleryRoutes]) });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
