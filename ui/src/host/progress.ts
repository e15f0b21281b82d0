import type { Progress, SyncRun } from "./bindings";

/** How far one source is. */
export interface SourceProgress {
  name: string;
  state: "reading" | "done" | "failed";
  stream: string | null;
  /** Records read of this stream so far. */
  done: number;
  total: number | null;
  message: string | null;
}

/** The synchronisation as far as it told. */
export interface SyncState {
  running: boolean;
  sources: SourceProgress[];
  /** Why it was refused or ended early. */
  error: string | null;
}

/** Before any synchronisation. */
export const IDLE: SyncState = { running: false, sources: [], error: null };

/** After a synchronisation began or ended. What failed stays in sight until the next begins. */
export function afterRun(state: SyncState, run: SyncRun): SyncState {
  const error = run.error?.message ?? null;
  return run.running ? { running: true, sources: [], error } : { ...state, running: false, error };
}

/** After a step. */
export function afterStep(state: SyncState, step: Progress): SyncState {
  const told = progressOf(step);
  if (!told) return state;
  const others = state.sources.filter((source) => source.name !== told.name);
  return { ...state, sources: [...others, told].toSorted((a, b) => a.name.localeCompare(b.name)) };
}

function progressOf(step: Progress): SourceProgress | null {
  switch (step.step) {
    case "reading":
      return {
        name: step.source,
        state: "reading",
        stream: step.stream,
        done: step.done,
        total: step.total,
        message: null,
      };
    case "finished": {
      const state = step.state === "failed" ? "failed" : "done";
      return { name: step.source, state, stream: null, done: 0, total: null, message: step.error };
    }
    case "changed":
      return null;
  }
}
