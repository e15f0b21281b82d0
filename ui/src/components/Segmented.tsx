import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import type { ReactNode } from "react";

/** One way to look at something. */
export interface Segment<Id extends string = string> {
  id: Id;
  word: ReactNode;
}

interface SegmentedProps<Id extends string> {
  /** What is chosen, for those who cannot see it. */
  label: string;
  segments: readonly Segment<Id>[];
  value: Id;
  onChange: (value: Id) => void;
}

/** A few ways to look at the same thing; always exactly one holds. */
export function Segmented<Id extends string>({ label, segments, value, onChange }: SegmentedProps<Id>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      // Pressing the one that holds would leave none.
      onValueChange={([next]) => next !== undefined && onChange(next)}
      className="inline-flex h-6 rounded-control border border-line"
    >
      {segments.map((segment) => (
        <Toggle
          key={segment.id}
          value={segment.id}
          className="inline-flex items-center gap-1.5 border-line px-2 text-sm whitespace-nowrap text-muted not-first:border-l first:rounded-l-key last:rounded-r-key hover:text-fg data-pressed:bg-selection data-pressed:font-medium data-pressed:text-fg"
        >
          {segment.word}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
