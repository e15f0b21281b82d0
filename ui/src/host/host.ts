import type { CommandError, Frame, OnCall, Posture, Progress, SyncRun } from "./bindings";

/** Stops what was subscribed to. */
export type Unsubscribe = () => void;

/** What the pages need from the place they run in: the desktop shell, or a fixture in a browser. */
export interface Host {
  /** Whose workspace this is, and in which zone times are told. */
  frame(): Promise<Frame>;
  /** What needs the lead. */
  posture(): Promise<Posture>;
  /** The same as Markdown. */
  postureMarkdown(): Promise<string>;
  /** Sets a row aside until an instant, or without one until it is worse. Answers the rows that were. */
  snooze(row: string, until: string | null, reason: string): Promise<string[]>;
  /** Brings a row back that was set aside. */
  unsnooze(row: string): Promise<void>;
  /** Notes that all of it was seen. Answers what was noted before. */
  markSeen(): Promise<string | null>;
  /** Puts back what was noted before as seen. */
  restoreSeen(before: string | null): Promise<void>;
  /** The shifts and gaps ahead. */
  rota(): Promise<OnCall>;
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

/** A command refused or failed: what happened, to what, and what to do. */
export class HostError extends Error {
  readonly code: string;
  readonly hint: string | null;

  constructor(error: CommandError) {
    super(error.message);
    this.name = "HostError";
    this.code = error.code;
    this.hint = error.hint;
  }
}
