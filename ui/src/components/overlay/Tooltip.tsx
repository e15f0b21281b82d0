import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";

interface TooltipProps {
  /** What it is about: something that can have the focus. */
  trigger: ReactElement;
  /** More about it: the exact instant, the whole name. Never what is needed to understand. */
  children: ReactNode;
}

/** A word more on something, by pointer or by focus. */
export function Tooltip({ trigger, children }: TooltipProps) {
  return (
    <Base.Provider delay={300}>
      <Base.Root>
        <Base.Trigger render={trigger} />
        <Base.Portal>
          <Base.Positioner sideOffset={6} className="z-20">
            <Base.Popup className="max-w-80 rounded-control border border-line-strong bg-raised px-2 py-1 text-sm tabular-nums">
              {children}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </Base.Provider>
  );
}
