import { useLocation } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { isAnswered, runCommand } from "../commands/keyboard";
import { COMMANDS, keysOf } from "../commands/registry";
import { Palette } from "../components/palette/Palette";
import type { PaletteGroup } from "../components/palette/rank";
import type { Place, PlaceKind } from "../host/bindings";
import { useFoundIncidents, usePlaces } from "../host/frame";
import { pageOf, useFollow } from "./follow";
import { useNarrowing } from "./narrowing";
import { usePresenting } from "./presenter";

const SORTS: readonly { kind: PlaceKind; name: string }[] = [
  { kind: "slo", name: "SLOs" },
  { kind: "service", name: "Services" },
  { kind: "person", name: "People" },
  { kind: "source", name: "Sources" },
];

/** Everything that can be done or opened from here. What no page answers for now is left out. */
export function AppPalette({ onClose }: { onClose: () => void }) {
  const [asked, setAsked] = useState("");
  const places = usePlaces(true).data;
  const incidents = useFoundIncidents(asked).data;
  const follow = useFollow();
  const presenting = usePresenting();
  const narrowing = useNarrowing();
  const here: string = useLocation({ select: (location) => location.pathname.slice(1) });
  const groups = useMemo(() => {
    const commands = (go: boolean): PaletteGroup => ({
      name: go ? "Go to" : "Do",
      entries: COMMANDS.filter(({ id }) => id.startsWith("go.") === go && id !== "palette.open" && isAnswered(id))
        // What the page itself can do comes before what can be done everywhere.
        .toSorted((a, b) => Number(b.scope === here) - Number(a.scope === here))
        .map(({ id, title }) => ({ id, title, keys: keysOf(id), run: () => void runCommand(id) })),
    });
    const open = (place: Place, index: number) => ({
      id: `${place.kind}:${index}:${place.link}`,
      title: place.name,
      ...(place.detail && { subtitle: place.detail }),
      run: () => follow(place.link),
    });
    const named = SORTS.filter(({ kind }) => !(presenting && kind === "person")).map(({ kind, name }) => ({
      name,
      entries: (places ?? []).filter((place) => place.kind === kind && pageOf(place.link)).map(open),
    }));
    const found = {
      name: "Incidents",
      entries: (pageOf("/incidents") ? (incidents ?? []) : []).map((incident) => ({
        id: incident.id,
        title: incident.title,
        subtitle: [incident.number, incident.service, incident.status].filter(Boolean).join(" · "),
        run: () => follow(`/incidents?open=${encodeURIComponent(incident.id)}`),
      })),
    };
    return [commands(true), commands(false), narrowing, ...named, found];
  }, [here, places, incidents, follow, presenting, narrowing]);
  return <Palette open onClose={onClose} groups={groups} onAsk={setAsked} />;
}
