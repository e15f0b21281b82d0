import { useCommand } from "../../commands/keyboard";
import { Button } from "../../components/Button";
import { Freshness } from "../../components/Freshness";
import { KeyHint } from "../../components/KeyHint";
import { Section } from "../../components/Section";
import { StatusMark } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { clock, dayIn } from "../../format/instant";
import { useFollow } from "../../frame/follow";
import { useMoment } from "../../frame/moment";
import { usePresenting } from "../../frame/presenter";
import type { Lanes } from "../../host/bindings";
import { useLanes } from "../../host/oncall";
import { RotaBars } from "./RotaFrame";
import { RotaLanes } from "./RotaLanes";
import { clauseOf } from "./rota";

interface RotaDockProps {
  /** The instant that Posture speaks of. */
  now: string;
  zone: string;
}

/** The rota's next 14 days under the list, from today. It is asked for when the list stands. */
export function RotaDock({ now, zone }: RotaDockProps) {
  const from = dayIn(now, zone);
  const lanes = useLanes({ from, span: "2w" });
  const presenting = usePresenting();
  const { team } = useMoment();
  const follow = useFollow();
  const open = (id?: string) => follow(`/oncall?${new URLSearchParams({ from, ...(id && { sel: id }) })}`);
  useCommand("posture.rota", () => open());
  const answer = lanes.data;
  return (
    <Section
      title="Rota, next 14 days"
      clause={answer && answer.schedules.length > 0 && clauseOf(answer)}
      freshness={answer && <Age answer={answer} stale={lanes.isError} zone={zone} onOpen={() => open()} />}
    >
      {lanes.isError && !answer && <Unread error={lanes.error} onRetry={() => void lanes.refetch()} />}
      {!lanes.isError && !answer && <RotaBars />}
      {answer &&
        (answer.schedules.length > 0 ? (
          <RotaLanes answer={answer} zone={zone} presenting={presenting} onOpen={open} />
        ) : (
          <p className="text-sm text-muted">
            {answer.sources.length > 0 ? noSchedule(team) : "No source brings a rota: connect a pager or a calendar."}
          </p>
        ))}
    </Section>
  );
}

const noSchedule = (team: string | null) =>
  team === null ? "No schedule was read." : `No schedule that was read is known to be of ${team}.`;

interface AgeProps {
  answer: Lanes;
  /** The last refresh failed; the older answer stays on screen. */
  stale: boolean;
  zone: string;
  onOpen: () => void;
}

function Age({ answer, stale, zone, onOpen }: AgeProps) {
  const names = new Set(answer.schedules.map((lane) => lane.source));
  const sources = answer.sources.filter((source) => names.has(source.name));
  const reads = sources.map((source) => source.last_ok_at).toSorted((a, b) => (a ?? "").localeCompare(b ?? ""));
  return (
    <span className="flex items-center gap-3">
      {stale && <StatusMark status="unknown" word={`Not refreshed, from ${clock(answer.as_of, zone)}`} plain />}
      {sources.length > 0 && (
        <Freshness
          sources={sources.map((source) => source.name)}
          lastOkAt={reads[0] ?? null}
          stale={sources.some((source) => source.stale)}
          now={answer.as_of}
          zone={zone}
        />
      )}
      <button
        type="button"
        onClick={onOpen}
        className="flex items-center gap-1.5 rounded-key text-sm text-muted hover:text-fg"
      >
        <KeyHint command="posture.rota" /> open
      </button>
    </span>
  );
}

function Unread({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <div role="alert" className="flex items-center gap-3">
      <StatusMark status="unknown" word="The rota is not known" />
      <span className="cut quotable text-sm text-muted" title={error.message}>
        <Upstream text={error.message} />
      </span>
      <Button onClick={onRetry}>Try again</Button>
    </div>
  );
}
