import { useMemo } from "react";
import { Upstream } from "../../components/Upstream";
import type { HeatLegendEntry } from "../../components/charts/HeatLegend";
import { HeatStrip } from "../../components/charts/HeatStrip";
import { clock } from "../../format/instant";
import { count, multiple, percent } from "../../format/number";
import type { SloPage } from "../../host/bindings";
import { type Hour, heatData, heatNumbers, worstHours } from "./heat";

/** Worst hours that are named. */
const NAMED = 4;

/** How fast each hour of the window spent the budget. */
export function BurnHeat({ page }: { page: SloPage }) {
  const data = useMemo(() => heatData(page), [page]);
  const numbers = useMemo(() => heatNumbers(page), [page]);
  const worst = worstHours(page, NAMED);
  if (data.columns.length === 0) return null;
  const fast = multiple(page.columns.fast_burn);
  const { measured, quiet, missing } = page.hours;
  return (
    <HeatStrip
      title="Burn by hour, UTC"
      clause="every hour of the window; a column is a day"
      summary={summaryOf(page, worst)}
      data={data}
      numbers={numbers}
      legend={legendOf(fast, missing)}
    >
      <div className="w-[12.25rem]">
        <h3 className="text-sm font-semibold">Worst hours</h3>
        {worst.length === 0 && <p className="text-sm text-muted">None above the even spend, 1×.</p>}
        <ul className="grid grid-cols-[5rem_minmax(2.5rem,max-content)_minmax(0,1fr)] gap-x-2">
          {worst.map((hour) => (
            <li key={hour.at} className="col-span-3 grid h-[1.0625rem] grid-cols-subgrid text-sm tabular-nums">
              <span className="text-muted">{hourText(hour)}</span>
              <b className="text-right font-semibold">{multiple(hour.burn ?? 0)}</b>
              <Beside page={page} hour={hour} />
            </li>
          ))}
        </ul>
        <p className="mt-1 text-xs text-muted tabular-nums">
          {count(measured + quiet)} of {count(measured + quiet + missing)} h known
          {page.line.coverage !== null && `, ${percent(page.line.coverage)}`}
          {quiet > 0 && `; ${count(quiet)} quiet`}
        </p>
      </div>
    </HeatStrip>
  );
}

/** The hour in UTC: `4 Nov 14:00`. */
const hourText = (hour: Hour) =>
  `${new Date(hour.at).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" })} ${clock(hour.at, "UTC")}`;

function Beside({ page, hour }: { page: SloPage; hour: Hour }) {
  const at = Date.parse(hour.at);
  const row = page.spent?.rows.find((spell) => Date.parse(spell.starts_at) <= at && at < Date.parse(spell.ends_at));
  if (!row?.beside) return <span className="text-subtle">–</span>;
  return (
    <span className="cut text-muted" title={row.beside.title}>
      <Upstream text={row.beside.label} />
    </span>
  );
}

function legendOf(fast: string, missing: number): HeatLegendEntry[] {
  return [
    { level: "low", word: "burn under 0.1×" },
    { level: "mid", word: "0.1 – 0.5×" },
    { level: "high", word: "0.5 – 1×" },
    { level: "warn", word: `1 – ${fast}, warning` },
    { level: "critical", word: `over ${fast}, critical` },
    { level: "none", word: missing > 0 ? `no data, ${count(missing)} h` : "no data" },
  ];
}

function summaryOf(page: SloPage, worst: readonly Hour[]): string {
  const { measured, quiet, missing } = page.hours;
  const named = worst.map((hour) => `${multiple(hour.burn ?? 0)} at ${hour.at.slice(0, 13)}:00 UTC`);
  const fastest = named.length > 0 ? `Fastest: ${named.join(", ")}.` : "No hour burned above the even spend.";
  return `Burn by hour over the window. ${fastest} ${measured} hours measured, ${quiet} quiet, ${missing} without data.`;
}
