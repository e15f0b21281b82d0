import type { Command } from "../command";

/** What works everywhere. */
export const APP_COMMANDS = [
  { id: "go.posture", title: "Go to Posture", keys: ["g p"], scope: "app" },
  { id: "go.oncall", title: "Go to On-call", keys: ["g o"], scope: "app" },
  { id: "go.slos", title: "Go to SLOs", keys: ["g s"], scope: "app" },
  { id: "go.incidents", title: "Go to Incidents", keys: ["g i"], scope: "app" },
  { id: "go.sources", title: "Go to Sources", keys: ["g ,"], scope: "app" },
  { id: "palette.open", title: "Find or run anything", keys: ["$mod+k"], scope: "app" },
  { id: "moment.open", title: "Choose the range and instant of the pages", keys: ["t"], scope: "app" },
  { id: "team.open", title: "Choose the team of the pages", keys: ["m"], scope: "app" },
  { id: "moment.now", title: "Back to now", keys: ["Shift+N"], scope: "app" },
  { id: "presenter.toggle", title: "Presenter mode: hide what is about people", keys: ["Shift+P"], scope: "app" },
  { id: "sync.start", title: "Sync every source now", keys: ["Shift+R"], scope: "app" },
  { id: "sync.cancel", title: "Stop the running sync", keys: ["Shift+X"], scope: "app" },
  { id: "demo.load", title: "Load the demo team", keys: [], scope: "app" },
  { id: "demo.clear", title: "Clear the demo: every row of it goes", keys: [], scope: "app" },
  { id: "theme.next", title: "Next theme: dark, light, as the system", keys: ["Shift+T"], scope: "app" },
  { id: "zoom.in", title: "Larger", keys: ["$mod+=", "$mod+Shift+Equal"], scope: "app" },
  { id: "zoom.out", title: "Smaller", keys: ["$mod+-"], scope: "app" },
  { id: "zoom.usual", title: "As large as usual", keys: ["$mod+0"], scope: "app" },
  { id: "help.open", title: "Show all keys", keys: ["Shift+?"], scope: "app" },
  { id: "level.up", title: "One level up: close what is open", keys: ["Escape"], scope: "app" },
  { id: "notice.undo", title: "Undo what was just done", keys: ["u"], scope: "app" },
] as const satisfies readonly Command[];
