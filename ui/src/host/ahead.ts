import type { QueryClient } from "@tanstack/react-query";
import { frameQuery } from "./frame";
import type { Host } from "./host";
import { postureQuery, rotaQuery } from "./posture";
import { folderQuery } from "./start";

/** Asks for what a start shows. A refusal is told by the page, which asks again. */
export const readAhead = (client: QueryClient, host: Host): Promise<unknown> =>
  Promise.all([
    client.prefetchQuery(folderQuery(host)),
    client.prefetchQuery(frameQuery(host)),
    client.prefetchQuery(postureQuery(host, null, null)),
    client.prefetchQuery(rotaQuery(host, null)),
  ]);
