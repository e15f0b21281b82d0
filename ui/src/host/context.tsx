import { createContext, useContext } from "react";
import type { Host } from "./host";

const HostContext = createContext<Host | null>(null);

/** Gives the pages below it their host. */
export const HostProvider = HostContext.Provider;

/** The host that the page runs in. */
export function useHost(): Host {
  const host = useContext(HostContext);
  if (!host) throw new Error("useHost needs a HostProvider above it");
  return host;
}
