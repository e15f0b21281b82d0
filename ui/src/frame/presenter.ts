import { useSyncExternalStore } from "react";

let presenting = false;
const listeners = new Set<() => void>();

/** Whether others look at the screen: what is about people is hidden then. It ends with the window, never by itself. */
export function usePresenting(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => presenting,
  );
}

/** Begins or ends the presentation. */
export function togglePresenting(): void {
  presenting = !presenting;
  for (const listener of listeners) listener();
}
