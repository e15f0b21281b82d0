import type { Command } from "../command";

/** What works on the Incidents page. */
export const INCIDENT_COMMANDS = [
  {
    id: "incidents.narrow",
    title: "Narrow by status, severity, service, source, month",
    keys: ["f"],
    scope: "incidents",
  },
  { id: "incidents.running", title: "Only what is still open, or all", keys: ["a"], scope: "incidents" },
  { id: "incidents.clear", title: "Clear every filter", keys: ["x"], scope: "incidents" },
  { id: "incidents.save", title: "Save the filters under a name", keys: ["s"], scope: "incidents" },
  { id: "incidents.tests", title: "Show or hide tests and what is dropped", keys: ["h"], scope: "incidents" },
  { id: "incidents.lengths", title: "Time to resolve, or time to acknowledge", keys: ["d"], scope: "incidents" },
  { id: "incidents.open", title: "Open the incident in its source", keys: ["o"], scope: "incidents" },
  { id: "incidents.link", title: "Copy the incident's link", keys: ["Shift+L"], scope: "incidents" },
  { id: "incidents.copy", title: "Copy the page as Markdown", keys: ["c"], scope: "incidents" },
  { id: "incidents.copySlack", title: "Copy the page for Slack", keys: ["Shift+C"], scope: "incidents" },
] as const satisfies readonly Command[];
