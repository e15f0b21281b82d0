import type { Attention } from "../../host/bindings";
import { AttentionRow } from "./AttentionRow";
import type { Selection } from "./selection";

interface AttentionListProps {
  selection: Selection;
  now: string;
  zone: string;
  onAct: (row: Attention) => void;
}

/** The ranked rows, and in words how they are ranked. */
export function AttentionList({ selection, now, zone, onAct }: AttentionListProps) {
  const { rows, hidden, selected } = selection;
  return (
    <section aria-label="Needs you">
      <ol className="border-b border-line">
        {rows.map((row) => (
          <AttentionRow
            key={row.id}
            row={row}
            now={now}
            zone={zone}
            selected={row === selected}
            focused={row === selected && selection.movedByKey}
            peeking={row === selected && selection.peeking}
            onPeek={() => selection.peek(row)}
            onAct={() => onAct(row)}
          />
        ))}
      </ol>
      <p className="flex items-center gap-3 px-4 py-2 text-xs text-subtle">
        {hidden > 0 && (
          <button type="button" onClick={selection.showAll} className="rounded-key text-sm text-accent">
            and {hidden} more
          </button>
        )}
        Now, then Today, then Week; inside each: service tier, what is due first, oldest
      </p>
    </section>
  );
}
