import type { Progress, Snoozed, SyncRun } from "./bindings";
import {
  frame,
  fullPosture,
  oneDown,
  quiet,
  rota,
  steps,
  unconnected,
  withAside,
  withHostileText,
} from "./fixture-answers";
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
  "snoozed",
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

const frameTime = "2026-11-16T07:00:00Z";
const refused = (row: string) =>
  new HostError({
    code: "usage",
    message: `\`${row}\` cannot be snoozed: SEV1 and nobody on call stay in sight until they end`,
    hint: null,
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
  let seen: string | null = null;
  const aside = new Map<string, Snoozed>();
  if (scenario === "snoozed") {
    const at = frameTime;
    aside.set("budget_spent:mailer-delivery", { until: null, until_worse: true, reason: "the relay moves Monday", at });
    const until = "2026-11-17T09:00:00Z";
    aside.set("unmapped:people", { until, until_worse: false, reason: "People are mapped on Tuesdays", at });
  }
  const told = async (answer: ReturnType<Host["posture"]>) => {
    const posture = withAside(await answer, aside);
    return seen === null ? posture : { ...posture, since_last: { since: seen, lines: [] } };
  };
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
      return told((answers[scenario] ?? (async () => fullPosture()))());
    },
    postureMarkdown: async () => "**9 things need you**",
    snooze: async (row, until, reason) => {
      if (row.startsWith("nobody_on_call")) throw refused(row);
      aside.set(row, { until, until_worse: until === null, reason, at: frameTime });
      return [row];
    },
    unsnooze: async (row) => void aside.delete(row),
    markSeen: async () => {
      const before = seen;
      seen = frameTime;
      return before;
    },
    restoreSeen: async (before) => {
      seen = before;
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
