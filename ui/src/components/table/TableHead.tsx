import { clsx } from "clsx";
import type { CSSProperties } from "react";
import type { TableColumn, TableModel } from "./model";

/** Height of the head in px. */
export const HEAD = 24;

interface TableHeadProps<Row> {
  model: TableModel<Row>;
  /** Those of its columns that there is room for. */
  columns: readonly TableColumn<Row>[];
  /** The tracks of the columns. */
  template: CSSProperties;
  /** From edge to edge of a pane, and staying at its top. */
  bleed: boolean;
  /** As high as its rows: nothing to stay at the top of. */
  fit: boolean;
}

/** The heads of the columns; those that can sort are buttons. */
export function TableHead<Row>({ model, columns, template, bleed, fit }: TableHeadProps<Row>) {
  return (
    <div role="rowgroup" className={clsx(!fit && "sticky top-0 z-1 bg-bg")}>
      <div
        role="row"
        aria-rowindex={1}
        style={{ ...template, height: `${HEAD / 16}rem` }}
        className={clsx("grid items-center border-b border-line text-xs font-medium text-subtle", bleed && "px-2")}
      >
        {columns.map((column) => {
          const way = model.sort?.column === column.id ? (model.sort.descending ? "descending" : "ascending") : null;
          return (
            <div
              key={column.id}
              role="columnheader"
              title={column.head}
              aria-sort={column.sortBy ? (way ?? "none") : undefined}
              className={clsx("cut", bleed ? "px-2" : "px-2 first:pl-0 last:pr-0", column.right && "text-right")}
            >
              {column.sortBy ? (
                <button
                  type="button"
                  onClick={() => model.sortBy(column.id)}
                  className={clsx("rounded-key hover:text-fg", way && "text-fg")}
                >
                  {column.head}
                  {way && <SortMark descending={way === "descending"} />}
                </button>
              ) : (
                column.head
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function SortMark({ descending }: { descending: boolean }) {
  return (
    <svg viewBox="0 0 7 5" width="7" height="5" aria-hidden="true" className="ml-1 inline-block">
      <path d={descending ? "M0 0h7L3.5 5z" : "M0 5h7L3.5 0z"} fill="currentColor" />
    </svg>
  );
}
