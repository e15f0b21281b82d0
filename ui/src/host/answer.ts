import type { CommandError } from "./bindings";
import { HostError } from "./error";

type Result<T> = { status: "ok"; data: T } | { status: "error"; error: CommandError };

/** What a command of the shell answered, or its refusal as a [`HostError`]. */
export async function answer<T>(result: Promise<Result<T>>): Promise<T> {
  const settled = await result;
  if (settled.status === "error") throw new HostError(settled.error);
  return settled.data;
}

/** Waits for a command that answers nothing. */
export async function done(result: Promise<Result<unknown>>): Promise<void> {
  await answer(result);
}
