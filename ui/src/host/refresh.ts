import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useHost } from "./context";
import type { SyncHost } from "./sync";

/** How often a page reads again by itself what ages: each minute, while the window is seen. */
export const MINUTE_MS = 60_000;

/** Reads again what a change of data made old, until it is stopped. */
export function followChanges(host: SyncHost, client: QueryClient): () => void {
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
}

/** Follows changes as long as the app stands. Belongs once at the root; what followed them until then is released. */
export function useDataChanges(release?: () => void): void {
  const host = useHost();
  const client = useQueryClient();
  useEffect(() => {
    const stop = followChanges(host, client);
    release?.();
    return stop;
  }, [host, client, release]);
}
