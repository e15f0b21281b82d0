import { useEffect, useState } from "react";
import { useHost } from "./context";
import { afterRun, afterStep, IDLE, type SyncState } from "./progress";

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
    const message = error instanceof Error ? error.message : String(error);
    setProgress((state) => ({ ...state, error: message }));
  };
  return {
    progress,
    start: () => void host.syncStart().catch(refused),
    cancel: () => void host.syncCancel().catch(refused),
  };
}
