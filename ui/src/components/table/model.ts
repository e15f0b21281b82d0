import {
  createSortedRowModel,
  createColumnHelper,
  rowSortingFeature,
  sortFn_alphanumeric,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { type ReactNode, useMemo, useState } from "react";

/** A column: what stands in its head, how wide it is, and what a row shows in it. */
export interface TableColumn<Row> {
  id: string;
  head: string;
  /** A track of a CSS grid, in whole pixels: `80px`, `minmax(120px, 1fr)`. */
  width: string;
  /** What a row shows. Text is cut at the edge: give `title` where it may be long. */
  cell: (row: Row) => ReactNode;
  /** Shown only in a table at least so wide, in px: what gives way when the pane is narrow. */
  from?: number;
  /** Numbers stand at the right, with their head. */
  right?: boolean;
  /** The full text of a cell that may be cut. */
  title?: (row: Row) => string;
  /** What the rows are sorted by. `undefined` is not known and stands last, whichever way the others go. */
  sortBy?: (row: Row) => string | number | undefined;
}

/**
 * The track of a column of numbers: `least` px, or what the longest of them takes. A number of which the end is cut off is a
 * wrong number, so its column gives no way; and room that is kept for numbers that seldom come is taken from names.
 */
export function numbersWidth(texts: readonly string[], least: number): string {
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 0);
  return `${Math.max(least, Math.ceil(longest * DIGIT_PX) + CELL_PX)}px`;
}

/** What a figure or a mark of a number takes on the average, in px: figures a little more, commas less. */
const DIGIT_PX = 7.5;
/** What a cell keeps free at its sides, in px. */
const CELL_PX = 17;

/** By which column the rows are sorted. */
export interface TableSort {
  column: string;
  descending: boolean;
}

/** Rows in the order in which they are shown, and how that order can be changed. */
export interface TableModel<Row> {
  columns: readonly TableColumn<Row>[];
  rows: readonly { id: string; row: Row }[];
  /** `null` while the rows stand as they were given. */
  sort: TableSort | null;
  /** Sorts by a column: up, down, then as given. A column without `sortBy` is left alone. */
  sortBy: (column: string) => void;
}

interface TableModelInput<Row> {
  /** Keep it outside the component, or in a memo: a new list sorts everything again. */
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  /** What stays the same of a row when the data is read again. */
  rowId: (row: Row) => string;
  sort?: TableSort;
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric },
});

/** The model of a table. The page holds it, because the page moves the selection through its rows. */
export function useTableModel<Row extends object>({
  columns,
  rows,
  rowId,
  sort: first,
}: TableModelInput<Row>): TableModel<Row> {
  const [sort, setSort] = useState<TableSort | null>(first ?? null);
  const defs = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map((column) =>
      helper.accessor((row: Row): unknown => column.sortBy?.(row), {
        id: column.id,
        header: column.head,
        sortUndefined: "last",
      }),
    );
  }, [columns]);
  const sorting = useMemo(() => (sort ? [{ id: sort.column, desc: sort.descending }] : []), [sort]);
  const table = useTable({ features, columns: defs, data: rows, getRowId: rowId, state: { sorting } });
  const sorted = table.getRowModel().rows;
  return {
    columns,
    rows: useMemo(() => sorted.map(({ id, original }) => ({ id, row: original })), [sorted]),
    sort,
    sortBy: (id) => {
      if (columns.find((column) => column.id === id)?.sortBy) setSort((was) => nextSort(was, id));
    },
  };
}

function nextSort(was: TableSort | null, column: string): TableSort | null {
  if (was?.column !== column) return { column, descending: false };
  return was.descending ? null : { column, descending: true };
}

/** The id so many rows further down, held at the ends; the first when none is selected, or when it is gone. */
export function stepRow(rows: readonly { id: string }[], selected: string | null, by: number): string | null {
  const at = rows.findIndex((row) => row.id === selected);
  if (at < 0) return rows[0]?.id ?? null;
  return rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.id ?? null;
}
