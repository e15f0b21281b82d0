import { queryOptions, useQuery } from "@tanstack/react-query";
import { answer } from "./answer";
import { commands, type FolderState } from "./bindings";
import { useHost } from "./context";

/** The first start: what the folder holds, and the ways to begin. */
export interface StartHost {
  /** Nothing yet, a workspace, or one that cannot be opened. */
  workspaceState(): Promise<FolderState>;
  /** Loads the demo team. */
  startDemo(): Promise<FolderState>;
  /** Makes an empty workspace. */
  startEmpty(name: string, timezone: string | null, me: string | null): Promise<FolderState>;
  /** Removes every row of the demo. */
  clearDemo(): Promise<FolderState>;
}

/** The calls to the shell. */
export const startShell: StartHost = {
  workspaceState: () => answer(commands.workspaceState()),
  startDemo: () => answer(commands.startDemo()),
  startEmpty: (name, timezone, me) => answer(commands.startEmpty(name, timezone, me)),
  clearDemo: () => answer(commands.clearDemo()),
};

/** What the folder holds. */
export const folderQuery = (host: StartHost) =>
  queryOptions({ queryKey: ["settings", "folder"], queryFn: () => host.workspaceState() });

/** What the folder holds. */
export const useFolder = () => useQuery(folderQuery(useHost()));
