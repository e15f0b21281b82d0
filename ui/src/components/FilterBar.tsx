import { Toggle } from "@base-ui/react/toggle";
import { Search, X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { useCommand } from "../commands/keyboard";
import { count } from "../format/number";
import { KeyHint } from "./KeyHint";

/** Something that rows can be narrowed to. */
export interface Facet {
  id: string;
  word: ReactNode;
  /** How many rows have it; left out where it is not known. */
  count?: number;
}

interface FilterBarProps {
  /** What is filtered: `incidents`. */
  noun: string;
  text: string;
  onText: (text: string) => void;
  facets?: readonly Facet[];
  /** Ids of the facets in force. */
  chosen?: readonly string[];
  onChosen?: (ids: string[]) => void;
  /** Filters that were kept under a name: a menu of the page's. */
  saved?: ReactNode;
  /** Rows left, and rows in all where that is known. */
  shown: number;
  of?: number;
}

const NO_FACETS: readonly Facet[] = [];
const NONE_CHOSEN: readonly string[] = [];

/** Narrows the list below it: words, facets with their counts, filters that were kept. `/` goes to the words. */
export function FilterBar({
  noun,
  text,
  onText,
  facets = NO_FACETS,
  chosen = NONE_CHOSEN,
  onChosen,
  saved,
  shown,
  of,
}: FilterBarProps) {
  const field = useRef<HTMLInputElement>(null);
  useCommand("filter.focus", () => field.current?.focus());
  const toggle = (id: string, on: boolean) => onChosen?.(on ? [...chosen, id] : chosen.filter((other) => other !== id));
  const filtered = text !== "" || chosen.length > 0;
  return (
    <search className="flex h-10 min-w-0 flex-none items-center gap-2 border-b border-line px-4 @max-[60rem]:h-auto @max-[60rem]:flex-wrap @max-[60rem]:py-2">
      <label className="relative flex h-6 w-44 flex-none items-center">
        <Search
          size={14}
          strokeWidth={1.75}
          aria-hidden="true"
          className="pointer-events-none absolute left-2 text-muted"
        />
        <input
          ref={field}
          type="text"
          value={text}
          aria-label={`Filter ${noun}`}
          placeholder="Filter"
          spellCheck={false}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            // One level up: first the words go, then the focus.
            if (text) onText("");
            else event.currentTarget.blur();
            event.stopPropagation();
          }}
          className="peer size-full rounded-control border border-line-strong bg-bg pr-6 pl-7 text-sm placeholder:text-muted"
        />
        {text === "" && (
          <span className="pointer-events-none absolute right-1 peer-focus:hidden">
            <KeyHint command="filter.focus" />
          </span>
        )}
      </label>
      <fieldset
        aria-label={`Narrow ${noun}`}
        className="flex min-w-0 items-center gap-1.5 overflow-hidden p-0.5 @max-[60rem]:flex-wrap"
      >
        {facets.map((facet) => (
          <Toggle
            key={facet.id}
            pressed={chosen.includes(facet.id)}
            onPressedChange={(on) => toggle(facet.id, on)}
            className="inline-flex h-5 flex-none items-center gap-1.5 rounded-key border border-line px-1.5 text-xs whitespace-nowrap text-muted tabular-nums hover:border-line-strong hover:text-fg data-pressed:border-accent data-pressed:bg-selection data-pressed:text-fg"
          >
            {facet.word}
            {facet.count !== undefined && <span>{count(facet.count)}</span>}
          </Toggle>
        ))}
        {filtered && (
          <button
            type="button"
            onClick={() => {
              onText("");
              onChosen?.([]);
            }}
            className="inline-flex h-5 flex-none items-center gap-1 rounded-key px-1 text-xs text-muted hover:text-fg"
          >
            <X size={12} strokeWidth={1.75} aria-hidden="true" /> clear
          </button>
        )}
      </fieldset>
      {saved}
      <output aria-live="polite" className="ml-auto text-sm whitespace-nowrap text-subtle tabular-nums">
        {of === undefined ? count(shown) : `${count(shown)} of ${count(of)}`}
      </output>
    </search>
  );
}
