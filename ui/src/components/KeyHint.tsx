import { type CommandId, capsOf, keysOf } from "../commands/registry";

interface KeyHintProps {
  command: CommandId;
  /** Takes the colour of the filled button it sits in. */
  onAccent?: boolean;
}

/** The keys of a command, as the registry has them. */
export function KeyHint({ command, onAccent = false }: KeyHintProps) {
  return <Caps keys={keysOf(command)} onAccent={onAccent} />;
}

/** Keys in the registry's notation, `g p` or `Shift+R`, as caps. */
export function Caps({ keys, onAccent = false }: { keys: string; onAccent?: boolean }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      {capsOf(keys).map((cap) => (
        <Cap key={cap} onAccent={onAccent}>
          {cap}
        </Cap>
      ))}
    </span>
  );
}

/** One key. */
export function Cap({ children, onAccent = false }: { children: string; onAccent?: boolean }) {
  const tone = onAccent ? "border-on-accent/60 text-on-accent" : "border-line-strong text-muted";
  return (
    <kbd
      className={`inline-flex h-4 min-w-4 items-center justify-center rounded-key border px-1 font-mono text-xs leading-none ${tone}`}
    >
      {children}
    </kbd>
  );
}
