import type { Command } from "../command";

/** What works on every page with rows. */
export const ROW_COMMANDS = [
  { id: "filter.focus", title: "Filter the list", keys: ["/"], scope: "rows" },
  { id: "row.next", title: "Next row", keys: ["j", "ArrowDown"], scope: "rows" },
  { id: "row.previous", title: "Previous row", keys: ["k", "ArrowUp"], scope: "rows" },
  { id: "row.peek", title: "Peek at the row", keys: ["Space", "Enter"], scope: "rows" },
] as const satisfies readonly Command[];
