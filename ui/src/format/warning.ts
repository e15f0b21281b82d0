import type { Warning } from "../host/bindings";
import { instant, withInstants } from "./instant";

/** What limits an answer, with its instants by the clock of who reads it. */
export function warningWords(warning: Warning, now: string, zone: string): string {
  const message = withInstants(warning.message, now, zone);
  return warning.last_ok_at ? `${message} (last read whole ${instant(warning.last_ok_at, now, zone)})` : message;
}
