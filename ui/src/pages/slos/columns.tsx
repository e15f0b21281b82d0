import { clsx } from "clsx";
import { Chip } from "../../components/Chip";
import { StatusMark, StatusShape } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { BudgetBar } from "../../components/charts/BudgetBar";
import { Sparkline } from "../../components/charts/Sparkline";
import { numbersWidth, type TableColumn } from "../../components/table/model";
import { relative } from "../../format/duration";
import { percent } from "../../format/number";
import type { BurnEntry, SloTable, SloTableRow } from "../../host/bindings";
import { burnText, leftText, methodSentence, methodWord, outlookOf, stateOf, verdictOf } from "./words";

const BURNS: readonly (keyof BurnEntry)[] = ["1h", "6h", "1d", "3d"];

/** Figures and marks of the longest number that what is left is told by as a rule: `−810.2 %`. */
const USUAL = 8;

/** The columns of the table. They hang on when it was read, because ages and outlooks are told from there. */
export function columnsOf(table: SloTable, zone: string): TableColumn<SloTableRow>[] {
  const now = table.as_of;
  // All bars are equally long, so that they can be compared.
  const wide = table.rows.some((row) => isCounted(row) && leftText(row).length > USUAL);
  return [
    {
      id: "state",
      head: "State",
      width: "96px",
      cell: (row) => <StateCell row={row} />,
      // The worst first.
      sortBy: (row) => -row.rank,
    },
    {
      id: "name",
      head: "SLO",
      width: "minmax(140px, 1.8fr)",
      cell: (row) => (
        <b className="font-medium">
          <Upstream text={row.name} />
        </b>
      ),
      title: (row) => row.name,
      sortBy: (row) => row.name.toLowerCase(),
    },
    {
      id: "service",
      head: "Service",
      width: "minmax(102px, 1fr)",
      cell: (row) => <ServiceCell row={row} />,
      title: (row) =>
        [row.service ?? "no service", row.tier && `tier ${row.tier}`, row.team].filter(Boolean).join(", "),
      sortBy: (row) => row.service?.toLowerCase(),
    },
    {
      id: "left",
      head: "Left",
      // The bar is what one compares rows by: it is the last to give way.
      width: wide ? "minmax(176px, 1.6fr)" : "minmax(160px, 1.6fr)",
      right: true,
      cell: (row) => <LeftCell row={row} wide={wide} />,
      sortBy: (row) => row.budget_remaining ?? undefined,
    },
    {
      id: "trend",
      head: "Trend",
      width: "66px",
      cell: (row) => <TrendCell row={row} />,
      title: (row) => TRENDS[row.trend_of] ?? "",
    },
    ...BURNS.map(
      (window): TableColumn<SloTableRow> => ({
        id: window,
        head: window,
        width: numbersWidth(
          table.rows.map((row) => burnText(row.burn[window], row.state).word),
          50,
        ),
        right: true,
        cell: (row) => <BurnCell row={row} window={window} />,
        title: (row) => `Burn over ${window}: ${burnText(row.burn[window], row.state).title}`,
        sortBy: (row) => row.burn[window] ?? undefined,
      }),
    ),
    {
      id: "outlook",
      head: "Outlook",
      width: "minmax(142px, 0.8fr)",
      cell: (row) => {
        const { word, asks } = outlookOf(row, now, zone);
        return <span className={clsx(!asks && "text-muted")}>{word}</span>;
      },
      title: (row) => outlookOf(row, now, zone).title,
      sortBy: (row) => row.exhausts_at ?? undefined,
    },
    {
      id: "coverage",
      head: "Known",
      width: "62px",
      right: true,
      cell: (row) => <KnownCell row={row} />,
      title: () => "Hours of the window of which something is known",
      sortBy: (row) => row.coverage ?? undefined,
    },
    {
      id: "method",
      head: "Method",
      width: "minmax(68px, 0.4fr)",
      cell: (row) => <Chip>{methodWord(row.method)}</Chip>,
      title: (row) => methodSentence(row.method),
      sortBy: (row) => row.method,
    },
    {
      id: "source",
      head: "Source",
      width: "minmax(118px, 0.7fr)",
      // The head says it of all rows.
      from: 1_180,
      cell: (row) => <SourceCell row={row} table={table} />,
      title: (row) => sourceText(row, table),
      sortBy: (row) => row.source,
    },
  ];
}

/** What the line of a trend tells. */
const TRENDS: Record<string, string> = {
  rolling: "Left by day, of the window that ended there",
  period: "Left by day since the period began",
  spent: "What the days of this window spent, in order: too little is known before",
};

function StateCell({ row }: { row: SloTableRow }) {
  const { status, word } = stateOf(verdictOf(row));
  return <StatusMark status={status} word={word} plain={status !== "critical"} />;
}

function ServiceCell({ row }: { row: SloTableRow }) {
  if (row.service === null) return <span className="text-muted">no service</span>;
  return (
    <>
      <Upstream text={row.service} />
      {row.tier !== null && <span className="pl-1.5 text-xs text-muted">T{row.tier}</span>}
    </>
  );
}

/** Whether what is left is a number, and no word that says why there is none. */
const isCounted = (row: SloTableRow) => row.budget_remaining !== null && !row.too_few;

function LeftCell({ row, wide }: { row: SloTableRow; wide: boolean }) {
  const left = leftText(row);
  const verdict = row.too_few_events?.words ?? stateOf(row.state).word;
  const known = isCounted(row);
  return (
    <span className="flex items-center gap-2">
      <span className="min-w-7 grow">
        <BudgetBar
          remaining={row.too_few ? null : row.budget_remaining}
          status={stateOf(row.state).status}
          label={`${left}${known ? " left" : ""}, ${verdict}`}
        />
      </span>
      <span className={clsx("flex-none", wide ? "w-[5rem]" : "w-[3.875rem]", known ? "font-semibold" : "text-muted")}>
        {left}
      </span>
    </span>
  );
}

function TrendCell({ row }: { row: SloTableRow }) {
  const known = row.trend.filter((value) => value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return <span className="text-xs text-muted">no trend</span>;
  return (
    <Sparkline
      values={row.trend}
      width={50}
      height={18}
      label={`${TRENDS[row.trend_of] ?? "Left by day"}: from ${percent(first)} to ${percent(last)}`}
    />
  );
}

function BurnCell({ row, window }: { row: SloTableRow; window: keyof BurnEntry }) {
  const { word } = burnText(row.burn[window], row.state);
  const over = row.burning.includes(window);
  const none = row.burn[window] === null;
  return (
    <span
      className={clsx(
        over && "font-semibold underline decoration-2 underline-offset-3",
        over && (window === "1h" || window === "6h" ? "decoration-critical" : "decoration-warn"),
        none ? "text-subtle" : !over && "text-muted",
      )}
    >
      {word}
      {over && <span className="sr-only"> over its threshold</span>}
    </span>
  );
}

function KnownCell({ row }: { row: SloTableRow }) {
  if (row.coverage === null) return <span className="text-muted">none</span>;
  const whole = row.coverage >= 0.95;
  return <span className={whole ? "text-muted" : "font-semibold"}>{knownText(row.coverage)}</span>;
}

/** Whole when all of it is known, else with its tenth: 99.9 % is not all. */
const knownText = (coverage: number) => (coverage === 1 ? "100\u00a0%" : percent(coverage));

function SourceCell({ row, table }: { row: SloTableRow; table: SloTable }) {
  const source = table.sources.find((entry) => entry.name === row.source);
  return (
    <span className="flex items-center gap-1 text-xs text-muted">
      {source?.stale && <StatusShape status="unknown" />}
      <span className="cut">
        <Upstream text={row.source} />
      </span>
      {source?.last_ok_at && (
        <span className="flex-none">· {relative(source.last_ok_at, table.as_of).replace(" ago", "")}</span>
      )}
    </span>
  );
}

function sourceText(row: SloTableRow, table: SloTable): string {
  const source = table.sources.find((entry) => entry.name === row.source);
  const read = source?.last_ok_at ? `read ${relative(source.last_ok_at, table.as_of)}` : "never read";
  const newest = row.newest_hour ? `, newest hour began ${relative(row.newest_hour, table.as_of)}` : "";
  return `${row.source}: ${read}${newest}${source?.stale ? "; stale" : ""}`;
}
