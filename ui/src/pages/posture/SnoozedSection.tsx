import { Button } from "../../components/Button";
import { KeyHint } from "../../components/KeyHint";
import { Upstream } from "../../components/Upstream";
import { counted } from "../../format/number";
import { instant } from "../../format/instant";
import type { Attention } from "../../host/bindings";
import { markOf } from "./words";

interface SnoozedSectionProps {
  rows: Attention[];
  now: string;
  zone: string;
  open: boolean;
  onToggle: () => void;
  onWake: (row: Attention) => void;
}

/** What is set aside: counted always, shown on demand. */
export function SnoozedSection({ rows, now, zone, open, onToggle, onWake }: SnoozedSectionProps) {
  if (rows.length === 0) return null;
  return (
    <section aria-label="Set aside" className="px-4 py-2">
      <button
        type="button"
        aria-expanded={open}
        onClick={onToggle}
        className="flex items-center gap-2 rounded-key text-sm text-muted hover:text-fg"
      >
        {counted(rows.length, "row")} set aside <KeyHint command="snoozed.show" /> {open ? "hide" : "show"}
      </button>
      {open && (
        <ul className="mt-1">
          {rows.map((row) => (
            <li key={row.id} className="flex min-h-9 items-center gap-3 border-t border-line py-1 first:border-t-0">
              <span className="w-20 flex-none text-sm text-muted">{markOf(row).word}</span>
              <div className="min-w-0 grow">
                <p className="cut" title={row.title}>
                  <Upstream text={row.title} />
                </p>
                {row.snoozed?.reason && (
                  <p className="cut text-sm text-muted" title={row.snoozed.reason}>
                    <Upstream text={row.snoozed.reason} />
                  </p>
                )}
              </div>
              <span className="flex-none text-sm text-muted tabular-nums">
                {row.snoozed?.until ? `until ${instant(row.snoozed.until, now, zone)}` : "until worse"}
              </span>
              <Button onClick={() => onWake(row)}>Bring back</Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
