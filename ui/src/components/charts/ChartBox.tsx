import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useCommand } from "../../commands/keyboard";
import { Section } from "../Section";
import { ChartKeys } from "./ChartKeys";
import { NumberTable } from "./NumberTable";
import type { Numbers } from "./numbers";

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
  const active = focused || keys === "page";
  const turn = useCallback(() => setAsTable((was) => !was), []);
  const latest = useRef(numbers);
  useEffect(() => {
    latest.current = numbers;
  });
  const asked = useCallback(() => latest.current(), []);
  useCommand("chart.table", turn, active);
  useCommand("chart.back", () => onStep?.(-1), active && !asTable && onStep !== undefined);
  useCommand("chart.forth", () => onStep?.(1), active && !asTable && onStep !== undefined);
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
        <ChartKeys
          title={title}
          asTable={asTable}
          onTurn={turn}
          active={active}
          steps={onStep !== undefined}
          numbers={asked}
          canvas={canvas}
        />
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
