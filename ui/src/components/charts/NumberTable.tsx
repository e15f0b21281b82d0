import { useMemo } from "react";
import { Table } from "../table/Table";
import { type TableColumn, useTableModel } from "../table/model";
import type { Numbers } from "./numbers";

interface Line {
  id: string;
  cells: readonly (string | number | null)[];
}

/** The numbers of a chart in rows. */
export function NumberTable({ label, numbers }: { label: string; numbers: Numbers }) {
  const rows = useMemo(() => numbers.rows.map((cells, index) => ({ id: String(index), cells })), [numbers]);
  const columns = useMemo(
    () =>
      numbers.columns.map((head, at): TableColumn<Line> => {
        const right = numbers.rows.some((row) => typeof row[at] === "number");
        return {
          id: String(at),
          head,
          width: at === 0 ? "minmax(196px, 220px)" : right ? "minmax(80px, 120px)" : "minmax(120px, 1fr)",
          right,
          cell: ({ cells }) => textOf(cells[at]),
          sortBy: ({ cells }) => cells[at] ?? undefined,
        };
      }),
    [numbers],
  );
  const model = useTableModel<Line>({ columns, rows, rowId: (line) => line.id });
  return <Table label={label} model={model} density="dense" inset />;
}

function textOf(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "not known";
  return typeof value === "number" ? value.toLocaleString("en-GB").replace("-", "\u2212") : value;
}
