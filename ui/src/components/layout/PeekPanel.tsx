import type { ReactNode } from "react";
import { useCommand } from "../../commands/keyboard";
import { KeyHint } from "../KeyHint";

interface PeekPanelProps {
  /** What the panel is, for those who cannot see it: `Incident`. */
  label: string;
  /** What one looks at; a heading of level 2. */
  title: ReactNode;
  /** Before the title: a mark, chips, the id. */
  lead: ReactNode;
  /** A line under the title. */
  clause?: ReactNode;
  /** Buttons, the primary one first. */
  actions?: ReactNode;
  /** `FactList` or `KeyFacts` under the actions, then `Section`s. */
  children: ReactNode;
  /** Sources and keys, always in sight. */
  foot?: ReactNode;
  onClose: () => void;
}

/** A look into one row. It takes the place of the right pane and never covers the list. Esc closes it. */
export function PeekPanel({ label, title, lead, clause, actions, children, foot, onClose }: PeekPanelProps) {
  useCommand("level.up", onClose);
  return (
    <aside
      aria-label={label}
      className="flex min-h-0 flex-col border-l border-line bg-surface @max-[60rem]:order-first @max-[60rem]:border-b"
    >
      <div
        // What scrolls must be reachable by key.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="quotable min-h-0 grow overflow-y-auto -outline-offset-2"
      >
        <header className="px-4 pt-3 pb-3">
          <div className="flex min-h-5 flex-wrap items-center gap-2">
            {lead}
            <button type="button" title="Close" onClick={onClose} className="ml-auto cursor-default rounded-key">
              <KeyHint command="level.up" />
            </button>
          </div>
          <h2 className="mt-1.5 text-xl font-semibold tracking-[-0.012em] wrap-anywhere">{title}</h2>
          {clause && <p className="mt-0.5 text-sm wrap-anywhere text-muted tabular-nums">{clause}</p>}
          {actions && <div className="mt-2.5 flex flex-wrap items-center gap-2">{actions}</div>}
        </header>
        <div className="border-t border-line">{children}</div>
      </div>
      {foot && (
        <footer className="flex min-h-8 flex-none flex-wrap items-center gap-3 border-t border-line px-4 text-xs whitespace-nowrap text-muted tabular-nums">
          {foot}
        </footer>
      )}
    </aside>
  );
}

/** A part of a peek without a head: its facts. */
export function PeekBlock({ children }: { children: ReactNode }) {
  return <div className="border-line px-4 py-3 not-first:border-t">{children}</div>;
}
