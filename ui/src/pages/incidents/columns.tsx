import { Skeleton } from "../../components/Skeleton";
import { StatusMark } from "../../components/StatusMark";
import { StatusWord } from "../../components/StatusWord";
import type { TableColumn } from "../../components/table/model";
import { Upstream } from "../../components/Upstream";
import { duration } from "../../format/duration";
import { instant, stamp } from "../../format/instant";
import type { IncidentLine } from "../../host/bindings";
import { kindOf, markOf, severityOf } from "./words";

interface ColumnsInput {
  /** The line of a row, as soon as it was read. */
  line: (row: string) => IncidentLine | undefined;
  now: string;
  zone: string;
  /** A panel is open beside the table: what the panel tells is left out. */
  narrow: boolean;
  /** All of it is of one source: that is not said in each row. */
  oneSource: boolean;
  /** Others look on: no names. */
  presenting: boolean;
}

/** Most people that a row names. */
const NAMED = 2;

const BAR: Record<string, string> = { title: "h-3 w-3/5", status: "h-3 w-16" };

/** The columns of the table. There may be a hundred thousand rows: each is an id, and what it shows is looked up as it is drawn. */
export function columnsOf({
  line: lineOf,
  now,
  zone,
  narrow,
  oneSource,
  presenting,
}: ColumnsInput): TableColumn<string>[] {
  const column = (
    id: string,
    head: string,
    width: string,
    cell: (line: IncidentLine) => React.ReactNode,
    more: { right?: boolean; title?: (line: IncidentLine) => string } = {},
  ): TableColumn<string> => {
    const { title, right = false } = more;
    return {
      id,
      head,
      width,
      right,
      cell: (row) => {
        const line = lineOf(row);
        return line ? cell(line) : <Skeleton className={BAR[id] ?? "h-3 w-10"} />;
      },
      title: (row) => {
        const line = lineOf(row);
        return line && title ? title(line) : "";
      },
    };
  };
  const wide = [
    column("responders", "Responders", "minmax(72px, 124px)", (line) => people(line, presenting), {
      title: (line) => (presenting ? "" : line.responders.join(", ")),
    }),
    ...(oneSource
      ? []
      : [
          column("source", "Source", "72px", (line) => <Quiet text={line.source} />, {
            title: (line) => `${line.source}, ${kindOf(line.kind).toLowerCase()}`,
          }),
        ]),
  ];
  return [
    column("status", "Status", "92px", (line) => <StatusCell line={line} />),
    column("number", "Number", "84px", (line) => <NumberCell line={line} />, {
      title: (line) => line.id,
    }),
    column("title", "Title", "minmax(140px, 1fr)", (line) => <TitleCell line={line} />, {
      title: (line) => line.title,
    }),
    column("severity", "Severity", "90px", (line) => <SeverityCell line={line} />, {
      title: (line) => line.severity_said ?? "",
    }),
    ...(narrow
      ? []
      : [
          column("service", "Service", "minmax(72px, 96px)", (line) => line.service && <Quiet text={line.service} />, {
            title: (line) => line.service ?? "",
          }),
        ]),
    column(
      "opened",
      "Opened",
      "108px",
      (line) => <time dateTime={line.created_at}>{instant(line.created_at, now, zone)}</time>,
      { title: (line) => stamp(line.created_at, zone) },
    ),
    ...(narrow
      ? []
      : [column("acked", "Acked after", "80px", (line) => length(line.acked_after_secs), { right: true })]),
    column("lasted", "Lasted", "72px", (line) => <Lasted line={line} />, { right: true }),
    ...(narrow ? [] : wide),
  ];
}

function StatusCell({ line }: { line: IncidentLine }) {
  const mark = markOf(line.status);
  return mark.status ? <StatusMark status={mark.status} word={mark.word} plain /> : <StatusWord word={mark.word} />;
}

function NumberCell({ line }: { line: IncidentLine }) {
  if (line.number === null) return <span className="text-subtle">none</span>;
  return (
    <span className="font-mono text-sm">
      <Upstream text={line.number} />
    </span>
  );
}

function TitleCell({ line }: { line: IncidentLine }) {
  return (
    <span className={line.running ? "font-medium text-fg" : "text-fg"}>
      {line.hidden && (
        <span className="mr-1.5 rounded-key border border-line px-1 text-xs text-muted">
          {line.hidden === "test" ? "test" : "dropped"}
        </span>
      )}
      <Upstream text={line.title} />
      {line.title_cut && "…"}
    </span>
  );
}

function SeverityCell({ line }: { line: IncidentLine }) {
  const word = severityOf(line);
  return <span className={line.severity === null ? "text-subtle" : undefined}>{word}</span>;
}

function Lasted({ line }: { line: IncidentLine }) {
  return <span className={line.running ? "font-semibold text-fg" : undefined}>{length(line.lasted_secs)}</span>;
}

function length(secs: number | null) {
  return secs === null ? <span className="text-subtle">not told</span> : duration(secs);
}

function people(line: IncidentLine, presenting: boolean) {
  if (presenting) return <span className="text-subtle">hidden</span>;
  if (line.responders.length === 0) return <span className="text-subtle">not told</span>;
  const named = line.responders.slice(0, NAMED);
  const more = line.responders.length - named.length + line.more_responders;
  return (
    <span>
      <Upstream text={named.join(", ")} />
      {more > 0 && ` +${more}`}
    </span>
  );
}

function Quiet({ text }: { text: string }) {
  return (
    <span className="text-muted">
      <Upstream text={text} />
    </span>
  );
}
