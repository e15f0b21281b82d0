import type { Command } from "./command";
import { APP_COMMANDS } from "./keys/app";
import { CHART_COMMANDS } from "./keys/chart";
import { INCIDENT_COMMANDS } from "./keys/incidents";
import { LANE_COMMANDS } from "./keys/lanes";
import { ONCALL_COMMANDS } from "./keys/oncall";
import { POSTURE_COMMANDS } from "./keys/posture";
import { ROW_COMMANDS } from "./keys/rows";
import { SOURCES_COMMANDS } from "./keys/sources";
import { SLO_COMMANDS } from "./keys/slos";

/** Every command of the app: the one place where keys are given out. Each page's are a file of their own. */
export const COMMANDS = [
  ...APP_COMMANDS,
  ...ROW_COMMANDS,
  ...CHART_COMMANDS,
  ...LANE_COMMANDS,
  ...POSTURE_COMMANDS,
  ...SOURCES_COMMANDS,
  ...ONCALL_COMMANDS,
  ...INCIDENT_COMMANDS,
  ...SLO_COMMANDS,
] as const satisfies readonly Command[];

/** The id of a command in the registry. */
export type CommandId = (typeof COMMANDS)[number]["id"];

/** A command by its id. */
function commandOf(id: CommandId): Command {
  const found = COMMANDS.find((command) => command.id === id);
  if (!found) throw new Error(`command ${id} is not in the registry`);
  return found;
}

/** The keys that are shown of a command; empty for what has none. */
export function keysOf(id: CommandId): string {
  return commandOf(id).keys[0] ?? "";
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
