import { QueryClient } from "@tanstack/react-query";

/** What keeps the host's answers. A local store answers at once or not at all: trying again by itself would only hide the fault. */
export const makeClient = () =>
  new QueryClient({
    defaultOptions: { queries: { networkMode: "always", retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
