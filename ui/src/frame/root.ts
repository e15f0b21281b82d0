import { createRootRoute, retainSearchParams } from "@tanstack/react-router";
import { Gate } from "../pages/start/Gate";

/** What the address holds on every page, and keeps when one goes to another. */
interface RootSearch {
  /** The instant that the pages speak of, RFC 3339; without it, now. */
  asof?: string | undefined;
  /** Name of the team that the pages are narrowed to; without it, every team. */
  team?: string | undefined;
  /** The time range, for example `28d`; without it, each page's own. */
  range?: string | undefined;
}

const text = (search: Record<string, unknown>, key: keyof RootSearch): RootSearch =>
  typeof search[key] === "string" ? { [key]: search[key] } : {};

/** What every page lies under. */
export const rootRoute = createRootRoute({
  component: Gate,
  notFoundComponent: () => null,
  validateSearch: (search: Record<string, unknown>): RootSearch => ({
    ...text(search, "asof"),
    ...text(search, "team"),
    ...text(search, "range"),
  }),
  search: { middlewares: [retainSearchParams(["asof", "team", "range"])] },
});
