import type { Progress, SyncRun } from "./bindings";
import { frame, fullPosture, oneDown, quiet, rota, steps, unconnected, withHostileText } from "./fixture-answers";
import { type Host, HostError } from "./host";

/** The situations that a page must be able to show. */
export const SCENARIOS = [
  "full",
  "quiet",
  "blind",
  "unconnected",
  "failed",
  "loading",
  "refresh-failed",
  "hostile",
  "syncing",
] as const;

/** One of the situations. */
export type Scenario = (typeof SCENARIOS)[number];

const never = <T>() => new Promise<T>(() => undefined);
const broken = () =>
  new HostError({
    code: "store_unreadable",
    message: "synced.db cannot be read: the disk reports an input/output error",
    hint: "Check the disk, then run fairleadctl doctor.",
  });

/** A host that answers one situation from memory: for tests, and for looking at pages in a browser. */
export function fixtureHost(scenario: Scenario): Host {
  const changed = new Set<(tags: string[]) => void>();
  const runs = new Set<(run: SyncRun) => void>();
  const progressed = new Set<(step: Progress) => void>();
  const tell = (running: boolean) => {
    for (const listener of runs) listener({ running, error: null });
    if (running) for (const listener of progressed) for (const step of steps()) listener(step);
  };
  let asked = 0;
  const answers: Partial<Record<Scenario, () => ReturnType<Host["posture"]>>> = {
    quiet: async () => quiet(),
    blind: async () => oneDown(quiet()),
    unconnected: async () => unconnected(),
    failed: async () => Promise.reject(broken()),
    loading: never,
    hostile: async () => withHostileText(fullPosture()),
    "refresh-failed": async () => (asked > 1 ? Promise.reject(broken()) : fullPosture()),
  };
  return {
    frame: async () => frame(),
    posture: () => {
      asked += 1;
      return (answers[scenario] ?? (async () => fullPosture()))();
    },
    rota: async () => rota(),
    syncStart: async () => {
      tell(true);
      for (const listener of changed) listener(["sources"]);
    },
    syncCancel: async () => tell(false),
    onDataChanged: (listener) => {
      changed.add(listener);
      return () => changed.delete(listener);
    },
    onSyncRun: (listener) => {
      runs.add(listener);
      return () => runs.delete(listener);
    },
    onSyncProgress: (listener) => {
      progressed.add(listener);
      if (scenario === "syncing") queueMicrotask(() => tell(true));
      return () => progressed.delete(listener);
    },
  };
}
