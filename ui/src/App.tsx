import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { HostProvider } from "./host/context";
import type { Host } from "./host/host";
import { useDataChanges } from "./host/refresh";
import { makeRouter } from "./router";

/** The whole app on a host. */
export function App({ host }: { host: Host }) {
  const [client] = useState(
    // A local store answers at once or not at all: trying again by itself would only hide the fault.
    () =>
      new QueryClient({
        defaultOptions: { queries: { networkMode: "always", retry: false, staleTime: Number.POSITIVE_INFINITY } },
      }),
  );
  return (
    <CSPProvider disableStyleElements nonce={styleNonce()}>
      <HostProvider value={host}>
        <QueryClientProvider client={client}>
          <Pages />
        </QueryClientProvider>
      </HostProvider>
    </CSPProvider>
  );
}

function Pages() {
  const [router] = useState(makeRouter);
  useDataChanges();
  return <RouterProvider router={router} />;
}

/** The nonce that the shell put on the page's own style sheet. */
function styleNonce(): string | undefined {
  return document.querySelector<HTMLElement>("link[rel=stylesheet][nonce], style[nonce]")?.nonce;
}
