import { type RefObject, useEffect, useRef } from "react";

/** Brings what was just found into sight: a form is longer than its pane, and what it says stands at its end. */
export function useSeen<Element extends HTMLElement>(what: unknown): RefObject<Element | null> {
  const ref = useRef<Element>(null);
  useEffect(() => {
    if (what !== null) ref.current?.scrollIntoView?.({ block: "nearest" });
  }, [what]);
  return ref;
}
