import { clsx } from "clsx";
import { FilterBar } from "../../components/FilterBar";
import { KeyHint } from "../../components/KeyHint";
import { Upstream } from "../../components/Upstream";
import { runCommand } from "../../commands/keyboard";
import type { IncidentIndex } from "../../host/bindings";
import { FACETS, type FacetName, type Filters } from "./filters";
import { NarrowMenu, valuesOf } from "./NarrowMenu";
import { SavedMenu } from "./SavedMenu";
import { useTyped } from "./typed";
import { wordOf } from "./words";

interface NarrowBarProps {
  index: IncidentIndex | undefined;
  filters: Filters;
  shown: number;
  pending: boolean;
  /** A panel takes room: only what is chosen stands in the bar. */
  peeking: boolean;
}

/** Facets that stand in the bar itself; all of them are in the menu. */
const AT_HAND: readonly FacetName[] = ["status", "severity"];

/** Words, the facets at hand, all facets, kept filters, and what is hidden. */
export function NarrowBar({ index, filters, shown, pending, peeking }: NarrowBarProps) {
  const [text, setText] = useTyped(filters.search.q ?? "", filters.setText);
  const offered = FACETS.flatMap((facet) => {
    const values = index ? valuesOf(index.facets, facet) : [];
    const kept = !peeking && AT_HAND.includes(facet) ? values : values.filter((value) => value.chosen);
    return kept.map((value) => ({
      id: `${facet}:${value.key}`,
      word: <Upstream text={wordOf(facet, value.key)} />,
      count: value.count,
    }));
  });
  const chosen = FACETS.flatMap((facet) => (filters.search[facet] ?? []).map((key) => `${facet}:${key}`));
  const change = (ids: string[]) => {
    if (ids.length === 0) return filters.clear();
    const changed = FACETS.find((facet) => {
      const now = ids.filter((id) => id.startsWith(`${facet}:`)).length;
      return now !== (filters.search[facet]?.length ?? 0);
    });
    if (!changed) return;
    const prefix = `${changed}:`;
    filters.setFacet(
      changed,
      ids.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length)),
    );
  };
  const hidden = index?.hidden_words ?? null;
  return (
    <div className={clsx(pending && "opacity-90")} aria-busy={pending}>
      <FilterBar
        noun="incidents"
        text={text}
        onText={setText}
        facets={offered}
        chosen={chosen}
        onChosen={change}
        shown={shown}
        saved={
          index && (
            <>
              <NarrowMenu facets={index.facets} filters={filters} />
              <SavedMenu filters={filters} />
              {(hidden !== null || filters.filters.tests) && (
                <button
                  type="button"
                  aria-pressed={filters.filters.tests}
                  onClick={() => runCommand("incidents.tests")}
                  className="inline-flex h-6 flex-none items-center gap-1.5 rounded-control px-1 text-sm whitespace-nowrap text-muted hover:text-fg"
                >
                  {filters.filters.tests ? "Hide tests" : peeking ? "Show hidden" : hidden}
                  <KeyHint command="incidents.tests" />
                </button>
              )}
            </>
          )
        }
      />
    </div>
  );
}
