import { queryOptions, useQuery } from "@tanstack/react-query";
import { answer } from "./answer";
import { commands, type Frame, type IncidentEntry, type Place } from "./bindings";
import { useHost } from "./context";

/** What the frame around the pages asks for. */
export interface FrameHost {
  /** Whose workspace this is, and in which zone times are told. */
  frame(): Promise<Frame>;
  /** Everything that has a name and a page. */
  places(): Promise<Place[]>;
  /** The newest incidents whose title or number has the words. */
  findIncidents(text: string): Promise<IncidentEntry[]>;
  /** Draws the window's page larger or smaller, as a factor of the usual. */
  zoom(factor: number): Promise<void>;
}

/** The frame's calls to the shell. */
export const frameShell: FrameHost = {
  frame: () => answer(commands.frame()),
  places: () => answer(commands.places()),
  findIncidents: (text) => answer(commands.findIncidents(text)),
  zoom: async (factor) => {
    // Seldom asked for, so it is no part of what each start loads.
    const { getCurrentWebview } = await import("@tauri-apps/api/webview");
    await getCurrentWebview().setZoom(factor);
  },
};

/** Whose workspace this is. */
export const frameQuery = (host: FrameHost) =>
  queryOptions({ queryKey: ["settings", "frame"], queryFn: () => host.frame() });

/** Whose workspace this is. */
export const useFrame = () => useQuery(frameQuery(useHost()));

/** Everything that has a name, read when the palette is first opened. */
export function usePlaces(wanted: boolean) {
  const host = useHost();
  return useQuery({ queryKey: ["page", "places"], queryFn: () => host.places(), enabled: wanted });
}

/** Incidents for what is typed; the ones before stay until the next are there. */
export function useFoundIncidents(text: string) {
  const host = useHost();
  return useQuery({
    queryKey: ["page", "found", text],
    queryFn: () => host.findIncidents(text),
    enabled: text !== "",
    placeholderData: (before) => before,
  });
}
