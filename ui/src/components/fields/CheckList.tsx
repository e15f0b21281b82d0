import { Checkbox } from "@base-ui/react/checkbox";
import { Check } from "lucide-react";
import { type ReactNode, useId } from "react";

/** Something that can be ticked. */
export interface CheckOption {
  id: string;
  word: ReactNode;
  /** At the right: how often, how many. */
  clause?: string;
}

interface CheckListProps {
  label: string;
  options: readonly CheckOption[];
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}

/** Several of a list, in a form. */
export function CheckList({ label, options, chosen, onChange }: CheckListProps) {
  const name = useId();
  return (
    <div role="group" aria-labelledby={name} className="grid grid-cols-[7rem_minmax(0,1fr)] items-start gap-x-3">
      <span id={name} className="text-sm/7 text-muted">
        {label}
      </span>
      <div>
        {options.map((option) => (
          <label key={option.id} className="flex h-7 items-center gap-2">
            <Checkbox.Root
              checked={chosen.includes(option.id)}
              onCheckedChange={(on) =>
                onChange(on ? [...chosen, option.id] : chosen.filter((other) => other !== option.id))
              }
              className="grid size-3.5 flex-none place-items-center rounded-key border-[1.5px] border-muted data-checked:border-accent data-checked:bg-accent data-checked:text-on-accent"
            >
              <Checkbox.Indicator>
                <Check size={10} strokeWidth={3} aria-hidden="true" />
              </Checkbox.Indicator>
            </Checkbox.Root>
            {option.word}
            {option.clause && <span className="ml-auto text-xs text-muted tabular-nums">{option.clause}</span>}
          </label>
        ))}
      </div>
    </div>
  );
}
