import { useEffect, useEffectEvent } from "react";
import { tinykeys } from "tinykeys";
import { COMMANDS, type CommandId } from "./registry";

/** One who answers for a command. Whoever came later answers first: what was opened or focused last is in front. */
interface Handler {
  run: () => void;
  order: number;
}

const handlers = new Map<CommandId, Handler[]>();
let came = 0;

/** Does a command now, through whoever answers for it last. Returns whether anybody did. */
export function runCommand(id: CommandId): boolean {
  const handler = handlers.get(id)?.at(-1);
  handler?.run();
  return handler !== undefined;
}

/** Whether anybody answers for a command now. */
export function isAnswered(id: CommandId): boolean {
  return (handlers.get(id)?.length ?? 0) > 0;
}

/** Answers for a command while the component is on screen. */
export function useCommand(id: CommandId, run: () => void, enabled = true): void {
  const latest = useEffectEvent(run);
  useEffect(() => {
    if (!enabled) return;
    came += 1;
    const handler = { run: () => latest(), order: came };
    handlers.set(id, [...(handlers.get(id) ?? []), handler]);
    return () => {
      handlers.set(
        id,
        (handlers.get(id) ?? []).filter((other) => other !== handler),
      );
    };
  }, [id, enabled]);
}

/** Listens to the keys of every command in the registry. Belongs once at the root. */
export function useKeyboard(): void {
  useEffect(() => {
    const claims = new Map<string, CommandId[]>();
    for (const { id, keys } of COMMANDS)
      for (const claim of keys) claims.set(claim, [...(claims.get(claim) ?? []), id]);
    const bindings = [...claims].map(([keys, ids]) => [keys, (event: KeyboardEvent) => press(ids, event)]);
    return tinykeys(window, Object.fromEntries(bindings));
  }, []);
}

const FIELDS = "input, textarea, select, [contenteditable=true]";

/** One key may be a command of the page and of what has the focus in it: the later one answers. */
function press(ids: readonly CommandId[], event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  if (leavesField(event)) return event.preventDefault();
  if (belongsToTarget(event)) return;
  const order = (id: CommandId) => handlers.get(id)?.at(-1)?.order ?? 0;
  const front = ids.reduce((best, id) => (order(id) > order(best) ? id : best));
  if (runCommand(front)) event.preventDefault();
}

/** Escape in a field leads out of it first, so that what was typed is not closed away with one press. */
function leavesField(event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (event.key !== "Escape" || !target?.matches(FIELDS) || target.closest("[role=dialog]")) return false;
  target.blur();
  return true;
}

/** Typing, an open dialog, and the activation of a focused control are not ours. */
function belongsToTarget(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return false;
  if (target.closest("[role=dialog]")) return true;
  // A press with the modifier writes no letter: the palette opens from a field, too.
  if (target.closest(FIELDS)) return !(event.ctrlKey || event.metaKey);
  const activates = event.key === "Enter" || event.key === " ";
  return activates && target.closest("button, a[href]") !== null;
}
