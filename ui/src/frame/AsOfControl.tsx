import { Popover } from "@base-ui/react/popover";
import { useNavigate } from "@tanstack/react-router";
import { History } from "lucide-react";
import { useState } from "react";
import { useCommand } from "../commands/keyboard";
import { Button } from "../components/Button";
import { DateTimeField } from "../components/fields/DateTimeField";
import { KeyHint } from "../components/KeyHint";
import { stamp } from "../format/instant";
import { wallClock } from "../format/wall";
import { useMoment } from "./moment";

interface AsOfControlProps {
  /** The instant that the page speaks of, RFC 3339. */
  asOf: string;
  zone: string;
}

interface OpenProps {
  /** Whether one chooses; held outside, because the key is answered before this is loaded. */
  open: boolean;
  onOpen: (open: boolean) => void;
}

const DAY_MS = 86_400_000;
const before = (at: string, days: number) =>
  new Date(Date.parse(at) - days * DAY_MS).toISOString().replace(/\.\d+Z$/, "Z");

/** Of which instant the pages speak, and the way to another one. Escape and `Shift+N` lead back to now. */
export function AsOfControl({ asOf, zone, open, onOpen: setOpen }: AsOfControlProps & OpenProps) {
  const { asof } = useMoment();
  const navigate = useNavigate();
  const choose = (instant: string | null) => {
    setOpen(false);
    void navigate({
      to: ".",
      // Named although it is absent: what is left out is kept.
      search: (old) => ({ ...old, asof: instant ?? undefined }),
    });
  };
  useCommand("moment.now", () => choose(null), asof !== null);
  const past = asof !== null;
  return (
    <>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger
          className={`flex h-7 items-center gap-1.5 rounded-control border px-2 text-sm whitespace-nowrap hover:border-line-strong ${past ? "border-accent bg-selection" : "border-line"}`}
        >
          <History size={14} strokeWidth={1.75} className="text-muted" aria-hidden="true" />
          <span>{past ? "As it was" : "As of"}</span>
          <time dateTime={asOf} className="tabular-nums">
            {stamp(asOf, zone)}
          </time>
          <KeyHint command="moment.open" />
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner sideOffset={6} align="end" className="z-20">
            <Popover.Popup className="w-[360px] rounded-card border border-line-strong bg-raised p-3 outline-none">
              <Popover.Title className="mb-2 font-semibold">Show the pages as of</Popover.Title>
              <Past asOf={asOf} zone={zone} onChoose={choose} />
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
      {past && (
        <Button onClick={() => choose(null)}>
          Back to now <KeyHint command="moment.now" />
        </Button>
      )}
    </>
  );
}

function Past({ asOf, zone, onChoose }: AsOfControlProps & { onChoose: (instant: string | null) => void }) {
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
