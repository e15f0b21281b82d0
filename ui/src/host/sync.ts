import { useEffect, useState } from "react";
import { done } from "./answer";
import { commands, type DataChanged, events, type Progress, type SyncRun } from "./bindings";
import { useHost } from "./context";
import { messageOf } from "./error";
import { afterRun, afterStep, IDLE, type SyncState } from "./progress";

/** Stops what was subscribed to. */
type Unsubscribe = () => void;

/** Starting, stopping and hearing of the synchronisation. */
export interface SyncHost {
  /** Reads every source now. Resolves when it began; progress comes as events. */
  syncStart(): Promise<void>;
  /** Stops a running synchronisation after the batch at hand. */
  syncCancel(): Promise<void>;
  /** Areas of data that changed and have to be read again. */
  onDataChanged(listener: (tags: string[]) => void): Unsubscribe;
  /** A synchronisation began or ended. */
  onSyncRun(listener: (run: SyncRun) => void): Unsubscribe;
  /** A step of the running synchronisation. */
  onSyncProgress(listener: (step: Progress) => void): Unsubscribe;
}

/** The calls to the shell, and its events. */
export const syncShell: SyncHost = {
  syncStart: () => done(commands.syncStart()),
  syncCancel: () => done(commands.syncCancel()),
  onDataChanged: (listener) =>
    listen(
      (handler) => events.dataChanged.listen(handler),
      ({ tags }: DataChanged) => listener(tags),
    ),
  onSyncRun: (listener) => listen((handler) => events.syncRun.listen(handler), listener),
  onSyncProgress: (listener) => listen((handler) => events.syncProgress.listen(handler), listener),
};

/** Subscribes at once, although the shell confirms later. */
function listen<T>(
  subscribe: (handler: (event: { payload: T }) => void) => Promise<Unsubscribe>,
  listener: (payload: T) => void,
): Unsubscribe {
  const confirmed = subscribe((event) => listener(event.payload));
  return () => void confirmed.then((unsubscribe) => unsubscribe());
}

/** The synchronisation: how far it is, and how to start and stop it. */
export interface Sync {
  progress: SyncState;
  start: () => void;
  cancel: () => void;
}

/** Follows the synchronisation. */
export function useSync(): Sync {
  const host = useHost();
  const [progress, setProgress] = useState(IDLE);
  useEffect(() => {
    const stops = [
      host.onSyncRun((run) => setProgress((state) => afterRun(state, run))),
      host.onSyncProgress((step) => setProgress((state) => afterStep(state, step))),
    ];
    return () => stops.forEach((stop) => stop());
  }, [host]);
  const refused = (error: unknown) => {
    const message = messageOf(error);
    setProgress((state) => ({ ...state, error: message }));
  };
  return {
    progress,
    start: () => void host.syncStart().catch(refused),
    cancel: () => void host.syncCancel().catch(refused),
  };
}
