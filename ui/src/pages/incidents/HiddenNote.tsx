import { runCommand } from "../../commands/keyboard";
import { KeyHint } from "../../components/KeyHint";
import type { IncidentIndex } from "../../host/bindings";
import type { Filters } from "./filters";

/** How many tests, drills and dropped incidents are left out, and the way to see them. */
export function HiddenNote({ index, filters }: { index: IncidentIndex; filters: Filters }) {
  const shown = filters.filters.tests === true;
  if (index.hidden_words === null && !shown) return null;
  return (
    <button
      type="button"
      aria-pressed={shown}
      onClick={() => runCommand("incidents.tests")}
      className="inline-flex items-center gap-1.5 rounded-key text-muted hover:text-fg"
    >
      {shown ? "Tests and what is dropped are shown: hide them" : index.hidden_words}
      <KeyHint command="incidents.tests" />
    </button>
  );
}
