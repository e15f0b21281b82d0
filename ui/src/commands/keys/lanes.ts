import type { Command } from "../command";

/** What works on the lanes of a schedule that have the focus. */
export const LANE_COMMANDS = [
  { id: "lanes.back", title: "Shift before", keys: ["h", "ArrowLeft"], scope: "lanes" },
  { id: "lanes.forth", title: "Shift after", keys: ["l", "ArrowRight"], scope: "lanes" },
  { id: "lanes.down", title: "Lane below", keys: ["j", "ArrowDown"], scope: "lanes" },
  { id: "lanes.up", title: "Lane above", keys: ["k", "ArrowUp"], scope: "lanes" },
  { id: "lanes.gap", title: "Next gap", keys: ["n"], scope: "lanes" },
] as const satisfies readonly Command[];
