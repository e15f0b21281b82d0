import { Ellipsis } from "lucide-react";
import { type RefObject, memo, useMemo } from "react";
import { keysOf } from "../../commands/registry";
import { KeyHint } from "../KeyHint";
import { Menu, type MenuEntry } from "../overlay/Menu";
import { type Numbers, csvOf, fileName } from "./numbers";
import { useSave } from "./save";

interface ChartKeysProps {
  title: string;
  /** The numbers stand in the chart's place. */
  asTable: boolean;
  /** Puts the numbers in the chart's place, and back. The same one at each drawing. */
  onTurn: () => void;
  /** It answers to its keys now. */
  active: boolean;
  /** It has a crosshair that is moved by key. */
  steps: boolean;
  /** The numbers as they are when asked. The same one at each drawing. */
  numbers: () => Numbers;
  canvas: RefObject<HTMLCanvasElement | null> | undefined;
}

/** The keys of a chart and its menu. It does not change when other values are drawn, so it is not made again then. */
export const ChartKeys = memo(function ChartKeys(props: ChartKeysProps) {
  const { title, asTable, onTurn, active, steps, numbers, canvas } = props;
  const save = useSave();
  const groups = useMemo(() => {
    const entries: MenuEntry[] = [
      {
        id: "table",
        word: asTable ? "As a chart" : "As a table",
        keys: keysOf("chart.table"),
        run: onTurn,
      },
      {
        id: "csv",
        word: "Save the numbers, CSV",
        run: () => save(fileName(title, "csv"), new Blob([csvOf(numbers())], { type: "text/csv" })),
      },
    ];
    if (canvas && !asTable) {
      entries.push({
        id: "png",
        word: "Save the picture, PNG",
        run: () => canvas.current?.toBlob((picture) => picture && save(fileName(title, "png"), picture)),
      });
    }
    return [{ id: "chart", entries }];
  }, [asTable, onTurn, numbers, title, canvas, save]);
  return (
    <span className="flex items-center gap-3 text-sm text-muted">
      {active && (
        <span className="flex items-center gap-1.5">
          <KeyHint command="chart.table" /> {asTable ? "chart" : "table"}
        </span>
      )}
      {active && steps && !asTable && (
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
        groups={groups}
      />
    </span>
  );
});
