import type { Command } from "../command";

/** What works on every page with rows. */
export const ROW_COMMANDS = [
  { id: "filter.focus", title: "Filter the list", keys: ["/"], scope: "rows" },
  { id: "row.next", title: "Next row", keys: ["j", "ArrowDown"], scope: "rows" },
  { id: "row.previous", title: "Previous row", keys: ["k", "ArrowUp"], scope: "rows" },
  { id: "row.peek", title: "Peek at the row", keys: ["Space", "Enter"], scope: "rows" },
  { id: "row.copy", title: "Copy the row as Markdown", keys: ["y"], scope: "rows" },
  { id: "row.copySlack", title: "Copy the row for Slack", keys: ["Shift+Y"], scope: "rows" },
] as const satisfies readonly Command[];
