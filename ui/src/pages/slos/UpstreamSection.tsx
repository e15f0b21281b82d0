import { Chip } from "../../components/Chip";
import { Freshness } from "../../components/Freshness";
import { Section } from "../../components/Section";
import { Upstream } from "../../components/Upstream";
import { instant } from "../../format/instant";
import { percent } from "../../format/number";
import type { SloPage } from "../../host/bindings";
import { leftText, methodSentence, methodWord } from "./words";

/** Ours and the upstream's number, and why they differ. */
export function UpstreamSection({ page, zone }: { page: SloPage; zone: string }) {
  const { line, upstream, source } = page;
  const age = source && (
    <Freshness sources={[source.name]} lastOkAt={source.last_ok_at} stale={source.stale} now={page.as_of} zone={zone} />
  );
  if (upstream === null) {
    return (
      <Section title="Our number" freshness={age}>
        <Number value={leftText(line)} method={line.method} note="the upstream states none of its own" />
      </Section>
    );
  }
  return (
    <Section title="Same SLO, two numbers" freshness={age}>
      <div className="grid grid-cols-2 gap-3">
        <Number
          value={line.budget_remaining === null || line.too_few ? leftText(line) : `${leftText(line)} left`}
          method={line.method}
          note="ours, from the hours kept here"
        />
        <Number
          value={`${percent(upstream.budget_remaining)} left`}
          method={upstream.method}
          note={`the upstream's, since ${instant(upstream.since, page.as_of, zone)}`}
          muted
        />
      </div>
      {upstream.reasons.length > 0 ? (
        <ul className="mt-2 flex flex-col gap-1 border-l-2 border-line-strong pl-3 text-sm text-muted tabular-nums">
          {upstream.reasons.map((reason) => (
            <li key={reason}>
              <Upstream text={reason} />
            </li>
          ))}
        </ul>
      ) : (
        upstream.points !== null && (
          <p className="mt-2 text-sm text-muted tabular-nums">
            {Math.abs(upstream.points).toFixed(1)} points apart: within two, no cause is looked for.
          </p>
        )
      )}
    </Section>
  );
}

interface NumberProps {
  value: string;
  method: string | null;
  note: string;
  muted?: boolean;
}

function Number({ value, method, note, muted = false }: NumberProps) {
  return (
    <div className="min-w-0">
      <p className={`text-lg font-semibold tabular-nums ${muted ? "text-muted" : ""}`}>{value}</p>
      <p className="mt-1" title={method ? methodSentence(method) : "The upstream does not say how it counts"}>
        <Chip filled>{method ? methodWord(method) : "method not known"}</Chip>
      </p>
      <p className="mt-1 text-xs text-muted">{note}</p>
    </div>
  );
}
