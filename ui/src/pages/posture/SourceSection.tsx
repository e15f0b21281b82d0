import { Fragment } from "react";
import { Button } from "../../components/Button";
import { Section } from "../../components/Section";
import { StatusMark } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { runCommand } from "../../commands/keyboard";
import { relative } from "../../format/duration";
import { stamp } from "../../format/instant";
import { warningWords } from "../../format/warning";
import type { Posture, SourceFreshness } from "../../host/bindings";
import { useWide } from "./wide";
import { sourceMarkOf } from "./words";

/** Every source, those that ask for something first: how old what is shown of it is, and why one does not answer. */
export function SourceSection({ posture, zone }: { posture: Posture; zone: string }) {
  const total = posture.sources.length;
  const wide = useWide();
  const isFresh = (source: SourceFreshness) => sourceMarkOf(source).status === "ok";
  const [asking, fresh] = [posture.sources.filter((source) => !isFresh(source)), posture.sources.filter(isFresh)];
  return (
    <Section title="Sources" clause={total > 0 && `${fresh.length} of ${total} fresh`}>
      {total === 0 && <p className="text-sm text-muted">None is configured.</p>}
      <ul>
        {(wide ? [...asking, ...fresh] : asking).map((source) => (
          <SourceRow key={source.name} source={source} posture={posture} zone={zone} />
        ))}
      </ul>
      {!wide && fresh.length > 0 && <Fresh sources={fresh} now={posture.as_of} zone={zone} />}
    </Section>
  );
}

/** In a small window the sources that are well share a line, so that all of them stay in sight. */
function Fresh({ sources, now, zone }: { sources: SourceFreshness[]; now: string; zone: string }) {
  return (
    <p className="mt-0.5 text-sm leading-5 text-muted tabular-nums">
      <StatusMark status="ok" word="Fresh" plain />
      {sources.map((source, index) => (
        <Fragment key={source.name}>
          {" "}
          <span
            title={source.last_ok_at ? stamp(source.last_ok_at, zone) : undefined}
            className="inline-flex whitespace-nowrap"
          >
            <span className="cut max-w-32">
              <Upstream text={source.name} />
            </span>
            <span className="whitespace-pre">
              {` ${source.last_ok_at ? relative(source.last_ok_at, now).replace(" ago", "") : ""}${index < sources.length - 1 ? "," : ""}`}
            </span>
          </span>
        </Fragment>
      ))}
    </p>
  );
}

function SourceRow({ source, posture, zone }: { source: SourceFreshness; posture: Posture; zone: string }) {
  const mark = sourceMarkOf(source);
  const cause = posture.warnings.find((warning) => warning.source === source.name);
  return (
    <li>
      <div className="grid h-6 grid-cols-[minmax(0,1fr)_auto_5.25rem] items-center gap-3">
        <span className="cut" title={source.name}>
          <Upstream text={source.name} />
        </span>
        <span
          className="text-sm text-muted tabular-nums"
          title={source.last_ok_at ? stamp(source.last_ok_at, zone) : "has not answered yet"}
        >
          {source.last_ok_at ? relative(source.last_ok_at, posture.as_of) : "never read"}
        </span>
        <StatusMark status={mark.status} word={mark.word} plain />
      </div>
      {cause && mark.status !== "ok" && (
        <div className="quotable mb-2 ml-px flex items-start gap-2 border-l-2 border-dashed border-unknown pl-2.5 text-sm text-muted">
          <p className="min-w-0 grow wrap-anywhere">
            <Upstream text={warningWords(cause, posture.as_of, zone)} />
          </p>
          <Button onClick={() => runCommand("sync.start")}>
            {cause.code === "source_not_read" ? "Read now" : "Try again"}
          </Button>
        </div>
      )}
    </li>
  );
}
