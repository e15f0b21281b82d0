import { fireEvent, render, screen, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { anchorAt, placeOf } from "./anchor";
import { type TableColumn, stepRow, useTableModel } from "./model";
import { Table } from "./Table";

interface Sample {
  id: string;
  name: string;
  pages: number | undefined;
}

const COLUMNS: readonly TableColumn<Sample>[] = [
  { id: "name", head: "Name", width: "1fr", cell: (row) => row.name, sortBy: (row) => row.name },
  {
    id: "pages",
    head: "Pages",
    width: "80px",
    right: true,
    cell: (row) => row.pages ?? "not known",
    sortBy: (row) => row.pages,
  },
];

const sample = (count: number): Sample[] =>
  Array.from({ length: count }, (_, index) => ({ id: `r${index}`, name: `row ${index}`, pages: index }));

function Shown({ rows, fit = false }: { rows: Sample[]; fit?: boolean }) {
  const [selected, setSelected] = useState<string | null>(null);
  const model = useTableModel({ columns: COLUMNS, rows, rowId: (row) => row.id });
  return <Table label="Samples" model={model} selected={selected} onSelect={setSelected} fit={fit} />;
}

const bodyRows = () => screen.getAllByRole("row").slice(1);
const texts = () => bodyRows().map((row) => within(row).getAllByRole("gridcell")[0]?.textContent);

beforeEach(() => {
  // happy-dom lays nothing out: a pane of 800 × 560.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(560);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(800);
});
afterEach(() => vi.restoreAllMocks());

describe("the table", () => {
  it("draws only what is seen of 100,000 rows, and says how many there are", () => {
    render(<Shown rows={sample(100_000)} />);
    expect(screen.getByRole("grid").getAttribute("aria-rowcount")).toBe("100001");
    expect(bodyRows().length).toBeGreaterThan(15);
    expect(bodyRows().length).toBeLessThanOrEqual(200);
  });

  it("moves the selection by key, and tells which row it is", () => {
    render(<Shown rows={sample(30)} />);
    const grid = screen.getByRole("grid");
    fireEvent.keyDown(grid, { key: "ArrowDown" });
    fireEvent.keyDown(grid, { key: "ArrowDown" });
    const chosen = bodyRows().find((row) => row.getAttribute("aria-selected") === "true");
    expect(chosen?.textContent).toContain("row 1");
    expect(grid.getAttribute("aria-activedescendant")).toBe(chosen?.id);
  });

  it("keeps the selection when the data is read again in another order", () => {
    const rows = sample(5);
    const { rerender } = render(<Shown rows={rows} fit />);
    fireEvent.click(bodyRows()[3] as HTMLElement);
    rerender(<Shown rows={[...rows].toReversed()} fit />);
    expect(bodyRows().findIndex((row) => row.getAttribute("aria-selected") === "true")).toBe(1);
  });

  it("sorts up, down and back; what is not known stays last", () => {
    const rows = [
      { id: "a", name: "a", pages: 2 },
      { id: "b", name: "b", pages: undefined },
      { id: "c", name: "c", pages: 1 },
    ];
    render(<Shown rows={rows} fit />);
    const head = screen.getByRole("button", { name: "Pages" });
    expect(texts()).toEqual(["a", "b", "c"]);
    fireEvent.click(head);
    expect(texts()).toEqual(["c", "a", "b"]);
    fireEvent.click(head);
    expect(texts()).toEqual(["a", "c", "b"]);
    fireEvent.click(head);
    expect(texts()).toEqual(["a", "b", "c"]);
  });
});

describe("stepRow", () => {
  const rows = sample(3);
  it.each([
    ["none selected", null, 1, "r0"],
    ["gone from the data", "old", 1, "r0"],
    ["down", "r0", 1, "r1"],
    ["held at the end", "r2", 1, "r2"],
    ["held at the start", "r1", -20, "r0"],
    ["to the end", "r0", Number.POSITIVE_INFINITY, "r2"],
  ])("%s", (_, selected, by, expected) => {
    expect(stepRow(rows, selected, by)).toBe(expected);
  });
});

describe("the anchor", () => {
  it("holds the row at the top when two come above it", () => {
    const anchor = anchorAt(3 * 28 + 5, sample(50), 28);
    expect(anchor).toEqual({ id: "r3", past: 5 });
    const grown = [{ id: "new-1" }, { id: "new-2" }, ...sample(50)];
    expect(anchor && placeOf(anchor, grown, 28)).toBe(5 * 28 + 5);
  });

  it("lets new rows be seen at the very top", () => {
    expect(anchorAt(0, sample(50), 28)).toBeNull();
  });
});
