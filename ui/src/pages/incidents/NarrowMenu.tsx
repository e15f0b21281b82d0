import { SlidersHorizontal } from "lucide-react";
import { useRef } from "react";
import { useCommand } from "../../commands/keyboard";
import { Button } from "../../components/Button";
import { CheckList } from "../../components/fields/CheckList";
import { KeyHint } from "../../components/KeyHint";
import { Popover } from "../../components/overlay/Popover";
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
        {FACETS.map((facet) => {
          const values = valuesOf(facets, facet);
          if (values.length === 0) return null;
          return (
            <div key={facet} className="border-line not-first:border-t not-first:pt-2">
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
