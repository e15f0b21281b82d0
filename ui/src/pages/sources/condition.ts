import type { Status } from "../../components/StatusMark";
import type { RunState, SourceCondition } from "../../host/bindings";

/** A state as its shape and word. */
interface Told {
  status: Status;
  word: string;
}

/** How a source is, as shape and word. */
export const CONDITIONS: Record<SourceCondition, Told> = {
  fresh: { status: "ok", word: "Fresh" },
  late: { status: "warn", word: "Late" },
  partial: { status: "warn", word: "In part" },
  failed: { status: "unknown", word: "Failed" },
  unread: { status: "unknown", word: "Not read" },
};

/** How a run ended, as shape and word. */
export const RUNS: Record<RunState, Told> = {
  ok: { status: "ok", word: "Read" },
  partial: { status: "warn", word: "In part" },
  failed: { status: "unknown", word: "Failed" },
  skipped: { status: "unknown", word: "Not read" },
};
