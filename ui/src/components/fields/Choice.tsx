import { Select } from "@base-ui/react/select";
import { clsx } from "clsx";
import { Check, ChevronDown } from "lucide-react";
import { CONTROL } from "./Field";

/** Something that can be chosen. */
export interface Option<Id extends string = string> {
  id: Id;
  word: string;
  /** What it means, in a clause. */
  clause?: string;
}

interface ChoiceProps<Id extends string> {
  options: readonly Option<Id>[];
  value: Id | null;
  onChange: (value: Id) => void;
  /** Its name, where no field gives it one. */
  label?: string;
  className?: string;
}

/** One of a list. Inside a field, or alone with a label of its own. */
export function Choice<Id extends string>({ options, value, onChange, label, className = "w-full" }: ChoiceProps<Id>) {
  return (
    <Select.Root
      items={options.map((option) => ({ value: option.id, label: option.word }))}
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
    >
      <Select.Trigger aria-label={label} className={clsx(CONTROL, "flex items-center gap-2 text-left", className)}>
        <Select.Value className="cut grow" placeholder="Choose" />
        <Select.Icon>
          <ChevronDown size={14} strokeWidth={1.75} className="text-muted" aria-hidden="true" />
        </Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-20">
          <Select.Popup className="max-h-80 min-w-(--anchor-width) overflow-y-auto rounded-card border border-line-strong bg-floating p-1 outline-none">
            <Select.List>
              {options.map((option) => (
                <Select.Item
                  key={option.id}
                  value={option.id}
                  className="grid grid-cols-[1rem_minmax(0,1fr)_auto] items-center gap-x-1.5 rounded-control px-1.5 py-1 outline-none data-highlighted:bg-selection"
                >
                  <Select.ItemIndicator>
                    <Check size={14} strokeWidth={1.75} aria-hidden="true" />
                  </Select.ItemIndicator>
                  <Select.ItemText className="col-start-2">{option.word}</Select.ItemText>
                  {option.clause && <span className="pl-4 text-xs text-muted">{option.clause}</span>}
                </Select.Item>
              ))}
            </Select.List>
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}
