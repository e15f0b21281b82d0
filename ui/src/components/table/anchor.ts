import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { HEAD } from "./TableHead";

interface Anchor {
  id: string;
  /** How far the view has gone past the row's top, in px. */
  past: number;
}

/**
 * Holds the row at the top of the view in its place when rows come or go above it. A view that stands at the very top
 * stays there, so that what is new is seen.
 */
export function useAnchor(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly { id: string }[],
  height: number,
  enabled: boolean,
): void {
  const anchor = useRef<Anchor | null>(null);
  const shown = useRef(rows);
  useLayoutEffect(() => {
    const element = scroller.current;
    shown.current = rows;
    if (!enabled || !element || !anchor.current) return;
    const place = placeOf(anchor.current, rows, height);
    if (place !== null && place !== element.scrollTop) element.scrollTo({ top: place });
  }, [rows, height, enabled, scroller]);
  useEffect(() => {
    const element = scroller.current;
    if (!enabled || !element) return;
    const note = () => {
      anchor.current = anchorAt(element.scrollTop, shown.current, height);
    };
    element.addEventListener("scroll", note, { passive: true });
    return () => element.removeEventListener("scroll", note);
  }, [height, enabled, scroller]);
}

/** The row at the top of a view scrolled so far; none at the very top. */
export function anchorAt(scrolled: number, rows: readonly { id: string }[], height: number): Anchor | null {
  const index = Math.floor(scrolled / height);
  const row = scrolled > HEAD ? rows[index] : undefined;
  return row ? { id: row.id, past: scrolled - index * height } : null;
}

/** How far the view has to be scrolled for the anchor to stand where it did; `null` when its row is gone. */
export function placeOf(anchor: Anchor, rows: readonly { id: string }[], height: number): number | null {
  const index = rows.findIndex((row) => row.id === anchor.id);
  return index < 0 ? null : index * height + anchor.past;
}
