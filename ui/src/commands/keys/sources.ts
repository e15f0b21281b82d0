import type { Command } from "../command";

/** What works on the Sources page. */
export const SOURCES_COMMANDS = [
  { id: "source.add", title: "Add a source", keys: ["n"], scope: "sources" },
  { id: "source.retry", title: "Read the source now", keys: ["r"], scope: "sources" },
  { id: "source.edit", title: "Change the source", keys: ["e"], scope: "sources" },
  { id: "source.past", title: "Read more of the source's past", keys: ["b"], scope: "sources" },
  { id: "source.remove", title: "Archive or remove the source", keys: ["d"], scope: "sources" },
  { id: "runs.filter", title: "Runs: all, failed, changed rows", keys: ["l"], scope: "sources" },
  { id: "sources.show", title: "Show the sources", keys: ["1"], scope: "sources" },
  { id: "people.show", title: "Show the people to map", keys: ["2"], scope: "sources" },
  { id: "services.show", title: "Show the services to map", keys: ["3"], scope: "sources" },
  { id: "sources.copy", title: "Copy the page as Markdown", keys: ["c"], scope: "sources" },
  { id: "sources.copySlack", title: "Copy the page for Slack", keys: ["Shift+C"], scope: "sources" },
] as const satisfies readonly Command[];
