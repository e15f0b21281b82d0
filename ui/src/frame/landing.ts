import { type RefObject, useEffect, useRef } from "react";

/**
 * Keeps the focus from being lost while somebody uses keys: it goes to the head of the page when one goes to another page,
 * and when what had it is gone.
 */
export function useLanding(path: string | undefined): RefObject<HTMLHeadingElement | null> {
  const head = useRef<HTMLHeadingElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    head.current?.focus({ preventScroll: true });
  }, [path]);
  useEffect(() => {
    let byKey = false;
    let asked = 0;
    // A dialog that closes gives the focus back itself, a little later than it goes.
    const land = () => {
      cancelAnimationFrame(asked);
      if (byKey) asked = requestAnimationFrame(() => nobodyHasIt() && head.current?.focus({ preventScroll: true }));
    };
    const key = () => {
      byKey = true;
      land();
    };
    const pointer = () => {
      byKey = false;
    };
    const watch = new MutationObserver(land);
    watch.observe(document.body, { childList: true, subtree: true });
    window.addEventListener("keydown", key);
    window.addEventListener("focusout", land);
    window.addEventListener("pointerdown", pointer, true);
    return () => {
      watch.disconnect();
      cancelAnimationFrame(asked);
      window.removeEventListener("keydown", key);
      window.removeEventListener("focusout", land);
      window.removeEventListener("pointerdown", pointer, true);
    };
  }, []);
  return head;
}

const nobodyHasIt = () => document.activeElement === null || document.activeElement === document.body;
