import { BudgetBar } from "../../components/charts/BudgetBar";
import { Section } from "../../components/Section";
import { type Status, StatusMark } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { instant } from "../../format/instant";
import { counted, multiple, percent } from "../../format/number";
import { pageOf, useFollow } from "../../frame/follow";
import type { BudgetAtRisk, Posture } from "../../host/bindings";
import { SourceAge } from "./SourceAge";

const STATES: Record<string, { status: Status; word: string }> = {
  spent: { status: "critical", word: "Spent" },
  critical: { status: "critical", word: "Critical" },
  warn: { status: "warn", word: "Tight" },
  unknown: { status: "unknown", word: "Unknown" },
};

/** Error budgets that are not simply well, as bars, and how many are. */
export function BudgetSection({ posture, zone }: { posture: Posture; zone: string }) {
  const { slos, budgets_at_risk: risky } = posture;
  const total = slos.ok + slos.warn + slos.critical + slos.spent + slos.no_traffic + slos.unknown;
  const names = [...new Set(risky.map((budget) => budget.source))];
  return (
    <Section
      title="Budgets at risk"
      clause={total > 0 && `${total - slos.ok - slos.no_traffic} of ${total}`}
      freshness={names.length > 0 && <SourceAge names={names} posture={posture} zone={zone} />}
    >
      {total === 0 && (
        <p className="text-sm text-muted">No SLO is read. Prometheus with Sloth, Pyrra or OpenSLO brings them.</p>
      )}
      <ul className="flex flex-col gap-2 wide:gap-3">
        {risky.map((budget) => (
          <Budget key={budget.id} budget={budget} now={posture.as_of} zone={zone} />
        ))}
      </ul>
      {total > 0 && <Rest slos={slos} named={risky.length} />}
    </Section>
  );
}

function Budget({ budget, now, zone }: { budget: BudgetAtRisk; now: string; zone: string }) {
  const follow = useFollow();
  const { status, word } = STATES[budget.state] ?? { status: "unknown", word: "Unknown" };
  const few = budget.too_few_events;
  const left = few ? "no verdict" : budget.remaining === null ? "not known" : percent(budget.remaining);
  const remaining = few ? null : budget.remaining;
  const link = `/slos?open=${encodeURIComponent(budget.id)}`;
  const name = (
    <span className="cut font-medium wide:text-lg" title={budget.name}>
      <Upstream text={budget.name} />
    </span>
  );
  return (
    <li>
      <div className="mb-0.5 flex items-center gap-2 whitespace-nowrap">
        {pageOf(link) ? (
          <button type="button" onClick={() => follow(link)} className="min-w-0 rounded-key text-left hover:underline">
            {name}
          </button>
        ) : (
          name
        )}
        {budget.tier !== null && <span className="text-xs text-subtle">T{budget.tier}</span>}
        <span className="ml-auto font-semibold tabular-nums wide:text-lg">{left}</span>
        <span className="w-[4.5rem]">
          <StatusMark status={status} word={word} plain={status !== "critical"} />
        </span>
      </div>
      <BudgetBar
        remaining={remaining}
        status={status}
        label={`${budget.name}: ${left}${remaining === null ? "" : " left"}, ${word}`}
      />
      <p className="mt-0.5 text-sm text-muted tabular-nums">{outlook(budget, now, zone)}</p>
    </li>
  );
}

/** What becomes of it, in a clause. */
function outlook(budget: BudgetAtRisk, now: string, zone: string): string {
  if (budget.too_few_events) return budget.too_few_events.words;
  const burn = budget.burn_1h === null ? "burn not known" : `${multiple(budget.burn_1h)} last hour`;
  if (budget.recovers_at) return `${burn} · back above 0 ${instant(budget.recovers_at, now, zone)}`;
  if (budget.exhausts_at) return `${burn} · spent ${instant(budget.exhausts_at, now, zone)} at the 24\u00a0h rate`;
  return burn;
}

function Rest({ slos, named }: { slos: Posture["slos"]; named: number }) {
  const follow = useFollow();
  const healthy = slos.ok - slos.too_few;
  const others = slos.warn + slos.critical + slos.spent + slos.unknown - named;
  return (
    <div className="mt-2.5 flex flex-col gap-1 text-sm text-muted tabular-nums">
      {others > 0 && (
        <button type="button" onClick={() => follow("/slos")} className="rounded-key text-left hover:underline">
          and {others} more at risk
        </button>
      )}
      {healthy > 0 && (
        <p className="flex items-center gap-2">
          <StatusMark status="ok" word={`${counted(healthy, "SLO")} healthy, above half`} plain />
        </p>
      )}
      {slos.too_few > 0 && <p>{counted(slos.too_few, "SLO")} with too few events to judge</p>}
      {slos.no_traffic > 0 && <p>{counted(slos.no_traffic, "SLO")} without traffic</p>}
    </div>
  );
}
