import type { Frame } from "../host/bindings";

/** A team to choose; `null`: every one. */
export interface TeamOption {
  team: string | null;
  word: string;
}

/** The word for no team. */
export const EVERY_TEAM = "All teams";

/**
 * The teams to choose from: every one of them first, then in the order of the configuration. One that an address names and
 * nothing configures is among them, so that no page is narrowed without a sign. Nothing, where there is nothing to choose.
 */
export function teamsOf(frame: Frame | undefined, chosen: string | null): TeamOption[] {
  const teams = frame?.teams ?? [];
  const named = chosen === null || teams.includes(chosen) ? teams : [...teams, chosen];
  if (named.length === 0) return [];
  return [{ team: null, word: EVERY_TEAM }, ...named.map((team) => ({ team, word: team }))];
}
