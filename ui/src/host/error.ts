import type { CommandError } from "./bindings";

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

/** What was thrown, in words. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
