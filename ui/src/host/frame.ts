import { useQuery } from "@tanstack/react-query";
import { answer } from "./answer";
import { commands, type Frame } from "./bindings";
import { useHost } from "./context";

/** What the frame around the pages asks for. */
export interface FrameHost {
  /** Whose workspace this is, and in which zone times are told. */
  frame(): Promise<Frame>;
}

/** The frame's calls to the shell. */
export const frameShell: FrameHost = {
  frame: () => answer(commands.frame()),
};

/** Whose workspace this is. */
export function useFrame() {
  const host = useHost();
  return useQuery({ queryKey: ["settings", "frame"], queryFn: () => host.frame() });
}
