import { clsx } from "clsx";
import type { ReactNode } from "react";
import type { CommandId } from "../../commands/registry";
import { KeyHint } from "../KeyHint";

interface SplitProps {
  /** What is listed. It gives way when the window is small. */
  children: ReactNode;
  /** Beside it, or the peek that covers it: a `Pane`. */
  beside?: ReactNode;
  /** Width of the right pane, in px. */
  width?: 328 | 352 | 360 | 368 | 376 | 384 | 392;
}

const TRACKS = {
  328: "grid-cols-[minmax(0,1fr)_20.5rem]",
  352: "grid-cols-[minmax(0,1fr)_22rem]",
  360: "grid-cols-[minmax(0,1fr)_22.5rem]",
  368: "grid-cols-[minmax(0,1fr)_23rem]",
  376: "grid-cols-[minmax(0,1fr)_23.5rem]",
  384: "grid-cols-[minmax(0,1fr)_24rem]",
  392: "grid-cols-[minmax(0,1fr)_24.5rem]",
} as const;

/** Where they do not fit beside each other they stand one under the other, and the page scrolls. */
const STACKED = "@max-[60rem]:grid-cols-1 @max-[60rem]:grid-rows-[minmax(24rem,1fr)_auto] @max-[60rem]:overflow-y-auto";

/** The main of a page: a list, and a pane beside it that grows on a wide window. Panes scroll, the page does not. */
export function Split({ children, beside, width = 368 }: SplitProps) {
  return (
    <main
      className={clsx(
        "grid min-h-0",
        beside ? [TRACKS[width], "wide:grid-cols-[minmax(0,1fr)_30rem]", STACKED] : "grid-cols-1",
      )}
    >
      <div className="flex min-h-0 min-w-0 flex-col @max-[60rem]:overflow-y-auto">{children}</div>
      {beside}
    </main>
  );
}

interface PaneProps {
  label: string;
  /** A ground of its own: peeks and forms. */
  surface?: boolean;
  children: ReactNode;
}

/** The pane at the right: sections one under another, parted by hairlines. */
export function Pane({ label, surface = false, children }: PaneProps) {
  return (
    <aside
      aria-label={label}
      // A pane that scrolls must be reachable by key.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={clsx("min-h-0 overflow-y-auto border-l border-line -outline-offset-2", surface && "bg-surface")}
    >
      {children}
    </aside>
  );
}

interface PaneHeadProps {
  /** The answer as a sentence with its number; a heading of level 2. */
  answer: ReactNode;
  /** What stands beside it: a mark, a clause, counts. */
  children?: ReactNode;
  /** The line above the answer; the head is then 76 px high. */
  context?: ReactNode;
  /** At the right: actions, or the age of the source. */
  end?: ReactNode;
}

/** The answer of the page in one line. */
export function PaneHead({ answer, children, context, end }: PaneHeadProps) {
  return (
    <header
      className={clsx(
        "flex flex-none items-center gap-3 border-b border-line px-4 whitespace-nowrap",
        "@max-[60rem]:h-auto @max-[60rem]:flex-wrap @max-[60rem]:py-2 @max-[60rem]:whitespace-normal",
        context ? "h-[4.75rem]" : "h-14",
      )}
    >
      <div className="min-w-0">
        {context && <p className="cut text-sm text-muted tabular-nums @max-[60rem]:whitespace-normal">{context}</p>}
        <div className="flex min-w-0 items-center gap-3 @max-[60rem]:flex-wrap">
          <h2 className="cut max-w-full flex-none text-xl @max-[60rem]:whitespace-normal font-semibold tracking-[-0.012em] tabular-nums">
            {answer}
          </h2>
          {children && (
            <div className="flex min-w-0 shrink-[99] items-center gap-3 overflow-hidden text-sm @max-[60rem]:flex-wrap text-muted tabular-nums">
              {children}
            </div>
          )}
        </div>
      </div>
      {end && <div className="ml-auto flex items-center gap-2">{end}</div>}
    </header>
  );
}

/** A line of keys at the foot of a list, at most five, and what is worth knowing at the right. */
export function KeyBar({ children, note }: { children: ReactNode; note?: ReactNode }) {
  return (
    <footer className="flex h-8 flex-none items-center gap-4 overflow-hidden @max-[60rem]:h-auto @max-[60rem]:flex-wrap @max-[60rem]:py-1 border-t border-line px-4 text-sm whitespace-nowrap text-muted">
      {children}
      {note && <span className="cut ml-auto text-subtle">{note}</span>}
    </footer>
  );
}

interface KeyBarItemProps {
  commands: readonly CommandId[];
  children: ReactNode;
}

/** The keys of commands that go together and what they do, for a key bar. */
export function KeyBarItem({ commands, children }: KeyBarItemProps) {
  return (
    <span className="flex items-center gap-1.5">
      {commands.map((command) => (
        <KeyHint key={command} command={command} />
      ))}{" "}
      {children}
    </span>
  );
}
