import type { Command } from "../command";

/** What works on the Posture page. */
export const POSTURE_COMMANDS = [
  { id: "row.act", title: "Do the row's action", keys: ["a"], scope: "posture" },
  { id: "row.snooze", title: "Set the row aside", keys: ["s"], scope: "posture" },
  { id: "snoozed.show", title: "Show or hide what is set aside", keys: ["z"], scope: "posture" },
  { id: "seen.mark", title: "Mark all of it as seen", keys: ["e"], scope: "posture" },
  { id: "posture.copy", title: "Copy the page as Markdown", keys: ["c"], scope: "posture" },
  { id: "posture.copySlack", title: "Copy the page for Slack", keys: ["Shift+C"], scope: "posture" },
  { id: "posture.rota", title: "Open the rota of the next 14 days", keys: ["o"], scope: "posture" },
] as const satisfies readonly Command[];
