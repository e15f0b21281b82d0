import { clsx } from "clsx";
import { useState } from "react";
import { Button } from "../../components/Button";
import { KeyHint } from "../../components/KeyHint";
import { Segmented } from "../../components/Segmented";
import { Upstream } from "../../components/Upstream";
import { TextField } from "../../components/fields/TextField";
import { runCommand } from "../../commands/keyboard";
import { instant } from "../../format/instant";
import { wordsOf } from "../../format/name";
import { count } from "../../format/number";
import type { SourceOverview } from "../../host/bindings";
import { useHost } from "../../host/context";
import { useSync } from "../../host/sync";
import { useDeed } from "./deeds";
import { useEntered } from "./entered";

const DEPTHS = [
  { id: "28", word: "28 days" },
  { id: "90", word: "90 days" },
  { id: "396", word: "13 months" },
  { id: "day", word: "To a day" },
] as const;

interface PastPaneProps {
  source: SourceOverview;
  now: string;
  zone: string;
  onClose: () => void;
}

/** Reads more of a source's past: newest first, each part usable on arrival, and it can be stopped. */
export function PastPane({ source, now, zone, onClose }: PastPaneProps) {
  const host = useHost();
  const { deed } = useDeed();
  const pane = useEntered<HTMLElement>();
  const { progress } = useSync();
  const [depth, setDepth] = useState<(typeof DEPTHS)[number]["id"]>("90");
  const [day, setDay] = useState("");
  const days = depth === "day" ? daysTo(day, now) : Number(depth);
  const timed = source.streams.filter((stream) => stream.reach === "past");
  const reading = progress.running ? progress.sources.filter((step) => step.name === source.name) : [];
  return (
    <aside ref={pane} aria-label="Past" className="flex min-h-0 flex-col border-l border-line bg-surface">
      <header className="flex-none border-b border-line px-4 pt-3 pb-2.5">
        <div className="flex items-center gap-2">
          <h2 className="cut text-lg font-semibold">
            The past of <Upstream text={source.name} />
          </h2>
          <button type="button" title="Close" onClick={onClose} className="ml-auto rounded-key">
            <KeyHint command="level.up" />
          </button>
        </div>
        <p className="mt-0.5 text-sm text-muted">
          {timed.length > 0
            ? "Read newest first, with half of what the source allows; each part can be used as soon as it is there."
            : "It shows only its present: there is no past to read. What was read here is kept."}
        </p>
      </header>
      <div className="flex min-h-0 grow flex-col gap-3 overflow-y-auto px-4 py-3">
        {timed.length > 0 && (
          <div>
            <Segmented label="How far back" segments={DEPTHS} value={depth} onChange={setDepth} />
          </div>
        )}
        {depth === "day" && (
          <TextField
            label="Day"
            value={day}
            placeholder="2026-03-01"
            onChange={setDay}
            error={day.length >= 10 && days === null ? "Write a day that is over, as 2026-03-01" : null}
          />
        )}
        <ul className="text-sm">
          {timed.map((stream) => (
            <li key={stream.name} className="flex h-6 items-center gap-2">
              {wordsOf(stream.name)}
              <span className="ml-auto text-muted tabular-nums">
                {stream.first_at ? `read from ${instant(stream.first_at, now, zone)}` : "not read yet"}
              </span>
            </li>
          ))}
        </ul>
        {progress.running && (
          <div role="status" className="border-t border-line pt-3 text-sm tabular-nums">
            {reading.map((step) => (
              <p key={`${step.name} ${step.stream}`}>
                {step.stream && wordsOf(step.stream)} {count(step.done)}
                {step.total ? ` of about ${count(step.total)}` : " read"}
              </p>
            ))}
            {reading.length === 0 && <p className="text-muted">Reading…</p>}
          </div>
        )}
        {progress.error && (
          <p role="alert" className="text-sm wrap-anywhere text-critical-fg">
            {progress.error}
          </p>
        )}
      </div>
      <footer
        className={clsx(
          "flex flex-none items-center gap-2 border-t border-line px-4 py-3",
          timed.length === 0 && !progress.running && "hidden",
        )}
      >
        <Button
          primary
          large
          disabled={days === null || timed.length === 0}
          onClick={() =>
            days !== null &&
            void deed(() => host.backfillSource(source.name, days), `Reading ${days} days of ${source.name}`)
          }
        >
          {days === null ? "Read" : `Read ${count(days)} days`}
        </Button>
        {progress.running && (
          <Button large onClick={() => runCommand("sync.cancel")}>
            Stop <KeyHint command="sync.cancel" />
          </Button>
        )}
      </footer>
    </aside>
  );
}

/** Whole days from a day to now; `null` for what is no day that is over. */
function daysTo(day: string, now: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const start = Date.parse(`${day}T00:00:00Z`);
  const days = Math.ceil((Date.parse(now) - start) / 86_400_000) + 1;
  return Number.isFinite(days) && days > 1 ? days : null;
}
