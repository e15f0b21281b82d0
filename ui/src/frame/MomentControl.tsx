import { Popover } from "@base-ui/react/popover";
import { useState } from "react";
import { Button } from "../components/Button";
import { DateTimeField } from "../components/fields/DateTimeField";
import { Segmented } from "../components/Segmented";
import { wallClock } from "../format/wall";
import { type Moment, useChoose, useMoment } from "./moment";
import { MomentButton, type MomentOfPage } from "./MomentButton";
import { daysOf, rangesWith } from "./range";

interface MomentControlProps extends MomentOfPage {
  /** Whether one chooses; held outside, because the key is answered before this is loaded. */
  open: boolean;
  onOpen: (open: boolean) => void;
}

/** Stands for no range among the segments. */
const ALL = "all";
const DAY_MS = 86_400_000;
const before = (at: string, days: number) =>
  new Date(Date.parse(at) - days * DAY_MS).toISOString().replace(/\.\d+Z$/, "Z");

/** Of which time the page speaks: how far back, and as of which instant. Escape closes it. */
export function MomentControl({ asOf, zone, ranged, open, onOpen }: MomentControlProps) {
  const { range } = useMoment();
  const put = useChoose();
  const choose = (part: Partial<Moment>) => {
    onOpen(false);
    put(part);
  };
  return (
    <Popover.Root open={open} onOpenChange={onOpen}>
      <Popover.Trigger render={<MomentButton asOf={asOf} zone={zone} ranged={ranged} />} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="z-20">
          <Popover.Popup className="w-[22.5rem] rounded-card border border-line-strong bg-raised p-3 outline-none">
            {ranged && <Range range={range} onChoose={(next) => choose({ range: next })} />}
            {asOf !== undefined && (
              <>
                <Popover.Title className="mb-2 font-semibold">Show the pages as of</Popover.Title>
                <Past asOf={asOf} zone={zone} onChoose={(instant) => choose({ asof: instant })} />
              </>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Range({ range, onChoose }: { range: string | null; onChoose: (range: string | null) => void }) {
  const ranges = rangesWith(range);
  const held = daysOf(range) === null ? null : range;
  return (
    <section className="border-line not-last:mb-3 not-last:border-b not-last:pb-3">
      <h3 className="mb-2 font-semibold">How far back</h3>
      <Segmented
        label="Range"
        segments={ranges.map((one) => ({
          id: one ?? ALL,
          word: one === null ? "all" : one.replace(/(\d)(?=d$)/, "$1\u00a0"),
        }))}
        value={held ?? ALL}
        onChange={(id) => onChoose(id === ALL ? null : id)}
      />
    </section>
  );
}

interface PastProps {
  asOf: string;
  zone: string;
  onChoose: (instant: string | null) => void;
}

function Past({ asOf, zone, onChoose }: PastProps) {
  const [written, setWritten] = useState<string | null>(asOf);
  const presets = [
    { word: "Now", at: null },
    { word: "This morning, 08:00", at: wallClock(asOf, zone, 0, 8) },
    { word: "A day before", at: before(asOf, 1) },
    { word: "A week before", at: before(asOf, 7) },
  ].filter(({ at }) => at === null || at < asOf);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (written) onChoose(written);
      }}
    >
      <DateTimeField label="Instant" value={written} onChange={setWritten} zone={zone} now={asOf} />
      <div className="flex flex-wrap gap-1">
        {presets.map(({ word, at }) => (
          <Button key={word} onClick={() => onChoose(at)}>
            {word}
          </Button>
        ))}
        <span className="grow" />
        <button
          type="submit"
          disabled={written === null}
          className="h-6 rounded-control bg-accent px-2 text-sm text-on-accent disabled:bg-surface disabled:text-subtle"
        >
          Show
        </button>
      </div>
    </form>
  );
}
