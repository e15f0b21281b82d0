import { useEffect, useEffectEvent } from "react";
import { tinykeys } from "tinykeys";
import { COMMANDS, type CommandId } from "./registry";

const handlers = new Map<CommandId, (() => void)[]>();

/** Does a command now, through whoever answers for it last. Returns whether anybody did. */
export function runCommand(id: CommandId): boolean {
  const handler = handlers.get(id)?.at(-1);
  handler?.();
  return handler !== undefined;
}

/** Answers for a command while the component is on screen. */
export function useCommand(id: CommandId, run: () => void, enabled = true): void {
  const latest = useEffectEvent(run);
  useEffect(() => {
    if (!enabled) return;
    const handler = () => latest();
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
    const bindings = Object.fromEntries(
      COMMANDS.flatMap((command) =>
        command.keys.map((keys) => [keys, (event: KeyboardEvent) => press(command.id, event)]),
      ),
    );
    return tinykeys(window, bindings);
  }, []);
}

function press(id: CommandId, event: KeyboardEvent): void {
  if (event.defaultPrevented || belongsToTarget(event)) return;
  if (runCommand(id)) event.preventDefault();
}

/** Typing, an open dialog, and the activation of a focused control are not ours. */
function belongsToTarget(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return false;
  if (target.closest("input, textarea, select, [contenteditable=true], [role=dialog]")) return true;
  const activates = event.key === "Enter" || event.key === " ";
  return activates && target.closest("button, a[href]") !== null;
}
