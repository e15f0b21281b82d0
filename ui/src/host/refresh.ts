import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useHost } from "./context";

/** How often a page reads again by itself what ages: each minute, while the window is seen. */
export const MINUTE_MS = 60_000;

/** Reads again what a change of data made old. Belongs once at the root. */
export function useDataChanges(): void {
  const host = useHost();
  const client = useQueryClient();
  useEffect(() => {
    const pages = () => void client.invalidateQueries({ queryKey: ["page"] });
    const stops = [
      host.onDataChanged((tags) => {
        if (tags.includes("settings")) void client.invalidateQueries({ queryKey: ["settings"] });
        pages();
      }),
      // A sync that brought nothing still changes what is known: freshness, and what cannot be seen.
      host.onSyncRun((run) => run.running || pages()),
    ];
    return () => stops.forEach((stop) => stop());
  }, [host, client]);
}
