import { useMemo } from "react";
import { Section } from "../components/Section";
import { StatusMark } from "../components/StatusMark";
import { BudgetBar } from "../components/charts/BudgetBar";
import { DurationDots } from "../components/charts/DurationDots";
import { HeatStrip } from "../components/charts/HeatStrip";
import type { HeatLegendEntry } from "../components/charts/HeatLegend";
import { Sparkline } from "../components/charts/Sparkline";
import { TimeSeries } from "../components/charts/lazy";
import { KeyFacts } from "../components/layout/KeyFacts";
import { Pane, PaneHead, Split } from "../components/layout/Pane";
import { MonthsTable } from "./MonthsTable";
import { BUDGET, BURN, LINES, WEEK } from "./series";

const LEGEND: readonly HeatLegendEntry[] = [
  { level: "low", word: "burn under 0.1×" },
  { level: "mid", word: "0.1 – 0.5×" },
  { level: "high", word: "0.5 – 1×" },
  { level: "warn", word: "1 – 14.4×, warning" },
  { level: "critical", word: "over 14.4×, critical" },
  { level: "none", word: "no data" },
];

const LENGTHS = [18, 22, 26, 33, 41, 47, 52, 55, 57, 57, 71, 82, 93, 106, 158, 185, 252];
/** Places of those that go on: one among the others, one with a severe one, the longest. */
const RUNNING: readonly number[] = [7, 12, 16];

/** A page of one SLO: budget, burn by hour, lengths, and what stands beside them. */
export function ChartPart() {
  const durations = useMemo(
    () =>
      LENGTHS.map((minutes, index) => ({
        id: String(index),
        seconds: minutes * 60,
        full: index % 3 === 0,
        running: RUNNING.includes(index),
        text: `INC-${20 + index}, ${minutes}m${RUNNING.includes(index) ? " so far" : ""}`,
      })),
    [],
  );
  return (
    <Split width={360} beside={<Beside />}>
      <PaneHead
        context="orders · tier 1 · objective 99.9 %, 30 d rolling"
        answer="22.0 % of the budget is left"
        end={
          <KeyFacts
            facts={[
              { label: "Runs out", value: "Never at this rate", note: "0.2× burn, last hour" },
              { label: "Above 30 % again", value: "Thu 26 Nov", note: "in 10 d" },
              { label: "Bad events left", value: "9,152", note: "of 41,600 allowed" },
            ]}
          />
        }
      >
        <StatusMark status="warn" word="Tight" />
      </PaneHead>
      <div className="min-h-0 grow overflow-y-auto">
        <TimeSeries
          title="Budget left, %"
          clause="30 days back, 30 days ahead as old errors leave the window"
          summary="Budget left: 64 % thirty days ago, 22 % now; expected at 92 % in thirty days"
          data={BUDGET}
          height={270}
          keys="page"
        />
        <HeatStrip
          title="Burn by hour, UTC"
          clause="every hour of the window; a column is a day"
          summary="Burn by hour over 30 days: critical on 5 Nov 14–15 and today before 03; no data for four hours on 9 Nov"
          data={BURN}
          legend={LEGEND}
        />
        <DurationDots
          title="How long"
          clause="14 resolved, 3 open, log scale"
          summary="17 incidents, 3 of them still open, lasted from 18 minutes to at least 4 hours 12 minutes; median 57 minutes, 90 % under 3 hours 5 minutes"
          durations={durations}
          median={{ seconds: 57 * 60, text: "median 57m" }}
          p90={{ seconds: 185 * 60, text: "p90 3h 05m" }}
          interval={{ from: 33 * 60, to: 106 * 60 }}
          full="SEV1–2"
          ring="SEV3–4"
          running="still open"
        />
        <TimeSeries
          title="Burn, last day"
          clause="lines differ by dash; stock has a hole"
          summary="Burn of orders, stock and mail in the last day, all under the limit of 6×; stock is not known for three hours"
          data={LINES}
          height={160}
        />
        <HeatStrip
          title="Pages by weekday and hour"
          clause="in the person's own zone"
          summary="Pages by weekday and hour: most on weekday afternoons; Saturday before 05 is not known"
          data={WEEK}
          legend={LEGEND.filter(({ level }) => level !== "warn" && level !== "critical")}
          row={14}
        />
      </div>
    </Split>
  );
}

const BUDGETS = [
  {
    name: "mail delivery",
    tier: "T3",
    left: -0.06,
    status: "critical",
    word: "Spent",
    number: "\u22126.0 %",
    note: "overspent since Fri 13 Nov",
  },
  {
    name: "orders availability",
    tier: "T1",
    left: 0.22,
    status: "warn",
    word: "Tight",
    number: "22.0 %",
    note: "back above 30 % on Thu 26 Nov",
  },
  {
    name: "login latency",
    tier: "T1",
    left: 0.41,
    status: "critical",
    word: "Burning",
    number: "41.0 %",
    note: "24× now, spent by 19:18 UTC",
  },
  {
    name: "search freshness",
    tier: "T2",
    left: 0.93,
    status: "ok",
    word: "Healthy",
    number: "93.0 %",
    note: "quiet for 12 d",
  },
  {
    name: "statements",
    tier: "T1",
    left: null,
    status: "unknown",
    word: "Too few",
    number: "no verdict",
    note: "96 events in 30 d allow 0.48 failures",
  },
] as const;

function Beside() {
  return (
    <Pane label="Beside">
      <Section title="Budgets at risk" clause="4 of 9, 30 d">
        <ul className="flex flex-col gap-3">
          {BUDGETS.map((budget) => (
            <li key={budget.name}>
              <p className="mb-1 flex items-center gap-2">
                {budget.name} <span className="text-xs text-muted">{budget.tier}</span>
                <span className="ml-auto font-semibold tabular-nums">{budget.number}</span>
                <span className="w-20">
                  <StatusMark status={budget.status} word={budget.word} />
                </span>
              </p>
              <BudgetBar
                remaining={budget.left}
                status={budget.status}
                label={`${budget.name}: ${budget.number}, ${budget.word}`}
              />
              <p className="mt-1 text-sm text-muted">{budget.note}</p>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Months" clause="kept 120 d; upstream 30 d">
        <MonthsTable />
      </Section>
      <Section title="Weeks">
        <p className="flex items-center gap-3">
          <Sparkline
            values={[4, 2, 3, 4, null, 3, 4, 3, 3, 5, 3, 10]}
            limit={8.3}
            label="Pages by week: 4 first, 10 in the last; ordinary weeks stay below 8.3"
          />
          <span className="text-sm text-muted">10 pages last week</span>
        </p>
      </Section>
    </Pane>
  );
}
