import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { KeyHint } from "../../components/KeyHint";
import { Upstream } from "../../components/Upstream";
import { runCommand } from "../../commands/keyboard";
import { relative } from "../../format/duration";
import { clock } from "../../format/instant";
import { counted } from "../../format/number";
import type { Posture, SourceFreshness } from "../../host/bindings";
import { showNotWatched } from "./NotWatchedSection";
import { seenInPart, unseen } from "./answer";

/** A list without rows: why it is empty, and whether that may be called clear. */
export function Quiet({ posture, zone }: { posture: Posture; zone: string }) {
  const names = (sources: Posture["sources"]) => sources.map((source) => source.name).join(", ");
  if (posture.sources.length === 0) {
    return (
      <EmptyState status="unknown" title="Connect a first source">
        <p>
          Here will stand what needs you now, today and this week: burning budgets, gaps in the rota, what is overdue.
        </p>
        <p>Nothing is read yet: a pager, a Prometheus or a calendar is enough to begin.</p>
        <p className="pt-1">
          <Button primary large onClick={() => runCommand("go.sources")}>
            Connect a source <KeyHint command="go.sources" onAccent />
          </Button>
        </p>
      </EmptyState>
    );
  }
  const blind = unseen(posture);
  const partly = seenInPart(posture);
  const whole = posture.sources.filter((source) => !partly.includes(source));
  return (
    <div className="flex flex-col gap-1.5 border-t border-line px-4 py-4 text-muted tabular-nums">
      {blind.map((source) => (
        <p key={source.name}>
          <UnseenSource source={source} posture={posture} zone={zone} />
        </p>
      ))}
      <p>
        {blind.length === 0 && (
          <>
            Checked {clock(posture.as_of, zone)}
            {whole.length > 0 && ": "}
            <Upstream text={names(whole)} />.{" "}
          </>
        )}
        {blind.length === 0 && partly.length > 0 && (
          <>
            Read only in part: <Upstream text={names(partly)} />.{" "}
          </>
        )}
        {posture.not_watched.length > 0 && (
          <>
            Not watched:{" "}
            <button type="button" onClick={showNotWatched} className="rounded-key text-fg underline underline-offset-2">
              {counted(posture.not_watched.length, "kind")}
            </button>
            .
          </>
        )}
      </p>
      {blind.length > 0 && (
        <p className="mt-2">
          <Button primary large onClick={() => runCommand("sync.start")}>
            Sync now <KeyHint command="sync.start" onAccent />
          </Button>
        </p>
      )}
    </div>
  );
}

/** Why the present of a source cannot be told: some of it was never read, or it was last read then. */
function UnseenSource({ source, posture, zone }: { source: SourceFreshness; posture: Posture; zone: string }) {
  const unread = posture.warnings.find(({ code, source: of }) => code === "source_not_read" && of === source.name);
  if (unread) return <Upstream text={`${unread.message}.`} />;
  return (
    <>
      <Upstream text={source.name} />{" "}
      {source.last_ok_at
        ? `was last read${source.stale ? "" : " whole"} at ${clock(source.last_ok_at, zone)}, ${relative(source.last_ok_at, posture.as_of)}.`
        : "has not been read yet."}
    </>
  );
}
