import { useSearch } from "@tanstack/react-router";

/** Of which instant, team and range the pages speak; what is not chosen is absent. */
export interface Moment {
  asof: string | null;
  team: string | null;
  range: string | null;
}

/** What is chosen in the top bar, from the address. */
export function useMoment(): Moment {
  const { asof, team, range } = useSearch({ strict: false });
  return { asof: asof ?? null, team: team ?? null, range: range ?? null };
}
