import { clsx } from "clsx";
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { type TableColumn, type TableModel, stepRow } from "./model";
import { HEAD, TableHead } from "./TableHead";
import { TableRow } from "./TableRow";
import { textScale } from "../scale";
import { useAnchor } from "./anchor";
import { useWindow } from "./window";

/** How high rows are: 24 px facts and logs, 28 px the usual, 32 px lists that one reads. */
export type Density = "dense" | "default" | "comfortable";

const HEIGHT: Record<Density, number> = { dense: 24, default: 28, comfortable: 32 };

interface TableProps<Row> {
  /** What the table is about, for those who cannot see it. */
  label: string;
  model: TableModel<Row>;
  density?: Density;
  /** Id of the selected row. The page holds it, so that it outlives a refresh. */
  selected?: string | null;
  /** A row was chosen by pointer or by arrow key. */
  onSelect?: (id: string) => void;
  /** A row was opened: Enter, or a double click. */
  onOpen?: (id: string) => void;
  /** Rows in a muted tone: finished, or not the matter at hand. */
  muted?: (row: Row) => boolean;
  /** The last line, with sums; by column id. */
  total?: Record<string, ReactNode>;
  /** What stands there when there is no row. */
  empty?: ReactNode;
  /** The first and the last row that are drawn, whenever they change: of what is read as it comes into sight. */
  onSight?: (first: number, last: number) => void;
  /** As high as its rows, inside a section. Else it fills its pane and scrolls, and only what is seen is drawn. */
  fit?: boolean;
  /** It scrolls, but inside a section: without the inset of a pane. */
  inset?: boolean;
}

/** Rows in columns: any number of them, a head that stays, and a selection that a refresh does not move. */
export function Table<Row>(props: TableProps<Row>) {
  const { model, density = "default", selected = null, total, fit = false, inset = false } = props;
  const bleed = !fit && !inset;
  const scroller = useRef<HTMLDivElement>(null);
  const name = useId();
  const scale = useMemo(textScale, []);
  const height = HEIGHT[density] * scale;
  const { rows } = model;
  const { first, last, scrollTo } = useWindow(scroller, {
    count: rows.length,
    height,
    head: HEAD * scale,
    foot: total ? height : 0,
    enabled: !fit,
  });
  useAnchor(scroller, rows, height, !fit);
  const sight = useEffectEvent(() => props.onSight?.(first, last));
  useEffect(() => sight(), [first, last]);
  const at = rows.findIndex((row) => row.id === selected);
  useEffect(() => {
    if (at >= 0 && !fit) scrollTo(at);
    // Only a change of the selection moves the view: a refresh that moves the row does not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [selected]);

  const drawn = at >= 0 && (fit || (at >= first && at <= last));
  const columns = useColumns(model, scroller, scale);
  const template = templateOf(columns);
  const draw = (index: number, top: number | null) => {
    const entry = rows[index];
    if (!entry) return null;
    return (
      <TableRow
        key={entry.id}
        id={`${name}${entry.id}`}
        index={index}
        columns={columns}
        row={entry.row}
        place={{ ...template, height, ...(top !== null && { transform: `translateY(${top}px)` }) }}
        bleed={bleed}
        fit={fit}
        selected={entry.id === selected}
        selectable={props.onSelect !== undefined}
        muted={props.muted?.(entry.row) ?? false}
        onSelect={() => props.onSelect?.(entry.id)}
        onOpen={() => props.onOpen?.(entry.id)}
      />
    );
  };
  const keys = (event: KeyboardEvent) => {
    const by = STEPS[event.key];
    const next = by === undefined ? null : stepRow(rows, selected, by);
    if (next !== null) props.onSelect?.(next);
    else if (event.key === "Enter" && at >= 0 && event.target === scroller.current) props.onOpen?.(selected ?? "");
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      // Only what is drawn can be pointed to.
      aria-activedescendant={drawn ? `${name}${selected}` : undefined}
      // What scrolls must be reachable by key, and so must a selection.
      tabIndex={fit && !props.onSelect ? -1 : 0}
      onKeyDown={props.onSelect ? keys : undefined}
      className={clsx("-outline-offset-2", fit ? "relative" : "h-full min-h-0 overflow-auto overscroll-contain")}
    >
      <TableHead model={model} columns={columns} template={template} bleed={bleed} fit={fit} />
      {rows.length === 0 && props.empty ? (
        <div className={fit ? "py-2" : "px-4 py-2"}>{props.empty}</div>
      ) : fit ? (
        <div role="rowgroup">{rows.map((_, index) => draw(index, null))}</div>
      ) : (
        <div role="rowgroup" className="relative" style={{ height: rows.length * height, minWidth: template.minWidth }}>
          {rows.slice(first, last + 1).map((_, nth) => draw(first + nth, (first + nth) * height))}
        </div>
      )}
      {total && (
        <Total
          columns={columns}
          at={rows.length + 2}
          total={total}
          place={{ ...template, height }}
          bleed={bleed}
          fit={fit}
        />
      )}
    </div>
  );
}

const STEPS: Record<string, number> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 20,
  PageUp: -20,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The columns that the table is wide enough for. */
function useColumns<Row>(
  model: TableModel<Row>,
  scroller: RefObject<HTMLElement | null>,
  scale: number,
): readonly TableColumn<Row>[] {
  const [width, setWidth] = useState(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setWidth(element.clientWidth || Number.POSITIVE_INFINITY);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, [scroller]);
  return model.columns.filter((column) => (column.from ?? 0) * scale <= width);
}

/** The tracks of the columns, which grow with the text; where they do not fit, the table is wider than its pane and scrolls. */
function templateOf<Row>(columns: readonly TableColumn<Row>[]) {
  const least = columns.reduce((sum, { width }) => sum + (Number(/\d+(?=px)/.exec(width)?.[0]) || 0), 0);
  const inRem = (px: number) => `${px / 16}rem`;
  const tracks = columns.map(({ width }) => width.replace(/(\d+)px/g, (_, px: string) => inRem(Number(px))));
  return { gridTemplateColumns: tracks.join(" "), minWidth: inRem(least) };
}

interface TotalProps<Row> {
  columns: readonly TableColumn<Row>[];
  /** The number of its row. */
  at: number;
  total: Record<string, ReactNode>;
  place: React.CSSProperties;
  bleed: boolean;
  fit: boolean;
}

function Total<Row>({ columns, at, total, place, bleed, fit }: TotalProps<Row>) {
  return (
    <div role="rowgroup" className={clsx(!fit && "sticky bottom-0 bg-bg")}>
      <div
        role="row"
        aria-rowindex={at}
        style={place}
        className={clsx("grid items-center border-t border-line-strong font-semibold", bleed && "px-2")}
      >
        {columns.map((column) => (
          <span
            key={column.id}
            role="gridcell"
            className={clsx(
              "cut tabular-nums",
              bleed ? "px-2" : "px-2 first:pl-0 last:pr-0",
              column.right && "text-right",
            )}
          >
            {total[column.id]}
          </span>
        ))}
      </div>
    </div>
  );
}
