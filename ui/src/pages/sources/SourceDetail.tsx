import { RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../components/Button";
import { Chip } from "../../components/Chip";
import { CoverageRibbon } from "../../components/CoverageRibbon";
import { KeyHint } from "../../components/KeyHint";
import { StatusMark } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { duration, relative } from "../../format/duration";
import { instant, withInstants } from "../../format/instant";
import { wordsOf } from "../../format/name";
import { counted } from "../../format/number";
import type { SourceOverview, SourcesPage, StreamOverview, Trouble } from "../../host/bindings";
import { CONDITIONS, RUNS } from "./condition";
import type { SourceDeeds } from "./deeds";
import type { Place } from "./place";
import { completeness, ribbonOf } from "./ribbon";

interface SourceDetailProps {
  source: SourceOverview;
  page: SourcesPage;
  place: Place;
  zone: string;
  deeds: SourceDeeds;
}

/** One source: what is wrong, what that blocks and what is kept, then each of its streams. */
export function SourceDetail({ source, page, place, zone, deeds }: SourceDetailProps) {
  const { status, word } = CONDITIONS[source.condition];
  const wrong = source.trouble !== null;
  const failed = wrong && source.trouble?.code !== NOT_READ;
  return (
    <section aria-label={source.name} className="flex-none border-b border-line px-4 py-3">
      <header className="flex min-w-0 flex-wrap items-center gap-2">
        <h2 className="max-w-64 flex-none cut text-lg font-semibold">
          <Upstream text={source.name} />
        </h2>
        <StatusMark status={status} word={word} plain={status === "ok"} />
        <Chip>{source.kind_title || source.kind}</Chip>
        {source.place && (
          <span className="quotable font-mono text-sm wrap-anywhere text-subtle">
            <Upstream text={source.place} />
          </span>
        )}
        <span className="ml-auto flex flex-none gap-2 @max-[60rem]:flex-wrap">
          <Button primary={wrong} onClick={deeds.retry}>
            <RefreshCw size={12} strokeWidth={1.75} aria-hidden="true" /> {failed ? "Retry now" : "Read now"}{" "}
            <KeyHint command="source.retry" onAccent={wrong} />
          </Button>
          <Button onClick={() => place.open("edit", source.name)}>
            Change <KeyHint command="source.edit" />
          </Button>
          <Button onClick={() => place.open("past", source.name)}>
            Past <KeyHint command="source.past" />
          </Button>
          <Button onClick={() => place.open("remove", source.name)}>
            Stop reading <KeyHint command="source.remove" />
          </Button>
        </span>
      </header>
      {source.trouble && <TroubleBlock trouble={source.trouble} now={page.as_of} zone={zone} />}
      <ul aria-label="Streams" className="mt-2.5">
        {source.streams.map((stream) => (
          <StreamLine key={stream.name} stream={stream} page={page} zone={zone} />
        ))}
      </ul>
    </section>
  );
}

/** The code of what nobody tried yet: nothing failed. */
const NOT_READ = "not_read";

function TroubleBlock({ trouble, now, zone }: { trouble: Trouble; now: string; zone: string }) {
  const blocked = trouble.blocks.map((block) => block.words);
  const since = trouble.since ? `since ${instant(trouble.since, now, zone)}` : "never read";
  const tries = trouble.failed_in_a_row > 0 ? `, ${counted(trouble.failed_in_a_row, "try", "tries")}` : "";
  return (
    <div className="quotable mt-2.5 grid grid-cols-[1.1fr_1fr_1fr] gap-6 @max-[60rem]:grid-cols-1 @max-[60rem]:gap-2">
      <Part title={trouble.code === NOT_READ ? "What is missing" : `What failed, ${since}${tries}`}>
        <Upstream text={withInstants(trouble.message, now, zone)} />. {trouble.next_step}
        <span className="mt-1 block font-mono text-subtle">
          {trouble.code}
          {trouble.stream && ` · ${trouble.stream}`}
        </span>
      </Part>
      <Part title="What it blocks">
        {blocked.length === 0 ? "No check of Posture rests on what is missing." : `${wordsOf(blocked.join(", "))}.`}
        {trouble.blocks_all_clear && " Posture cannot say that nothing needs you."}
      </Part>
      <Part title="What is kept">{trouble.kept}</Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h3 className="text-sm font-semibold">{title}</h3>
      <p className="mt-0.5 text-sm wrap-anywhere text-muted">{children}</p>
    </div>
  );
}

const REACH: Record<StreamOverview["reach"], string> = {
  past: "",
  present: "only its present can be read",
  listing: "listed whole each time",
};

function StreamLine({ stream, page, zone }: { stream: StreamOverview; page: SourcesPage; zone: string }) {
  const { as_of: now, from } = page;
  const { status, word } = RUNS[stream.state];
  const words = completeness(stream, from, now, zone);
  return (
    <li className="-mx-2 grid h-6 grid-cols-[minmax(14.75rem,1.4fr)_5.5rem_6rem_4rem_minmax(8rem,1.4fr)_6rem] items-center text-sm tabular-nums">
      <span className="cut px-2">
        {wordsOf(stream.name)} <span className="text-xs text-subtle">{REACH[stream.reach]}</span>
      </span>
      <span className="px-2">
        <StatusMark status={status} word={word} plain={status !== "unknown"} />
      </span>
      <span className="px-2 text-right text-muted">
        {stream.last_ok_at ? relative(stream.last_ok_at, now) : "never"}
      </span>
      <span className="px-2 text-right text-subtle">{duration(stream.interval_secs)}</span>
      <span className="px-2">
        {stream.reach !== "listing" && (
          <CoverageRibbon
            from={Date.parse(from) / 1000}
            to={Date.parse(now) / 1000}
            spans={ribbonOf(stream, from, now, zone)}
            label={`${wordsOf(stream.name)}: ${words}`}
          />
        )}
      </span>
      <span className="px-2 text-right text-muted">{stream.reach === "listing" ? "" : words}</span>
    </li>
  );
}
