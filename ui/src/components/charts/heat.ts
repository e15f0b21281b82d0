/** What a cell says: three neutral steps, two states, nothing known, or not a part of the span. */
export type HeatLevel = "low" | "mid" | "high" | "warn" | "critical" | "none" | "outside";

/** A cell: its level, and in words what it stands for. */
export interface HeatCell {
  level: HeatLevel;
  /** `Wed 4 Nov 14:00, 194×, INC-38`. */
  text: string;
}

/** A grid of cells: columns from left to right, and in each the rows from top to bottom. */
export interface HeatData {
  /** One for each row; empty where none is written. */
  rowLabels: readonly string[];
  columnLabels: readonly string[];
  columns: readonly (readonly HeatCell[])[];
}

/** A place in the grid. */
export interface Spot {
  column: number;
  row: number;
}

/** The place so far away, held inside the grid; the last cell when there was none. */
export function stepSpot(data: HeatData, from: Spot | null, columns: number, rows: number): Spot {
  if (!from) return { column: data.columns.length - 1, row: 0 };
  const hold = (value: number, count: number) => Math.min(Math.max(value, 0), count - 1);
  const column = hold(from.column + columns, data.columns.length);
  return { column, row: hold(from.row + rows, data.columns[column]?.length ?? 1) };
}

/** Ways to draw the cells, each level as one path, so that 720 cells cost no more than seven. */
export function cellsByLevel(data: HeatData): Map<HeatLevel, Spot[]> {
  const found = new Map<HeatLevel, Spot[]>();
  data.columns.forEach((cells, column) =>
    cells.forEach(({ level }, row) => {
      const spots = found.get(level);
      if (spots) spots.push({ column, row });
      else found.set(level, [{ column, row }]);
    }),
  );
  return found;
}
