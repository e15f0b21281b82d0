import { Button } from "../../components/Button";
import { Chip } from "../../components/Chip";
import { ErrorBlock } from "../../components/ErrorBlock";
import { Freshness } from "../../components/Freshness";
import { KeyHint } from "../../components/KeyHint";
import { type Fact, FactList } from "../../components/layout/FactList";
import { PeekBlock, PeekPanel } from "../../components/layout/PeekPanel";
import { Skeleton } from "../../components/Skeleton";
import { StatusMark } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { place, shortSpan } from "../../format/instant";
import { counted } from "../../format/number";
import type { Block, Flavour, ShiftDetail } from "../../host/bindings";
import { useShift } from "../../host/oncall";
import { Changes } from "./Beside";
import { holderOf, hours, originOf, roleOf, shortSpanOf } from "./words";

interface ShiftPeekProps {
  block: Block;
  zone: string;
  onCopy: (flavour: Flavour) => void;
  onClose: () => void;
}

/** A look into one shift. */
export function ShiftPeek({ block, zone, onCopy, onClose }: ShiftPeekProps) {
  const shift = useShift({ id: block.id, near: block.start });
  const detail = shift.data;
  return (
    <PeekPanel
      label="Shift"
      lead={<Chip>shift</Chip>}
      title={
        <>
          <Upstream text={holderOf(block)} />, {roleOf(block.role)}
        </>
      }
      clause={shortSpanOf(block, zone)}
      actions={
        <>
          <Button primary onClick={() => onCopy("markdown")} disabled={!detail}>
            Copy shift <KeyHint command="row.copy" onAccent />
          </Button>
          <Button disabled={!detail} onClick={() => onCopy("slack")}>
            For Slack <KeyHint command="row.copySlack" />
          </Button>
        </>
      }
      foot={detail?.freshness && <Age detail={detail} zone={zone} />}
      onClose={onClose}
    >
      {detail ? (
        <Told detail={detail} zone={zone} />
      ) : shift.error ? (
        <ErrorBlock error={shift.error} title="This shift could not be read" onRetry={() => void shift.refetch()} />
      ) : (
        <PeekBlock>
          <Skeleton className="h-24 w-full" />
        </PeekBlock>
      )}
    </PeekPanel>
  );
}

function Age({ detail, zone }: { detail: ShiftDetail; zone: string }) {
  const source = detail.freshness;
  if (!source) return null;
  return (
    <Freshness
      sources={[source.name]}
      lastOkAt={source.last_ok_at}
      stale={source.stale}
      now={detail.as_of}
      zone={zone}
    />
  );
}

function Told({ detail, zone }: { detail: ShiftDetail; zone: string }) {
  const there = detail.timezone ?? zone;
  return (
    <>
      <PeekBlock>
        <FactList facts={factsOf(detail, zone)} />
      </PeekBlock>
      {detail.nights && detail.nights.length > 0 && (
        <PeekBlock>
          <h3 className="mb-1.5 font-semibold">
            Nights in it <span className="text-sm font-normal text-muted">by the clock of {place(there)}</span>
          </h3>
          <ul className="text-sm tabular-nums">
            {detail.nights.slice(0, 14).map((night) => (
              <li key={night.start} className="flex justify-between gap-3">
                <span className="text-muted">{shortSpan(night, there)}</span>
                <span>{hours(night.hours)}</span>
              </li>
            ))}
          </ul>
          {detail.nights.length > 14 && <p className="text-sm text-muted">and {detail.nights.length - 14} more</p>}
        </PeekBlock>
      )}
      <Changes changes={detail.history} now={detail.as_of} zone={zone} />
    </>
  );
}

function factsOf(detail: ShiftDetail, zone: string): Fact[] {
  const facts: Fact[] = [
    { name: "Schedule", value: <Upstream text={detail.schedule_name} />, ...levelOf(detail) },
    {
      name: "Where they are",
      value: detail.timezone ? shortSpanOf(detail, detail.timezone) : "Zone not known",
      ...(detail.timezone && { note: place(detail.timezone) }),
    },
    { name: "Length", value: lengthOf(detail), ...(detail.end_open && { note: "the source does not know the end" }) },
    { name: "Origin", value: originOf(detail.origin), ...(detail.rotation && { note: detail.rotation }) },
  ];
  if (detail.withheld)
    facts.push({
      name: "Who",
      value: "Somebody outside the team",
      note: "the shift is covered; who it is is not stored",
    });
  if (detail.replaced) facts.push({ name: "In place of", value: <Upstream text={detail.replaced} /> });
  if (detail.also_holds.length > 0)
    facts.push({ name: "Also holds", value: <StatusMark status="warn" word={detail.also_holds.join("; ")} plain /> });
  if (detail.shared_with.length > 0)
    facts.push({ name: "Shared with", value: <StatusMark status="warn" word={detail.shared_with.join("; ")} plain /> });
  if (detail.leave.length > 0)
    facts.push({
      name: "On leave",
      value: <StatusMark status="warn" word={detail.leave.map((span) => shortSpanOf(span, zone)).join("; ")} plain />,
    });
  facts.push({
    name: "Contact",
    value: detail.url ? <span className="quotable font-mono text-sm">{detail.url}</span> : "in the source",
    note: "no number or address is kept here",
  });
  if (detail.frozen) facts.push({ name: "Past", value: "Frozen", note: "what the source says now becomes a revision" });
  return facts;
}

const levelOf = (detail: ShiftDetail) => (detail.level === null ? {} : { note: `level ${detail.level}` });

function lengthOf(detail: ShiftDetail): string {
  const nights = detail.nights;
  if (nights === null || detail.night_hours === null) return `${hours(detail.hours)}, nights not known`;
  if (nights.length === 0) return `${hours(detail.hours)}, none of it at night`;
  return `${hours(detail.hours)}, ${hours(detail.night_hours)} of it in ${counted(nights.length, "night")}`;
}
