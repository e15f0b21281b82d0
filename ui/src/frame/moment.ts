import { useNavigate, useSearch } from "@tanstack/react-router";

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

/** Chooses a part of it: the address holds it from then on, on whichever page. `null` gives it up. */
export function useChoose(): (part: Partial<Moment>) => void {
  const navigate = useNavigate();
  return (part) => {
    // Named although they are absent: what is left out is kept.
    const named = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, value ?? undefined]));
    void navigate({ to: ".", search: (old) => ({ ...old, ...named }) });
  };
}
