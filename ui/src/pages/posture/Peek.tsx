import type { ReactNode } from "react";
import { Freshness } from "../../components/Freshness";
import { KeyHint } from "../../components/KeyHint";
import { StatusMark } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { relative } from "../../format/duration";
import { stamp, withInstants } from "../../format/instant";
import type { Attention, Posture } from "../../host/bindings";
import { ActionButton } from "./ActionButton";
import { targetOf } from "./action";
import { captionOf, kindOf, markOf, numberOf } from "./words";

interface PeekProps {
  row: Attention;
  posture: Posture;
  zone: string;
  onAct: () => void;
  onClose: () => void;
}

/** Why a row is there: its rule, the threshold it passed, the rows behind it, and where they come from. */
export function Peek({ row, posture, zone, onAct, onClose }: PeekProps) {
  const mark = markOf(row);
  const number = numberOf(row);
  const now = posture.as_of;
  return (
    <div className="quotable px-4 pb-4">
      <div className="flex h-14 items-center gap-3">
        <StatusMark status={mark.status} word={mark.word} />
        <span className="cut text-sm text-muted">{kindOf(row.kind)}</span>
        <button type="button" title="Close" onClick={onClose} className="ml-auto cursor-default rounded-key">
          <KeyHint command="level.up" />
        </button>
      </div>
      <h2 className="text-xl font-semibold wrap-anywhere">
        <Upstream text={row.title} />
      </h2>
      <p className="mt-1 wrap-anywhere text-muted">
        <Upstream text={withInstants(row.reason, now, zone)} />
      </p>
      <div className="mt-3 flex items-center gap-3">
        {number !== null && (
          <p className="mr-auto text-sm text-muted">
            <span className="text-lg font-semibold text-fg tabular-nums">{number}</span> {captionOf(row)}
          </p>
        )}
        {targetOf(row).kind === "peek" ? (
          <p className="text-sm text-muted">
            Next: <Upstream text={row.action.verb} />
          </p>
        ) : (
          <ActionButton row={row} primary onAct={onAct} />
        )}
      </div>
      <dl className="mt-4 grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 gap-y-1.5 border-t border-line pt-3">
        {row.since && (
          <Fact name="Since">
            <When at={row.since} now={now} zone={zone} />
          </Fact>
        )}
        {row.due && (
          <Fact name="Due">
            <When at={row.due} now={now} zone={zone} />
          </Fact>
        )}
        {row.service && (
          <Fact name="Service">
            <Upstream text={row.service} />
            {row.tier !== null && <span className="text-muted"> tier {row.tier}</span>}
          </Fact>
        )}
        {row.team && (
          <Fact name="Team">
            <Upstream text={row.team} />
          </Fact>
        )}
      </dl>
      <WhyFacts row={row} now={now} zone={zone} />
      <div className="mt-4 flex flex-col gap-1 border-t border-line pt-3">
        <PeekSource row={row} posture={posture} zone={zone} />
        <p className="text-xs text-muted tabular-nums">As of {stamp(now, zone)}</p>
      </div>
    </div>
  );
}

function When({ at, now, zone }: { at: string; now: string; zone: string }) {
  return (
    <>
      {stamp(at, zone)}
      <span className="block text-sm text-muted">{relative(at, now)}</span>
    </>
  );
}

function WhyFacts({ row, now, zone }: { row: Attention; now: string; zone: string }) {
  const { trigger, threshold } = row.why;
  const rows = row.why.rows.map((line) => withInstants(line, now, zone));
  return (
    <section className="mt-4 border-t border-line pt-3">
      <h3 className="mb-2 font-semibold">Why it is here</h3>
      <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 gap-y-1.5">
        <Fact name="Rule">
          <Upstream text={trigger} />
        </Fact>
        {threshold && (
          <Fact name="Threshold">
            <Upstream text={threshold} />
          </Fact>
        )}
        {rows.length > 0 && <Lines name="Rows" lines={rows} />}
        {row.absorbed.length > 0 && <Lines name="Taken in" lines={row.absorbed} />}
      </dl>
    </section>
  );
}

function Lines({ name, lines }: { name: string; lines: string[] }) {
  return (
    <Fact name={name}>
      <ul className="flex flex-col gap-1">
        {lines.map((line, index) => (
          // The lines have no identity of their own, and never change place.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className="tabular-nums">
            <Upstream text={line} />
          </li>
        ))}
      </ul>
    </Fact>
  );
}

function PeekSource({ row, posture, zone }: { row: Attention; posture: Posture; zone: string }) {
  const name = row.why.source;
  if (!name) return null;
  const source = posture.sources.find((candidate) => candidate.name === name);
  if (!source) {
    return (
      <p className="text-xs text-muted">
        <Upstream text={name} />
      </p>
    );
  }
  return (
    <Freshness sources={[name]} lastOkAt={source.last_ok_at} stale={source.stale} now={posture.as_of} zone={zone} />
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-sm/[1.125rem] text-muted">{name}</dt>
      <dd className="min-w-0 wrap-anywhere tabular-nums">{children}</dd>
    </>
  );
}
