import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { Button } from "../components/Button";
import { Chip } from "../components/Chip";
import { Section } from "../components/Section";
import { Tabs } from "../components/Tabs";
import { TextField } from "../components/fields/TextField";
import { PaneHead, Split } from "../components/layout/Pane";
import { Dialog } from "../components/overlay/Dialog";
import { Menu } from "../components/overlay/Menu";
import { Popover } from "../components/overlay/Popover";
import { notify } from "../components/overlay/notices";
import { Tooltip } from "../components/overlay/Tooltip";

const nothing = () => undefined;

/** What lies over a page: toast, dialog, menu, popover, tooltip; and tabs. */
export function OverlayPart() {
  const [asking, setAsking] = useState(false);
  const [tab, setTab] = useState("timeline");
  const [reason, setReason] = useState("");
  return (
    <Split>
      <PaneHead answer="Overlays" />
      <Section title="Opened by these">
        <div className="flex flex-wrap items-center gap-2">
          <Button
            onClick={() =>
              notify({
                text: "INC-41 is in the handover",
                onUndo: () => notify({ text: "INC-41 is out of the handover again" }),
              })
            }
          >
            Toast with undo
          </Button>
          <Button onClick={() => notify({ text: "Copied as Markdown" })}>Toast</Button>
          <Button onClick={() => setAsking(true)}>Dialog</Button>
          <Menu
            trigger={
              <Button>
                <Ellipsis size={14} strokeWidth={1.75} aria-hidden="true" /> Menu
              </Button>
            }
            groups={[
              {
                id: "do",
                entries: [
                  { id: "copy", word: "Copy as Markdown", keys: "c", run: nothing },
                  { id: "table", word: "Show the numbers", keys: "v", run: nothing },
                ],
              },
              {
                id: "export",
                name: "Export",
                entries: [
                  { id: "png", word: "Picture, PNG", run: nothing },
                  { id: "csv", word: "Numbers, CSV", run: nothing },
                  { id: "pdf", word: "PDF", disabled: true, run: nothing },
                ],
              },
            ]}
          />
          <TeamMenu />
          <Popover trigger={<Button>Popover</Button>} title="Where the number comes from">
            <p className="text-sm text-muted">
              7,488 of 41,600 allowed errors are left. Counted hour by hour from the metrics, 717 of 720 hours known.
            </p>
          </Popover>
          <Tooltip
            trigger={
              <button type="button" className="rounded-key text-sm text-muted">
                1h 12m ago
              </button>
            }
          >
            Mon 16 Nov 2026, 05:48 UTC
          </Tooltip>
        </div>
      </Section>
      <div className="border-t border-line pt-2">
        <Tabs
          label="Incident"
          value={tab}
          onChange={setTab}
          tabs={[
            {
              id: "timeline",
              word: "Timeline",
              count: 9,
              content: <p className="px-4 py-3 text-muted">Nine entries.</p>,
            },
            { id: "people", word: "People", count: 2, content: <p className="px-4 py-3 text-muted">Two people.</p> },
            { id: "changes", word: "Changes", content: <p className="px-4 py-3 text-muted">Not read.</p> },
          ]}
        />
      </div>
      <Section title="Chips">
        <div className="flex gap-2">
          <Chip>SEV2</Chip>
          <Chip code>PD-QX71</Chip>
          <Chip filled>120 d</Chip>
        </div>
      </Section>
      <Dialog
        open={asking}
        title="Close INC-41 with a reason"
        clause="It leaves the handover; the reason stays with it."
        verb="Close it"
        disabled={reason.trim() === ""}
        refusal={reason === "no" ? "Refused: say in a few words why" : null}
        onSubmit={() => {
          setAsking(false);
          notify({ text: "INC-41 closed", onUndo: nothing });
        }}
        onClose={() => setAsking(false)}
      >
        <TextField
          label="Reason"
          value={reason}
          onChange={setReason}
          lines={3}
          help="Names what was done, not who did it"
        />
      </Dialog>
    </Split>
  );
}

/** A menu of the ways that something can be, of which one holds. It stays in the landmark of the page. */
function TeamMenu() {
  const [team, setTeam] = useState("all");
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const words = { all: "All teams", platform: "platform", search: "search" };
  const entries = Object.entries(words).map(([id, word]) => ({ id, word, run: () => setTeam(id) }));
  return (
    <span ref={setPlace}>
      <Menu place={place} trigger={<Button>One of these</Button>} groups={[{ id: "teams", entries, chosen: team }]} />
    </span>
  );
}
