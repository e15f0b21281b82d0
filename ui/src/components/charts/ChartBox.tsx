import { Ellipsis } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type RefObject, useMemo, useRef, useState } from "react";
import { useCommand } from "../../commands/keyboard";
import { commandOf } from "../../commands/registry";
import { KeyHint } from "../KeyHint";
import { Section } from "../Section";
import { Menu, type MenuEntry } from "../overlay/Menu";
import { NumberTable } from "./NumberTable";
import { type Numbers, csvOf, fileName } from "./numbers";
import { useSave } from "./save";

interface ChartBoxProps {
  title: string;
  /** A muted clause that carries the numbers. */
  clause?: ReactNode;
  /** What the chart shows, in a sentence or two: read to whoever cannot see it. */
  summary: string;
  /** The same as numbers; asked for when somebody wants to see or keep them. Keep it in a callback. */
  numbers: () => Numbers;
  /** Height of the body in px: of the chart, and of the table in its place. */
  height: number;
  /** Moves the crosshair by so many values. */
  onStep?: (by: number) => void;
  /** The canvas, for a picture of it. */
  canvas?: RefObject<HTMLCanvasElement | null>;
  /** The page's main chart answers to its keys at any time, others while they have the focus. */
  keys?: "page" | "focus";
  children: ReactNode;
}

/** What every chart has: a head with its keys, the numbers as a table one key away, and an export. */
export function ChartBox(props: ChartBoxProps) {
  const { title, summary, numbers, height, onStep, canvas, keys = "focus" } = props;
  const [focused, setFocused] = useState(false);
  const [asTable, setAsTable] = useState(false);
  const shown = useMemo(() => (asTable ? numbers() : null), [asTable, numbers]);
  const box = useRef<HTMLDivElement>(null);
  const save = useSave();
  const active = focused || keys === "page";
  const turn = () => setAsTable((was) => !was);
  useCommand("chart.table", turn, active);
  useCommand("chart.back", () => onStep?.(-1), active && !asTable && onStep !== undefined);
  useCommand("chart.forth", () => onStep?.(1), active && !asTable && onStep !== undefined);
  const entries = useMemo(() => {
    const list: MenuEntry[] = [
      {
        id: "table",
        word: asTable ? "As a chart" : "As a table",
        keys: commandOf("chart.table").keys[0],
        run: () => setAsTable(!asTable),
      },
      {
        id: "csv",
        word: "Save the numbers, CSV",
        run: () => save(fileName(title, "csv"), new Blob([csvOf(numbers())], { type: "text/csv" })),
      },
    ];
    if (canvas && !asTable) {
      list.push({
        id: "png",
        word: "Save the picture, PNG",
        run: () => canvas.current?.toBlob((picture) => picture && save(fileName(title, "png"), picture)),
      });
    }
    return [{ id: "chart", entries: list }];
  }, [asTable, numbers, title, canvas, save]);
  const arrows = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0 || !onStep) return;
    event.preventDefault();
    onStep(by);
  };
  return (
    <Section
      title={title}
      clause={props.clause}
      freshness={
        <span className="flex items-center gap-3 text-sm text-muted">
          {active && (
            <span className="flex items-center gap-1.5">
              <KeyHint command="chart.table" /> {asTable ? "chart" : "table"}
            </span>
          )}
          {active && onStep && !asTable && (
            <span className="flex items-center gap-1.5">
              <KeyHint command="chart.back" />
              <KeyHint command="chart.forth" /> crosshair
            </span>
          )}
          <Menu
            trigger={
              <button type="button" aria-label={`More of ${title}`} className="rounded-key text-muted hover:text-fg">
                <Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />
              </button>
            }
            groups={entries}
          />
        </span>
      }
    >
      {asTable ? (
        <div style={{ height }}>{shown && <NumberTable label={`${title}, as a table`} numbers={shown} />}</div>
      ) : (
        // A chart is a group of marks that keys move through: there is no role for it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <div
          ref={box}
          role="group"
          aria-roledescription="chart"
          aria-label={summary}
          // The crosshair is moved by key.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onKeyDown={arrows}
          className="rounded-key outline-offset-4"
        >
          {props.children}
        </div>
      )}
    </Section>
  );
}
