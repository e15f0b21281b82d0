import type { Command } from "../command";

/** What works on the SLOs page. */
export const SLO_COMMANDS = [
  { id: "slos.copy", title: "Copy the page as Markdown", keys: ["c"], scope: "slos" },
  { id: "slos.copySlack", title: "Copy the page for Slack", keys: ["Shift+C"], scope: "slos" },
  { id: "slos.clear", title: "Clear the filter", keys: ["x"], scope: "slos" },
] as const satisfies readonly Command[];
