import { clsx } from "clsx";
import type { CSSProperties } from "react";
import type { TableColumn } from "./model";

interface TableRowProps<Row> {
  id: string;
  /** From 0, in the order shown. */
  index: number;
  columns: readonly TableColumn<Row>[];
  row: Row;
  /** Tracks, height, and where it stands. */
  place: CSSProperties;
  bleed: boolean;
  selected: boolean;
  selectable: boolean;
  muted: boolean;
  onSelect: () => void;
  onOpen: () => void;
}

/** One row. Keys are the grid's: a row is pointed at, never focused. */
export function TableRow<Row>(props: TableRowProps<Row>) {
  const { bleed, selected, selectable } = props;
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus, jsx-a11y/click-events-have-key-events
    <div
      id={props.id}
      role="row"
      // The head is row 1.
      aria-rowindex={props.index + 2}
      aria-selected={selectable ? selected : undefined}
      data-selected={selected}
      style={props.place}
      onClick={selectable ? props.onSelect : undefined}
      onDoubleClick={selectable ? props.onOpen : undefined}
      className={clsx(
        "group grid w-full items-center border-b border-line contain-content",
        bleed ? "absolute top-0 left-0 px-2" : "relative last:border-b-0",
        selected && "bg-selection before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-accent",
        !selected && selectable && "hover:bg-surface",
        props.muted && !selected && "text-muted",
      )}
    >
      {props.columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          title={column.title?.(props.row)}
          className={clsx(
            "cut tabular-nums",
            bleed ? "px-2" : "px-2 first:pl-0 last:pr-0",
            column.right && "text-right",
            // On the selection's tint subtle text and the critical word would fall under 4.5:1.
            selected && "[&_.text-critical-fg]:text-fg [&_.text-subtle]:text-muted",
          )}
        >
          {column.cell(props.row)}
        </div>
      ))}
    </div>
  );
}
