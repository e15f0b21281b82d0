import { StateBar, type StatePart } from "../../components/StateBar";
import { Section } from "../../components/Section";
import { StatusMark } from "../../components/StatusMark";
import { counted } from "../../format/number";
import type { SloCounts } from "../../host/bindings";

const STATES: readonly (Omit<StatePart, "count" | "id"> & { id: keyof SloCounts; word: string; clause: string })[] = [
  { id: "spent", status: "critical", word: "Spent", clause: "nothing left of the budget" },
  { id: "critical", status: "critical", word: "Critical", clause: "at most 20 % left, or burning fast" },
  { id: "warn", status: "warn", word: "Tight", clause: "at most half left, or burning slowly" },
  { id: "unknown", status: "unknown", word: "Unknown", clause: "too old or too incomplete to tell" },
  { id: "no_traffic", status: "info", word: "No traffic", clause: "nothing to measure" },
  { id: "ok", status: "ok", word: "Healthy", clause: "more than half left" },
];

/** Error budgets by state. */
export function BudgetSection({ counts }: { counts: SloCounts }) {
  const parts = STATES.map((state) => ({ ...state, count: counts[state.id] })).filter((part) => part.count > 0);
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  return (
    <Section title="Error budgets" clause={total > 0 && counted(total, "SLO")}>
      {total === 0 ? (
        <p className="text-sm text-muted">No SLO is read. Prometheus with Sloth, Pyrra or OpenSLO brings them.</p>
      ) : (
        <>
          <StateBar parts={parts} label={parts.map((part) => `${part.count} ${part.word}`).join(", ")} />
          <ul className="mt-1.5">
            {parts.map((part) => (
              <li key={part.id} className="flex h-6 items-center gap-2">
                <span className="w-24">
                  <StatusMark status={part.status} word={part.word} plain={part.status !== "critical"} />
                </span>
                <span className="cut text-sm text-muted">{part.clause}</span>
                <span className="ml-auto font-semibold tabular-nums">{part.count}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
