import { useCallback, useMemo, useState } from "react";
import { useMoment } from "../../frame/moment";
import type { IncidentFirst, IncidentIndex, IncidentLine } from "../../host/bindings";
import { useIncidentLines } from "../../host/incidents";

type Lines = ReadonlyMap<string, IncidentLine>;

/** Rows that are read at once. */
const PART = 100;

const NOTHING: Lines = new Map();

/** The parts of the index that hold the rows from `first` to `last`. */
export function partsOf(rows: readonly string[], first: number, last: number): string[][] {
  const parts: string[][] = [];
  for (let from = Math.floor(first / PART) * PART; from <= last && from < rows.length; from += PART)
    parts.push(rows.slice(from, from + PART));
  return parts;
}

/** The lines of the rows in sight. While they are read anew, those of before stay. */
export function useLines(index: IncidentIndex | undefined, first: IncidentFirst | undefined) {
  const { asof } = useMoment();
  const [sight, setSight] = useState({ first: 0, last: 0 });
  const [kept, setKept] = useState({ asof, lines: NOTHING });
  const rows = index?.rows;
  const parts = useMemo(() => partsOf(rows ?? [], sight.first, sight.last), [rows, sight]);
  const read = useIncidentLines(parts);
  if (read.size > 0 && !(kept.asof === asof && same(kept.lines, read))) setKept({ asof, lines: read });
  const begun = useMemo(() => new Map(first?.lines.map((line) => [line.row, line])), [first]);
  const before = kept.asof === asof ? kept.lines : NOTHING;
  const line = useCallback((row: string) => read.get(row) ?? begun.get(row) ?? before.get(row), [read, begun, before]);
  const see = useCallback((from: number, to: number) => setSight({ first: from, last: to }), []);
  return { line, see };
}

function same(a: Lines, b: Lines): boolean {
  return a.size === b.size && [...b].every(([row, line]) => a.get(row) === line);
}
