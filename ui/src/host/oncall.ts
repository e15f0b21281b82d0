import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";
import { useMoment } from "../frame/moment";
import { answer } from "./answer";
import { commands, type Flavour, type GapDetail, type Lanes, type ShiftDetail } from "./bindings";
import { useHost } from "./context";
import { MINUTE_MS } from "./refresh";

/** Which window of the rota is looked at. */
export interface RotaWindow {
  /** Its first day, `YYYY-MM-DD`; `null`: around the instant. */
  from: string | null;
  /** How long it is. */
  span: Lanes["span"];
}

/** What the On-call page asks for. */
export interface OncallHost {
  /** The rota of a window as lanes, as of an instant (RFC 3339); `null`: now. */
  oncallLanes(asOf: string | null, window: RotaWindow, team: string | null): Promise<Lanes>;
  /** The same as text. */
  oncallText(asOf: string | null, window: RotaWindow, team: string | null, flavour: Flavour): Promise<string>;
  /** A shift in full; `near` is an instant in it. */
  oncallShift(asOf: string | null, id: string, near: string): Promise<ShiftDetail>;
  /** A gap in full. */
  oncallGap(asOf: string | null, schedule: string, start: string, end: string): Promise<GapDetail>;
}

/** The page's calls to the shell. */
export const oncallShell: OncallHost = {
  oncallLanes: (asOf, { from, span }, team) => answer(commands.oncallLanes(asOf, from, span, team)),
  oncallText: (asOf, { from, span }, team, flavour) => answer(commands.oncallText(asOf, from, span, team, flavour)),
  oncallShift: (asOf, id, near) => answer(commands.oncallShift(asOf, id, near)),
  oncallGap: (asOf, schedule, start, end) => answer(commands.oncallGap(asOf, schedule, start, end)),
};

/** The rota of a window; without one nothing is asked. While another window is read the one before stays in sight. */
export function useLanes(window: RotaWindow | null) {
  const host = useHost();
  const { asof, team } = useMoment();
  return useQuery({
    queryKey: ["page", "oncall", asof, team, window?.from, window?.span],
    queryFn: window ? () => host.oncallLanes(asof, window, team) : skipToken,
    placeholderData: keepPreviousData,
    refetchInterval: asof === null && MINUTE_MS,
  });
}

/** A shift in full; without one nothing is asked. */
export function useShift(shift: { id: string; near: string } | null) {
  const host = useHost();
  const { asof } = useMoment();
  return useQuery({
    queryKey: ["page", "oncall-shift", asof, shift?.id],
    queryFn: () => host.oncallShift(asof, shift?.id ?? "", shift?.near ?? ""),
    enabled: shift !== null,
  });
}

/** A gap in full; without one nothing is asked. */
export function useGap(gap: { schedule: string; start: string; end: string } | null) {
  const host = useHost();
  const { asof } = useMoment();
  return useQuery({
    queryKey: ["page", "oncall-gap", asof, gap?.schedule, gap?.start],
    queryFn: () => host.oncallGap(asof, gap?.schedule ?? "", gap?.start ?? "", gap?.end ?? ""),
    enabled: gap !== null,
  });
}

/** Text for the clipboard: of the page, of a shift, of a gap. */
export function useRotaTexts(window: RotaWindow) {
  const host = useHost();
  const { asof, team } = useMoment();
  return {
    page: (flavour: Flavour) => host.oncallText(asof, window, team, flavour),
    shift: async (id: string, near: string, flavour: Flavour) => (await host.oncallShift(asof, id, near)).text[flavour],
    gap: async (schedule: string, start: string, end: string, flavour: Flavour) =>
      (await host.oncallGap(asof, schedule, start, end)).text[flavour],
  };
}
