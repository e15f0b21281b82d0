import { useSyncExternalStore } from "react";

/** The same width as the `wide` of app.css. */
const wide = () => window.matchMedia("(min-width: 1760px)");

/** Whether the window has room for the larger form, where that is more than a matter of style. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = wide();
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => wide().matches,
  );
}
