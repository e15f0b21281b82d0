import type { Status } from "../components/StatusMark";

/** An invented incident. */
export interface SampleRow {
  id: string;
  state: Status | null;
  word: string;
  severity: string;
  what: string;
  service: string;
  started: string;
  startedAt: number;
  lasted: string;
  seconds: number | undefined;
  woken: string;
}

const WHAT = [
  "Orders time out behind the new proxy",
  "Replica of the stock store falls behind",
  "Export of statements is slow at month end",
  "Login refuses tokens that are still valid",
  "Search answers without facets, pods restart in turn and the cache never warms up",
  "Queue of outgoing mail does not drain",
];
const SERVICES = ["orders", "stock", "statements", "login", "search", "mail"];
const WOKEN = ["nobody", "nobody", "Nia, 1×", "Oskar, 2×"];

const minutes = (total: number) =>
  total < 60 ? `${total}m` : `${Math.floor(total / 60)}h ${String(total % 60).padStart(2, "0")}m`;

/** So many invented incidents, newest first: the same ones each time. */
export function sampleRows(count: number): SampleRow[] {
  return Array.from({ length: count }, (_, index) => {
    const at = Date.UTC(2026, 10, 16, 5, 48) - index * 23 * 3_600_000;
    const lasted = 18 + ((index * 37) % 220);
    return {
      id: `INC-${count + 400 - index}`,
      state: index === 0 ? "critical" : index === 3 ? "unknown" : null,
      word: index === 0 ? "Open" : index === 3 ? "Unknown" : "Resolved",
      severity: `SEV${1 + ((index * 7) % 4)}`,
      what: WHAT[index % WHAT.length] ?? "",
      service: SERVICES[index % SERVICES.length] ?? "",
      started: new Date(at).toISOString().slice(5, 16).replace("T", " "),
      startedAt: at,
      lasted: index === 3 ? "not known" : minutes(lasted),
      seconds: index === 3 ? undefined : lasted * 60,
      woken: WOKEN[index % WOKEN.length] ?? "",
    };
  });
}
