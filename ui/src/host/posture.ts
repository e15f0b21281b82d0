import { queryOptions, useQuery } from "@tanstack/react-query";
import { answer, done } from "./answer";
import { commands, type Flavour, type OnCall, type Posture } from "./bindings";
import { useMoment } from "../frame/moment";
import { useHost } from "./context";
import { MINUTE_MS } from "./refresh";

/** What the Posture page asks for and does. */
export interface PostureHost {
  /** What needs the lead of a team, `null`: of all, as of an instant (RFC 3339); `null`: now. */
  posture(asOf: string | null, team: string | null): Promise<Posture>;
  /** The same as text for documents or for chat. */
  postureText(asOf: string | null, team: string | null, flavour: Flavour): Promise<string>;
  /** Sets a row aside until an instant, or without one until it is worse. Answers the rows that were. */
  snooze(row: string, until: string | null, reason: string): Promise<string[]>;
  /** Brings a row back that was set aside. */
  unsnooze(row: string): Promise<void>;
  /** Notes that all of it was seen. Answers what was noted before. */
  markSeen(): Promise<string | null>;
  /** Puts back what was noted before as seen. */
  restoreSeen(before: string | null): Promise<void>;
  /** The shifts and gaps of the days after an instant. */
  rota(asOf: string | null): Promise<OnCall>;
}

/** The page's calls to the shell. */
export const postureShell: PostureHost = {
  posture: (asOf, team) => answer(commands.posture(asOf, team)),
  postureText: (asOf, team, flavour) => answer(commands.postureText(asOf, team, flavour)),
  snooze: (row, until, reason) => answer(commands.snooze(row, until, reason)),
  unsnooze: (row) => done(commands.unsnooze(row)),
  markSeen: () => answer(commands.markSeen()),
  restoreSeen: (before) => done(commands.restoreSeen(before)),
  rota: (asOf) => answer(commands.rota(asOf)),
};

/** What needs the lead of a team as of an instant. */
export const postureQuery = (host: PostureHost, asof: string | null, team: string | null) =>
  queryOptions({ queryKey: ["page", "posture", asof, team], queryFn: () => host.posture(asof, team) });

/** What needs the lead. Read again each minute while the window is seen, because ages grow. */
export function usePosture() {
  const host = useHost();
  const { asof, team } = useMoment();
  return useQuery({ ...postureQuery(host, asof, team), refetchInterval: asof === null && MINUTE_MS });
}

/** Shifts and gaps of the days after an instant. */
export const rotaQuery = (host: PostureHost, asof: string | null) =>
  queryOptions({ queryKey: ["page", "rota", asof], queryFn: () => host.rota(asof) });

/** Shifts and gaps of the days ahead. */
export function useRota() {
  const host = useHost();
  const { asof } = useMoment();
  return useQuery({ ...rotaQuery(host, asof), refetchInterval: asof === null && MINUTE_MS });
}
