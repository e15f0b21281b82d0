/** Where a command's keys work: everywhere, inside one page, or on the chart or the lanes that have the focus. */
type Scope = "app" | "chart" | "lanes" | "posture";

/** Something a person can do, with the keys that do it. */
export interface Command {
  readonly id: string;
  /** What it does, as the help sheet says it. */
  readonly title: string;
  /** Each a press or a sequence in tinykeys notation: `g p`, `Shift+R`. The first is the one shown. */
  readonly keys: readonly [string, ...string[]];
  readonly scope: Scope;
}

/** Every command of the app: the one place where keys are given out. */
export const COMMANDS = [
  { id: "go.posture", title: "Go to Posture", keys: ["g p"], scope: "app" },
  { id: "sync.start", title: "Sync every source now", keys: ["Shift+R"], scope: "app" },
  { id: "sync.cancel", title: "Stop the running sync", keys: ["Shift+X"], scope: "app" },
  { id: "theme.next", title: "Next theme: dark, light, as the system", keys: ["Shift+T"], scope: "app" },
  { id: "help.open", title: "Show all keys", keys: ["Shift+?"], scope: "app" },
  { id: "level.up", title: "One level up: close what is open", keys: ["Escape"], scope: "app" },
  { id: "filter.focus", title: "Filter the list", keys: ["/"], scope: "app" },
  { id: "chart.back", title: "Crosshair to the value before", keys: ["["], scope: "chart" },
  { id: "chart.forth", title: "Crosshair to the next value", keys: ["]"], scope: "chart" },
  { id: "chart.table", title: "The numbers as a table, or as a chart", keys: ["v"], scope: "chart" },
  { id: "lanes.back", title: "Shift before", keys: ["h", "ArrowLeft"], scope: "lanes" },
  { id: "lanes.forth", title: "Shift after", keys: ["l", "ArrowRight"], scope: "lanes" },
  { id: "lanes.down", title: "Lane below", keys: ["j", "ArrowDown"], scope: "lanes" },
  { id: "lanes.up", title: "Lane above", keys: ["k", "ArrowUp"], scope: "lanes" },
  { id: "lanes.gap", title: "Next gap", keys: ["n"], scope: "lanes" },
  { id: "row.next", title: "Next row", keys: ["j", "ArrowDown"], scope: "posture" },
  { id: "row.previous", title: "Previous row", keys: ["k", "ArrowUp"], scope: "posture" },
  { id: "row.peek", title: "Why is this here: peek at the row", keys: ["Space", "Enter"], scope: "posture" },
  { id: "row.act", title: "Do the row's action", keys: ["a"], scope: "posture" },
  { id: "row.snooze", title: "Set the row aside", keys: ["s"], scope: "posture" },
  { id: "snoozed.show", title: "Show or hide what is set aside", keys: ["z"], scope: "posture" },
  { id: "seen.mark", title: "Mark all of it as seen", keys: ["e"], scope: "posture" },
  { id: "notice.undo", title: "Undo what was just done", keys: ["u"], scope: "app" },
  { id: "posture.copy", title: "Copy the page as Markdown", keys: ["c"], scope: "posture" },
] as const satisfies readonly Command[];

/** The id of a command in the registry. */
export type CommandId = (typeof COMMANDS)[number]["id"];

/** A command by its id. */
export function commandOf(id: CommandId): Command {
  const found = COMMANDS.find((command) => command.id === id);
  if (!found) throw new Error(`command ${id} is not in the registry`);
  return found;
}

const NAMES: Record<string, string> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  Enter: "↵",
  Escape: "Esc",
  $mod: "Ctrl",
  "Shift+?": "?",
};

/** A key in tinykeys notation as the caps to draw: `g p` is `g` `p`. */
export function capsOf(keys: string): string[] {
  return keys.split(" ").flatMap((press) => {
    const name = NAMES[press];
    if (name) return [name];
    return press.split("+").map((part) => NAMES[part] ?? part);
  });
}
