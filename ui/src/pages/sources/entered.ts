import { type RefObject, useEffect, useRef } from "react";

/** Where one goes on: in the first field, else at what is chosen, else at the way back. */
const PLACES = ["[role=combobox], input, textarea", "[aria-pressed=true]", "button"];

/** Who opens a pane goes on in it. */
export function useEntered<Element extends HTMLElement>(): RefObject<Element | null> {
  const pane = useRef<Element>(null);
  useEffect(() => {
    const places = PLACES.map((place) => pane.current?.querySelector<HTMLElement>(place));
    places.find((place) => place)?.focus({ preventScroll: true });
  }, []);
  return pane;
}
