import { Button } from "../components/Button";
import { Chip } from "../components/Chip";
import { CoverageRibbon, type Coverage } from "../components/CoverageRibbon";
import { Delta } from "../components/Delta";
import { EmptyState } from "../components/EmptyState";
import { ErrorBlock } from "../components/ErrorBlock";
import { Caps } from "../components/KeyHint";
import { Section } from "../components/Section";
import { Skeleton } from "../components/Skeleton";
import { type Shape, StatusMark } from "../components/StatusMark";
import { StatusWord } from "../components/StatusWord";
import { Pane, PaneHead, Split } from "../components/layout/Pane";

const SHAPES: readonly [Shape, string][] = [
  ["ok", "Healthy"],
  ["warn", "Tight"],
  ["critical", "Spent"],
  ["page", "Pages now"],
  ["info", "Info"],
  ["unknown", "Unknown"],
  ["maintenance", "Maintenance"],
];

const DAY = 86_400;
const END = Date.UTC(2026, 10, 16) / 1000;
const START = END - 120 * DAY;
const span = (from: number, to: number, state: Coverage["state"]): Coverage => ({
  from: START + from * DAY,
  to: START + to * DAY,
  state,
  text: `${state === "read" ? "read" : "not known"} from day ${from} to ${to}`,
});

const SOURCES: readonly { name: string; spans: readonly Coverage[]; label: string; share: string }[] = [
  { name: "pager", spans: [span(0, 120, "read")], label: "read whole", share: "100 %" },
  {
    name: "metrics",
    spans: [span(0, 112, "read"), span(112, 112.1, "unknown"), span(112.1, 120, "read")],
    label: "read, 1 hole",
    share: "99.9 %",
  },
  {
    name: "alerts",
    spans: [span(38, 60, "read"), span(60, 66, "unknown"), span(66, 119.8, "read"), span(119.8, 120, "unknown")],
    label: "read since day 38, 2 holes",
    share: "2 holes",
  },
  { name: "leave", spans: [], label: "never read", share: "never read" },
];

/** Marks, words, keys, coverage, and what stands where something is missing. */
export function MarkPart() {
  return (
    <Split
      beside={
        <Pane label="Beside">
          <Section title="Missing, failed, loading">
            <ErrorBlock
              error={new Error("connection refused at 10.4.2.7:9093")}
              title="Alerts are not known since 03:10"
              onRetry={() => undefined}
            />
            <div className="flex flex-col gap-2">
              <Skeleton className="h-4 w-60" />
              <Skeleton className="h-4 w-40" />
            </div>
          </Section>
          <Section title="Changes in words">
            <ul className="flex flex-col gap-1 text-sm text-muted">
              <li>
                <Delta change={6} unit="pages" countable than="than in the 84 d before" />
              </li>
              <li>
                <Delta change={-3} unit="pages" countable than="than in the 84 d before" />
              </li>
              <li>
                <Delta change={0} unit="pages" countable than="than in the 84 d before" />
              </li>
              <li>
                <Delta change={-2.4} digits={1} unit="points" than="than a week ago" />
              </li>
              <li>
                <Delta change={null} unit="pages" countable than="than in the 84 d before" />
              </li>
            </ul>
          </Section>
        </Pane>
      }
    >
      <PaneHead answer="Marks" />
      <Section title="Status" clause="shape, colour, word">
        <div className="flex flex-wrap gap-5">
          {SHAPES.map(([shape, word]) => (
            <StatusMark key={shape} status={shape} word={word} />
          ))}
          <StatusWord word="Resolved" />
        </div>
        <div className="mt-2 flex flex-wrap gap-5">
          {SHAPES.map(([shape, word]) => (
            <StatusMark key={shape} status={shape} word={word} plain />
          ))}
        </div>
      </Section>
      <Section title="Keys, chips, buttons">
        <div className="flex flex-wrap items-center gap-3">
          <Caps keys="g p" /> <Caps keys="Shift+R" /> <Caps keys="$mod+K" /> <Caps keys="Escape" />
          <Chip>SEV2</Chip> <Chip code>PD-QX71</Chip> <Chip filled>120 d</Chip>
          <Button primary>
            Open incident <Caps keys="Enter" onAccent />
          </Button>
          <Button>Assign cover</Button>
          <Button disabled>
            Publish <Caps keys="Ctrl+Enter" />
          </Button>
        </div>
      </Section>
      <Section title="Coverage" clause="120 d">
        <ul className="flex max-w-[640px] flex-col gap-1">
          {SOURCES.map((source) => (
            <li key={source.name} className="grid h-7 grid-cols-[96px_minmax(0,1fr)_88px] items-center gap-3">
              {source.name}
              <CoverageRibbon from={START} to={END} spans={source.spans} label={`${source.name}: ${source.label}`} />
              <span className="text-right text-muted tabular-nums">{source.share}</span>
            </li>
          ))}
        </ul>
      </Section>
      <EmptyState status="info" title="No review yet">
        <p>Reviews of the week and of the quarter stand here once the first one is begun.</p>
        <p>
          <Button primary large>
            Begin this week's review
          </Button>
        </p>
      </EmptyState>
    </Split>
  );
}
