import { createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { PageError } from "./components/PageError";
import { rootRoute } from "./frame/root";
import { incidentsRoute } from "./pages/incidents/route";
import { oncallRoute } from "./pages/oncall/route";
import { postureRoute } from "./pages/posture/route";
import { slosRoute } from "./pages/slos/route";
import { sourcesRoute } from "./pages/sources/route";

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
  createRouter({
    defaultErrorComponent: PageError,
    routeTree: rootRoute.addChildren([
      indexRoute,
      postureRoute,
      oncallRoute,
      slosRoute,
      incidentsRoute,
      sourcesRoute,
      ...galleryRoutes,
    ]),
  });

/** The router of the pages. */
export type AppRouter = ReturnType<typeof makeRouter>;

declare module "@tanstack/react-router" {
  interface Register {
    router: AppRouter;
  }
}
