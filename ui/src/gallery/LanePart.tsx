import { useState } from "react";
import { Chip } from "../components/Chip";
import { Section } from "../components/Section";
import { Segmented } from "../components/Segmented";
import { StatusMark } from "../components/StatusMark";
import { ScheduleLanes } from "../components/lanes/ScheduleLanes";
import { FactList } from "../components/layout/FactList";
import { KeyFacts } from "../components/layout/KeyFacts";
import { KeyBar, KeyBarItem, Pane, Split } from "../components/layout/Pane";
import { PeekBlock, PeekPanel } from "../components/layout/PeekPanel";
import { LANES, LOW_LANES, MANY_LANES } from "./lanes";

const SETS = { four: LANES, many: MANY_LANES, low: LOW_LANES };

/** The lanes of a rota, with a peek at one shift. */
export function LanePart() {
  const [many, setMany] = useState<keyof typeof SETS>("four");
  const [selected, setSelected] = useState<string | null>("p5");
  const data = SETS[many];
  const block = data.groups
    .flatMap((group) => group.lanes)
    .flatMap((lane) => lane.blocks)
    .find(({ id }) => id === selected);
  return (
    <Split
      width={328}
      beside={
        block ? (
          <PeekPanel
            label="Shift"
            title={block.label || "Nobody"}
            lead={
              <>
                <Chip>shift</Chip>
                <span className="font-mono text-sm text-muted">{block.id}</span>
              </>
            }
            clause={block.text}
            onClose={() => setSelected(null)}
          >
            <PeekBlock>
              <FactList
                facts={[
                  { name: "Length", value: "24h, 10h in her night" },
                  { name: "Comes after", value: <StatusMark status="critical" word="Gap 12h" /> },
                ]}
              />
            </PeekBlock>
          </PeekPanel>
        ) : (
          <Pane label="Beside">
            <Section title="Nothing selected">
              <p className="text-muted">Choose a shift.</p>
            </Section>
          </Pane>
        )
      }
    >
      <header className="flex flex-none items-center border-b border-line px-4 py-3">
        <KeyFacts
          facts={[
            { label: "Primary now", value: "Oskar → Sumire in 1h 00m", note: "Lisbon 07:00 → Tokyo 17:00 at handover" },
            {
              label: "Next 14 days",
              value: <StatusMark status="critical" word="12h gap" />,
              note: "324 of 336h have a primary",
            },
          ]}
        />
        <span className="ml-auto">
          <Segmented
            label="Schedules"
            segments={[
              { id: "four", word: "four" },
              { id: "many", word: "1600" },
              { id: "low", word: "low" },
            ]}
            value={many}
            onChange={setMany}
          />
        </span>
      </header>
      <div className="min-h-0 grow">
        <ScheduleLanes
          label="Schedules, 9 to 29 November"
          data={data}
          selected={selected}
          onSelect={setSelected}
          keys="page"
        />
      </div>
      <KeyBar note="Past shifts are frozen; a change upstream becomes a revision">
        <KeyBarItem commands={["lanes.back", "lanes.forth"]}>shift</KeyBarItem>
        <KeyBarItem commands={["lanes.down", "lanes.up"]}>lane</KeyBarItem>
        <KeyBarItem commands={["lanes.gap"]}>next gap</KeyBarItem>
      </KeyBar>
    </Split>
  );
}
