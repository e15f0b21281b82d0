/** What was done, and how it is taken back. */
export interface Notification {
  /** A sentence in the past: `INC-41 put in the handover`. */
  text: string;
  /** Takes it back. Left out where it cannot be taken back. */
  onUndo?: () => void;
}

let waiting: Notification[] = [];
const listeners = new Set<() => void>();

/** Says what was just done, from anywhere. Nothing asks first what can be taken back after. */
export function notify(notification: Notification): void {
  waiting.push(notification);
  for (const listener of listeners) listener();
}

/** Hears of notices; whoever hears takes them. */
export function onNotice(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Takes what waits to be said. */
export function takeNotices(): Notification[] {
  const taken = waiting;
  waiting = [];
  return taken;
}
