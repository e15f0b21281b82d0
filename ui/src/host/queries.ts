import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useHost } from "./context";

const MINUTE_MS = 60_000;

/** Whose workspace this is. */
export function useFrame() {
  const host = useHost();
  return useQuery({ queryKey: ["settings", "frame"], queryFn: () => host.frame() });
}

/** What needs the lead. Read again each minute while the window is seen, because ages grow. */
export function usePosture() {
  const host = useHost();
  return useQuery({ queryKey: ["page", "posture"], queryFn: () => host.posture(), refetchInterval: MINUTE_MS });
}

/** Shifts and gaps of the days ahead. */
export function useRota() {
  const host = useHost();
  return useQuery({ queryKey: ["page", "rota"], queryFn: () => host.rota(), refetchInterval: MINUTE_MS });
}

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
