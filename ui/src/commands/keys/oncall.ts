import type { Command } from "../command";

/** What works on the On-call page; its lanes have keys of their own. */
export const ONCALL_COMMANDS = [
  { id: "oncall.by", title: "Lanes by schedule or by person", keys: ["b"], scope: "oncall" },
  { id: "oncall.zones", title: "Show or hide the zones side by side", keys: ["z"], scope: "oncall" },
  { id: "oncall.earlier", title: "Earlier", keys: ["Shift+H"], scope: "oncall" },
  { id: "oncall.later", title: "Later", keys: ["Shift+L"], scope: "oncall" },
  { id: "oncall.today", title: "Back to today", keys: ["."], scope: "oncall" },
  { id: "oncall.3d", title: "Three days", keys: ["1"], scope: "oncall" },
  { id: "oncall.1w", title: "A week", keys: ["2"], scope: "oncall" },
  { id: "oncall.2w", title: "Two weeks", keys: ["3"], scope: "oncall" },
  { id: "oncall.4w", title: "Four weeks", keys: ["4"], scope: "oncall" },
  { id: "oncall.quarter", title: "A quarter", keys: ["5"], scope: "oncall" },
  { id: "oncall.copy", title: "Copy what is selected, or the page, as Markdown", keys: ["c"], scope: "oncall" },
  { id: "oncall.slack", title: "Copy it for Slack", keys: ["Shift+C"], scope: "oncall" },
] as const satisfies readonly Command[];
