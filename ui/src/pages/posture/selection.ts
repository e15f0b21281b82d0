import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useCommand } from "../../commands/keyboard";
import type { Attention } from "../../host/bindings";

/** More rows than these are folded into "and n more". */
const SHOWN = 7;

/** Which row is selected, and whether one looks into it. The address holds both. */
export interface Selection {
  rows: Attention[];
  hidden: number;
  selected: Attention | undefined;
  peeking: boolean;
  movedByKey: boolean;
  peek: (row: Attention) => void;
  close: () => void;
  showAll: () => void;
}

/** The selection among the rows, moved by the page's keys. */
export function useSelection(all: Attention[]): Selection {
  const search = useSearch({ from: "/posture" });
  const navigate = useNavigate({ from: "/posture" });
  const [showsAll, setShowsAll] = useState(false);
  const [movedByKey, setMovedByKey] = useState(false);
  const named = all.findIndex((row) => row.id === search.row);
  const rows = showsAll || named >= SHOWN ? all : all.slice(0, SHOWN);
  const index = Math.max(named, 0);
  const selected = rows[index];
  const peeking = search.peek === true && selected !== undefined;

  const select = (row: Attention | undefined, peek: boolean, byKey: boolean) => {
    if (!row) return;
    setMovedByKey(byKey);
    void navigate({ search: peek ? { row: row.id, peek } : { row: row.id }, replace: true });
  };
  const close = () => select(selected, false, true);
  useCommand("row.next", () => select(rows[index + 1], peeking, true));
  useCommand("row.previous", () => select(rows[index - 1], peeking, true));
  useCommand("row.peek", () => select(selected, !peeking, true));
  useCommand("level.up", close, peeking);

  return {
    rows,
    hidden: all.length - rows.length,
    selected,
    peeking,
    movedByKey,
    peek: (row) => select(row, !(peeking && row === selected), false),
    close,
    showAll: () => setShowsAll(true),
  };
}
