import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMoment } from "../frame/moment";
import { answer } from "./answer";
import { commands, type Flavour, type SloPage, type SloTable } from "./bindings";
import { useHost } from "./context";
import { MINUTE_MS } from "./refresh";

/** What the SLOs page asks for. */
export interface SlosHost {
  /** Every SLO of a team, or of all, as of an instant (RFC 3339); `null`: now. */
  sloTable(asOf: string | null, team: string | null): Promise<SloTable>;
  /** One SLO in full. */
  sloPage(id: string, asOf: string | null): Promise<SloPage>;
  /** The table as text for documents or for chat. */
  slosText(asOf: string | null, team: string | null, flavour: Flavour): Promise<string>;
  /** One SLO as text: its line, or its whole page. */
  sloText(id: string, asOf: string | null, whole: boolean, flavour: Flavour): Promise<string>;
}

/** The page's calls to the shell. */
export const slosShell: SlosHost = {
  sloTable: (asOf, team) => answer(commands.sloTable(asOf, team)),
  sloPage: (id, asOf) => answer(commands.sloPage(id, asOf)),
  slosText: (asOf, team, flavour) => answer(commands.slosText(asOf, team, flavour)),
  sloText: (id, asOf, whole, flavour) => answer(commands.sloText(id, asOf, whole, flavour)),
};

/** Every SLO. Read again each minute while the window is seen, because ages grow. */
export function useSloTable() {
  const host = useHost();
  const { asof, team } = useMoment();
  return useQuery({
    queryKey: ["page", "slos", asof, team],
    queryFn: () => host.sloTable(asof, team),
    refetchInterval: asof === null && MINUTE_MS,
    placeholderData: keepPreviousData,
  });
}

/** One SLO in full. */
export function useSloPage(id: string) {
  const host = useHost();
  const { asof } = useMoment();
  return useQuery({
    queryKey: ["page", "slo", id, asof],
    queryFn: () => host.sloPage(id, asof),
    refetchInterval: asof === null && MINUTE_MS,
  });
}
