import { SlidersHorizontal } from "lucide-react";
import { useRef } from "react";
import { useCommand } from "../../commands/keyboard";
import { Button } from "../../components/Button";
import { CheckList } from "../../components/fields/CheckList";
import { KeyHint } from "../../components/KeyHint";
import { Popover } from "../../components/overlay/Popover";
import { Segmented } from "../../components/Segmented";
import { Upstream } from "../../components/Upstream";
import { count } from "../../format/number";
import type { FacetValue, IncidentFacets } from "../../host/bindings";
import { FACETS, type FacetName, type Filters } from "./filters";
import { wordOf } from "./words";

/** Values of a facet that are offered at once. */
const OFFERED = 40;

const NAMES: Record<FacetName, string> = {
  status: "Status",
  severity: "Severity",
  service: "Service",
  source: "Source",
  kind: "Kind",
  month: "Month",
};

const RANGES = [
  { id: "7", word: "7d" },
  { id: "28", word: "28d" },
  { id: "90", word: "90d" },
  { id: "365", word: "365d" },
  { id: "all", word: "all" },
] as const;

/** The values of a facet as the engine counted them. */
export function valuesOf(facets: IncidentFacets, facet: FacetName): readonly FacetValue[] {
  const lists: Record<FacetName, readonly FacetValue[]> = {
    status: facets.statuses,
    severity: facets.severities,
    service: facets.services,
    source: facets.sources,
    kind: facets.kinds,
    month: facets.months,
  };
  return lists[facet];
}

interface NarrowMenuProps {
  facets: IncidentFacets;
  filters: Filters;
}

/** Every facet with its counts, behind one button. */
export function NarrowMenu({ facets, filters }: NarrowMenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  useCommand("incidents.narrow", () => button.current?.click());
  const days = filters.filters.days;
  const range = RANGES.find((known) => known.id === String(days ?? "all"))?.id ?? "all";
  return (
    <Popover
      title="Narrow"
      trigger={
        <Button ref={button}>
          <SlidersHorizontal size={14} strokeWidth={1.75} aria-hidden="true" /> Narrow{" "}
          <KeyHint command="incidents.narrow" />
        </Button>
      }
    >
      {/* What scrolls must be reachable by key; the boxes in it are. */}
      <div className="flex max-h-[55vh] flex-col gap-3 overflow-y-auto pr-1">
        <div className="flex items-center justify-between">
          <span className="text-sm text-muted">Opened in</span>
          <Segmented
            label="Opened in the last"
            segments={RANGES}
            value={range}
            onChange={(id) => filters.setRange(id === "all" ? null : Number(id))}
          />
        </div>
        {FACETS.map((facet) => {
          const values = valuesOf(facets, facet);
          if (values.length === 0) return null;
          return (
            <div key={facet} className="border-t border-line pt-2">
              <CheckList
                label={NAMES[facet]}
                options={values.slice(0, OFFERED).map((value) => ({
                  id: value.key,
                  word: <Upstream text={wordOf(facet, value.key)} />,
                  clause: count(value.count),
                }))}
                chosen={filters.search[facet] ?? []}
                onChange={(words) => filters.setFacet(facet, words)}
              />
              {values.length > OFFERED && (
                <p className="text-right text-xs text-muted">{count(values.length - OFFERED)} more with fewer</p>
              )}
            </div>
          );
        })}
      </div>
    </Popover>
  );
}
