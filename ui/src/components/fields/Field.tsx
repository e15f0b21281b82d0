import { Field as Base } from "@base-ui/react/field";
import { clsx } from "clsx";
import type { ReactNode } from "react";

/** What every field of a form has. */
export interface FieldProps {
  label: string;
  /** What to write, and what becomes of it. */
  help?: ReactNode;
  /** Why it cannot stay so: what is wrong, and what would be right. */
  error?: string | null;
  disabled?: boolean;
}

/** Label of 112 px, the control, and under it the help or the error. */
export function Field({ label, help, error, disabled = false, children }: FieldProps & { children: ReactNode }) {
  return (
    <Base.Root
      invalid={Boolean(error)}
      disabled={disabled}
      className="grid grid-cols-[7rem_minmax(0,1fr)] items-start gap-x-3"
    >
      <Base.Label className="text-sm/7 text-muted">{label}</Base.Label>
      <div className="min-w-0">
        {children}
        {error ? (
          <Base.Error match className="mt-1 text-xs wrap-anywhere text-critical-fg">
            {error}
          </Base.Error>
        ) : (
          help && <Base.Description className="mt-1 text-xs text-muted">{help}</Base.Description>
        )}
      </div>
    </Base.Root>
  );
}

/** The look of whatever one writes into. */
export const CONTROL = clsx(
  "h-7 min-w-0 rounded-control border border-line-strong bg-bg px-2 text-base placeholder:text-subtle",
  "focus-visible:border-transparent focus-visible:outline-2 focus-visible:-outline-offset-1",
  "data-disabled:border-line data-disabled:bg-surface data-disabled:text-subtle data-invalid:border-critical",
);
