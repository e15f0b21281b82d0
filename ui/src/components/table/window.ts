import { type RefObject, useLayoutEffect, useState } from "react";
import { flushSync } from "react-dom";

/** Rows that are drawn above and below what is seen. */
const BEYOND = 12;

interface WindowInput {
  count: number;
  /** Height of every row, and of what stays above and below them, in px. */
  height: number;
  head: number;
  foot: number;
  enabled: boolean;
}

/** The first and the last row that are drawn, and the way to another one. */
interface Window {
  first: number;
  last: number;
  scrollTo: (index: number) => void;
}

/** Which rows are drawn. They are equally high: nothing is measured, and a hundred thousand cost what a hundred do. */
export function useWindow(scroller: RefObject<HTMLElement | null>, input: WindowInput): Window {
  const { count, height, head, foot, enabled } = input;
  const [seen, setSeen] = useState({ first: 0, last: 2 * BEYOND });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!enabled || !element) return;
    const look = () => {
      const first = Math.floor(element.scrollTop / height);
      const last = Math.ceil((element.scrollTop + element.clientHeight) / height);
      setSeen((was) => (was.first === first && was.last === last ? was : { first, last }));
    };
    look();
    // Drawn before the next frame: what comes into sight is never blank.
    const scrolled = () => flushSync(look);
    const watch = new ResizeObserver(look);
    element.addEventListener("scroll", scrolled, { passive: true });
    watch.observe(element);
    return () => {
      element.removeEventListener("scroll", scrolled);
      watch.disconnect();
    };
  }, [scroller, height, enabled]);
  return {
    first: Math.max(Math.min(seen.first - BEYOND, count - 1), 0),
    last: Math.min(seen.last + BEYOND, count - 1),
    scrollTo: (index) => {
      const element = scroller.current;
      if (!element) return;
      const top = index * height;
      const least = top + height + head + foot - element.clientHeight;
      if (element.scrollTop > top) element.scrollTo({ top });
      else if (element.scrollTop < least) element.scrollTo({ top: least });
    },
  };
}
