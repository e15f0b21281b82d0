import type { Status } from "../../components/StatusMark";
import { duration } from "../../format/duration";
import { count, multiple, percent } from "../../format/number";
import type { Attention, RunState, SourceFreshness } from "../../host/bindings";

/** How a row is marked: by when it needs the lead, or as unknown when it tells of something that cannot be seen. */
export interface RowMark {
  status: Status;
  word: string;
}

const BLIND_KINDS: readonly string[] = ["blind", "slo_blind"];

const CLASS_MARKS: Record<Attention["class"], RowMark> = {
  now: { status: "critical", word: "Now" },
  today: { status: "warn", word: "Today" },
  week: { status: "info", word: "This week" },
};

/** The mark of a row. */
export function markOf(row: Attention): RowMark {
  return BLIND_KINDS.includes(row.kind) ? { status: "unknown", word: "Unknown" } : CLASS_MARKS[row.class];
}

/** The number of a row in its unit; nothing when the row has none. */
export function numberOf(row: Attention): string | null {
  if (row.value === null) return null;
  switch (row.unit) {
    case "ratio":
      return percent(row.value);
    case "secs":
      return duration(row.value);
    case "x":
      return multiple(row.value);
    default:
      return count(row.value);
  }
}

/** A kind in words, and what its number counts. */
const KINDS: Record<string, readonly [name: string, caption: string]> = {
  page_unacked: ["unacknowledged pages", "unacknowledged"],
  major_open: ["major incidents", "open"],
  nobody_on_call: ["nobody on call", "nobody"],
  fast_burn: ["fast burn", "burn"],
  blind: ["blind sources", "not known"],
  gap_ahead: ["gaps ahead", "gap"],
  leave_conflict: ["on call during leave", "overlap"],
  not_ready: ["primaries not ready", ""],
  rota_changed: ["rota changes", "changed"],
  handover_due: ["handovers due", "until due"],
  handover_unacked: ["unacknowledged handovers", "unacknowledged"],
  silence_ends: ["silences that end", "silences"],
  woken: ["nights woken", "wakes"],
  budget_spent: ["spent budgets", "budget left"],
  budget_soon: ["budgets soon spent", "budget left"],
  slo_blind: ["SLOs without data", "not known"],
  incident_stale: ["stale incidents", "open"],
  alert_zombie: ["alerts that never end", "firing"],
  hot_change: ["changes that burn", "burn"],
  freeze_breach: ["changes inside a freeze", "changes"],
  silence_bad: ["silences without use", "silences"],
  noisy_rule: ["noisy rules", "wakes"],
  recurrence: ["recurrences", "fix open"],
  action_overdue: ["overdue actions", "overdue"],
  review_missing: ["missing reviews", "without one"],
  rota_thin: ["thin rota", "without one"],
  promise_due: ["promises due", "due"],
  unmapped: ["unmapped people and services", "unmapped"],
  forgetting: ["what upstreams forget", "left"],
};

/** A kind in words. */
export function kindOf(kind: string): string {
  return KINDS[kind]?.[0] ?? kind.replaceAll("_", " ");
}

/** What the number of a row counts. */
export function captionOf(row: Attention): string {
  return KINDS[row.kind]?.[1] ?? "";
}

const SOURCE_MARKS: Record<RunState, RowMark> = {
  ok: { status: "ok", word: "Fresh" },
  partial: { status: "warn", word: "In part" },
  failed: { status: "unknown", word: "No answer" },
  skipped: { status: "unknown", word: "Not read" },
};

/** The mark of a source: a late one warns even though its last run went well. */
export function sourceMarkOf(source: SourceFreshness): RowMark {
  if (source.state === "ok" && source.stale) return { status: "warn", word: "Late" };
  return SOURCE_MARKS[source.state];
}
