import { Button } from "../../components/Button";
import { Chip } from "../../components/Chip";
import { ErrorBlock } from "../../components/ErrorBlock";
import { Freshness } from "../../components/Freshness";
import { KeyHint } from "../../components/KeyHint";
import { FactList } from "../../components/layout/FactList";
import { PeekBlock, PeekPanel } from "../../components/layout/PeekPanel";
import { Skeleton } from "../../components/Skeleton";
import { StatusMark } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { clock, place } from "../../format/instant";
import type { Flavour, GapDetail, GapSpan, ScheduleLane } from "../../host/bindings";
import { useGap } from "../../host/oncall";
import { Changes } from "./Beside";
import { hours, namesOf, shortSpanOf } from "./words";

interface GapPeekProps {
  gap: GapSpan;
  lane: ScheduleLane;
  zone: string;
  onCopy: (flavour: Flavour) => void;
  onClose: () => void;
}

/** A look into a gap: what is declared, who would be awake, and a request for cover to send. */
export function GapPeek({ gap, lane, zone, onCopy, onClose }: GapPeekProps) {
  const found = useGap({ schedule: lane.key, start: gap.start, end: gap.end });
  const detail = found.data;
  return (
    <PeekPanel
      label="Gap"
      lead={
        <>
          <Chip>gap</Chip>
          <StatusMark status="critical" word="Nobody" />
        </>
      }
      title={
        <>
          {hours(gap.hours)} without anybody on <Upstream text={lane.name} />
        </>
      }
      clause={shortSpanOf(gap, zone)}
      actions={
        <>
          <Button primary disabled={!detail} onClick={() => onCopy("markdown")}>
            Copy cover request <KeyHint command="row.copy" onAccent />
          </Button>
          <Button disabled={!detail} onClick={() => onCopy("slack")}>
            For Slack <KeyHint command="row.copySlack" />
          </Button>
        </>
      }
      foot={
        detail?.freshness && (
          <Freshness
            sources={[detail.freshness.name]}
            lastOkAt={detail.freshness.last_ok_at}
            stale={detail.freshness.stale}
            now={detail.as_of}
            zone={zone}
          />
        )
      }
      onClose={onClose}
    >
      {detail ? (
        <Told detail={detail} zone={zone} />
      ) : found.error ? (
        <ErrorBlock error={found.error} title="This gap could not be read" onRetry={() => void found.refetch()} />
      ) : (
        <PeekBlock>
          <Skeleton className="h-24 w-full" />
        </PeekBlock>
      )}
    </PeekPanel>
  );
}

function Told({ detail, zone }: { detail: GapDetail; zone: string }) {
  const backup = detail.backup
    ? [{ name: "Backup", value: <Upstream text={namesOf(detail.backup_people)} />, note: detail.backup }]
    : [];
  return (
    <>
      <PeekBlock>
        <FactList
          facts={[
            { name: "Declared", value: <Upstream text={detail.declared} /> },
            { name: "Before", value: <Upstream text={detail.before ?? "nobody known"} /> },
            { name: "After", value: <Upstream text={detail.after ?? "nobody known"} /> },
            ...backup,
            {
              name: "Change it",
              value: detail.url ? (
                <span className="quotable font-mono text-sm">{detail.url}</span>
              ) : (
                <Upstream text={`in ${detail.source}`} />
              ),
              note: "the rota itself is changed in its source",
            },
          ]}
        />
      </PeekBlock>
      <PeekBlock>
        <h3 className="mb-1.5 font-semibold">Who is awake then</h3>
        <AwakeTable detail={detail} />
        {detail.least_sleep && (
          <p className="mt-2 border-l-2 border-line-strong pl-2.5 text-sm text-muted">
            <Upstream text={detail.least_sleep} /> would lose the least sleep. Ask first.
          </p>
        )}
      </PeekBlock>
      <Changes changes={detail.history} now={detail.as_of} zone={zone} />
    </>
  );
}

function AwakeTable({ detail }: { detail: GapDetail }) {
  if (detail.awake.length === 0) return <p className="text-sm text-muted">Nobody of this team is known.</p>;
  return (
    <table className="w-full text-left tabular-nums">
      <thead>
        <tr className="text-xs text-muted">
          <th className="h-6 font-normal">Person</th>
          <th className="font-normal">Local time</th>
          <th className="pl-2 text-right font-normal whitespace-nowrap">Awake</th>
          <th className="pl-2 text-right font-normal whitespace-nowrap">At night</th>
        </tr>
      </thead>
      <tbody>
        {detail.awake.map((person) => (
          <tr key={person.person} className="border-t border-line align-top">
            <td className="py-1 pr-2">
              <Upstream text={person.person} />
              {person.on_leave && <span className="block text-sm text-warn-fg">on leave</span>}
              {person.on_call_for.length > 0 && (
                <span className="block text-sm text-muted">
                  on call for <Upstream text={person.on_call_for.join(", ")} />
                </span>
              )}
            </td>
            {person.timezone ? (
              <>
                <td className="py-1 pr-2 whitespace-nowrap">
                  {clock(detail.start, person.timezone)}–{clock(detail.end, person.timezone)}
                  <span className="block text-sm text-muted">{place(person.timezone)}</span>
                </td>
                <td className="py-1 pl-2 text-right">{hours(person.awake_hours)}</td>
                <td className="py-1 pl-2 text-right">{hours(person.night_hours)}</td>
              </>
            ) : (
              <td colSpan={3} className="py-1 text-muted">
                zone not known
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
