import { clsx } from "clsx";
import { FilterBar } from "../../components/FilterBar";
import { Upstream } from "../../components/Upstream";
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

/** What stands in the bar itself; all of it is in the menu. */
const AT_HAND: Partial<Record<FacetName, readonly string[]>> = {
  status: ["open", "acked", "mitigated", "resolved"],
  severity: ["1", "2", "3", "4", "5", "unmapped"],
};

/** Words, the facets at hand, all facets, and kept filters. */
export function NarrowBar({ index, filters, shown, pending, peeking }: NarrowBarProps) {
  const [text, setText] = useTyped(filters.search.q ?? "", filters.setText);
  const offered = FACETS.flatMap((facet) => {
    const values = index ? valuesOf(index.facets, facet) : [];
    const kept = values.filter(({ key, chosen: is }) => is || (!peeking && AT_HAND[facet]?.includes(key)));
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
            </>
          )
        }
      />
    </div>
  );
}
