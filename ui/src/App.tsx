import { CSPProvider } from "@base-ui/react/csp-provider";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { makeClient } from "./host/client";
import { HostProvider } from "./host/context";
import type { Host } from "./host/host";
import { useDataChanges } from "./host/refresh";
import { type AppRouter, makeRouter } from "./router";

/** What a start has begun before anything is drawn. */
export interface Begun {
  client: QueryClient;
  router: AppRouter;
  /** Ends the following of changes that the start began, once the app follows them itself. */
  release: () => void;
}

/** The whole app on a host. */
export function App({ host, begun }: { host: Host; begun?: Begun }) {
  const [{ client, router, release }] = useState<Omit<Begun, "release"> & Partial<Begun>>(
    () => begun ?? { client: makeClient(), router: makeRouter() },
  );
  return (
    <CSPProvider disableStyleElements nonce={styleNonce()}>
      <HostProvider value={host}>
        <QueryClientProvider client={client}>
          <Pages router={router} release={release} />
        </QueryClientProvider>
      </HostProvider>
    </CSPProvider>
  );
}

function Pages({ router, release }: { router: AppRouter; release: (() => void) | undefined }) {
  useDataChanges(release);
  return <RouterProvider router={router} />;
}

/** The nonce that the shell put on the page's own style sheet. */
function styleNonce(): string | undefined {
  return document.querySelector<HTMLElement>("link[rel=stylesheet][nonce], style[nonce]")?.nonce;
}
