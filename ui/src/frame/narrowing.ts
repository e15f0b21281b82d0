import { useLocation } from "@tanstack/react-router";
import { useMemo } from "react";
import type { PaletteGroup } from "../components/palette/rank";
import { useFrame } from "../host/frame";
import { useChoose, useMoment } from "./moment";
import { PAGES } from "./pages";
import { rangesWith, rangeWord } from "./range";
import { teamsOf } from "./teams";

/** Every team and range that the page can be narrowed to, for the palette. */
export function useNarrowing(): PaletteGroup {
  const path = useLocation({ select: (location) => location.pathname });
  const frame = useFrame().data;
  const { team, range } = useMoment();
  const choose = useChoose();
  return useMemo(() => {
    const narrows = PAGES.find((page) => page.path === path)?.narrows ?? [];
    const teams = narrows.includes("team") ? teamsOf(frame, team) : [];
    const ranges = narrows.includes("range") ? rangesWith(range) : [];
    return {
      name: "Narrow to",
      entries: [
        ...teams.map((one) => ({
          id: `team:${one.team ?? ""}`,
          title: one.word,
          ...(one.team !== null && { subtitle: "team" }),
          run: () => choose({ team: one.team }),
        })),
        ...ranges.map((one) => ({ id: `range:${one}`, title: rangeWord(one), run: () => choose({ range: one }) })),
      ],
    };
    // The way to choose is made anew each time and always does the same.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [path, frame, team, range]);
}
