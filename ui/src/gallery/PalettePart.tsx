import { useMemo, useState } from "react";
import { Button } from "../components/Button";
import { late } from "../components/late";
import { Section } from "../components/Section";
import { PaneHead, Split } from "../components/layout/Pane";
import { notify } from "../components/overlay/notices";
import { sampleRows } from "./rows";

const Palette = late(async () => (await import("../components/palette/Palette")).Palette);

/** The palette over 5,000 entries. */
export function PalettePart() {
  const [open, setOpen] = useState(false);
  const groups = useMemo(() => {
    const say = (title: string) => () => notify({ text: title });
    const rows = sampleRows(4_980);
    return [
      {
        name: "Go to",
        entries: rows.slice(0, 40).map((row) => ({
          id: row.id,
          title: `${row.id} ${row.what}`,
          subtitle: `${row.severity}, ${row.started}`,
          run: say(row.id),
        })),
      },
      {
        name: "Do",
        entries: [
          { id: "sync", title: "Sync every source now", keys: "Shift+R", run: say("sync") },
          { id: "posture", title: "Go to Posture", keys: "g p", run: say("posture") },
          {
            id: "stock",
            title: "Put INC-5379 replica of the stock store in the handover",
            keys: "h",
            run: say("handover"),
          },
        ],
      },
      {
        name: "Seen before",
        entries: rows.slice(40).map((row) => ({
          id: row.id,
          title: `${row.id} ${row.what}`,
          subtitle: `${row.started}, ${row.lasted}`,
          run: say(row.id),
        })),
      },
    ];
  }, []);
  return (
    <Split>
      <PaneHead answer="Palette" />
      <Section title="Over 5,000 entries">
        <Button onClick={() => setOpen(true)}>Find or run</Button>
      </Section>
      <Palette open={open} onClose={() => setOpen(false)} groups={groups} />
    </Split>
  );
}
