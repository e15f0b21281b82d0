import { createRoute, createRouter, redirect } from "@tanstack/react-router";
import { rootRoute } from "./frame/root";
import { postureRoute } from "./pages/posture/route";

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/posture" });
  },
});

/** The pages by address. */
export const makeRouter = () => createRouter({ routeTree: rootRoute.addChildren([indexRoute, postureRoute]) });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
