import { clsx } from "clsx";
import type { ReactNode } from "react";

interface ChipProps {
  children: ReactNode;
  /** Filled instead of outlined: a filter that is in force. */
  filled?: boolean;
  /** An id or a code: set in the mono face. */
  code?: boolean;
}

/** A type, an id, a filter in force. Never a status: that has a mark. */
export function Chip({ children, filled = false, code = false }: ChipProps) {
  return (
    <span
      className={clsx(
        "inline-flex h-[1.125rem] items-center gap-1 rounded-key border px-1.5 text-xs whitespace-nowrap text-muted",
        filled ? "border-transparent bg-raised" : "border-line",
        code && "font-mono",
      )}
    >
      {children}
    </span>
  );
}
