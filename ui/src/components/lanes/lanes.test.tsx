import { fireEvent, render, screen, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useKeyboard } from "../../commands/keyboard";
import { ScheduleLanes } from "./ScheduleLanes";
import {
  axisHeight,
  type Lane,
  type LaneBlock,
  type LaneGroup,
  type LanesData,
  labelFor,
  moveTo,
  outsideLabels,
  rowsOf,
} from "./lanes";

const block = (id: string, from: number, to: number, kind: LaneBlock["kind"] = "shift"): LaneBlock => ({
  id,
  from,
  to,
  kind,
  label: id,
  text: `${id}, from ${from} to ${to}`,
});
const lane = (id: string, ...blocks: LaneBlock[]): Lane => ({ id, name: id, size: "final", blocks });
const GROUPS: LaneGroup[] = [
  {
    id: "one",
    name: "One",
    lanes: [lane("final", block("a", 0, 10), block("g1", 10, 12, "gap"), block("b", 12, 30)), lane("empty")],
  },
  { id: "two", name: "Two", lanes: [lane("final", block("c", 0, 20), block("g0", 20, 22, "gap"), block("d", 22, 30))] },
];

describe("moveTo", () => {
  it.each([
    ["from nowhere to the first", null, "forth", "a"],
    ["from what is gone to the first", "old", "down", "a"],
    ["forth", "a", "forth", "g1"],
    ["held at the end", "b", "forth", "b"],
    ["back", "b", "back", "g1"],
    ["down, over a lane without blocks, to the nearest in time", "b", "down", "g0"],
    ["up", "c", "up", "g1"],
    ["held at the top", "a", "up", "a"],
    ["the next gap, in any lane", "a", "gap", "g1"],
    ["from gap to gap by time", "g1", "gap", "g0"],
    ["after the last gap the first", "g0", "gap", "g1"],
    ["from nowhere the first gap", null, "gap", "g1"],
  ] as const)("%s", (_, selected, move, expected) => {
    expect(moveTo(GROUPS, selected, move)).toBe(expected);
  });

  it("stays without a gap", () => {
    expect(moveTo([{ id: "one", name: "One", lanes: [lane("final", block("a", 0, 10))] }], "a", "gap")).toBe("a");
  });
});

describe("labelFor", () => {
  it.each([
    ["wide", "Tomasz", 60, "Tomasz"],
    ["narrow, a short name", "Devon", 36, "Devon"],
    ["narrow, a long name", "Tomasz", 30, "Tom."],
    ["wide, but not for this name", "Leandro", 54, "Lea."],
    ["narrow, and a short name that does not fit", "leave", 26, "lea."],
    ["too narrow", "Yuki", 20, ""],
  ])("%s", (_, name, width, label) => {
    expect(labelFor(name, width)).toBe(label);
  });
});

describe("outsideLabels", () => {
  const axis = { from: 0, to: 100 };
  it.each([
    ["free to the right of a narrow block", [block("Amara", 10, 12)], ["Amara"]],
    ["not where the next block is too near", [block("Amara", 10, 12), block("Yuki", 14, 60)], []],
    ["not at the end of the axis", [block("Amara", 97, 99)], []],
    ["not where the block itself names somebody", [block("Amara", 10, 20)], []],
    ["not of what lies before the axis", [block("Amara", -20, 0)], []],
  ])("%s", (_, blocks, expected) => {
    expect(outsideLabels(lane("final", ...blocks), axis, 600).map(({ text }) => text)).toEqual(expected);
  });
});

describe("the lanes", () => {
  const many: LaneGroup[] = Array.from({ length: 2_000 }, (_, n) => ({
    id: `g${n}`,
    name: `Schedule ${n}`,
    lanes: [lane("final", block(`s${n}`, 0, 15), block(`t${n}`, 15, 30))],
  }));
  const data = (groups: LaneGroup[]): LanesData => ({ from: 0, to: 30, now: 5, weeks: [], days: [], groups });

  function Shown({ groups }: { groups: LaneGroup[] }) {
    const [selected, setSelected] = useState<string | null>(null);
    useKeyboard();
    return <ScheduleLanes label="Schedules" data={data(groups)} selected={selected} onSelect={setSelected} />;
  }

  beforeEach(() => {
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(560);
    vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(912);
  });
  afterEach(() => vi.restoreAllMocks());

  it("draws what is seen of 2,000 schedules", () => {
    render(<Shown groups={many} />);
    expect(rowsOf(many)).toHaveLength(4_000);
    expect(document.querySelectorAll("[data-block]").length).toBeLessThan(60);
  });

  it("is one stop of the Tab key, and goes on by key while it has the focus", () => {
    render(<Shown groups={GROUPS} />);
    const region = screen.getByRole("region", { name: "Schedules" });
    const stops = within(region)
      .getAllByRole("button")
      .filter((button) => button.tabIndex === 0);
    expect(stops.map((button) => button.getAttribute("aria-label"))).toEqual(["a, from 0 to 10"]);
    fireEvent.focus(stops[0] as HTMLElement);
    fireEvent.keyDown(stops[0] as HTMLElement, { key: "l", code: "KeyL" });
    fireEvent.keyDown(stops[0] as HTMLElement, { key: "l", code: "KeyL" });
    expect(within(region).getByRole("button", { pressed: true }).dataset["block"]).toBe("g1");
  });

  it("draws nights where they are, also in a block that began before the axis", () => {
    const early: LaneBlock = { ...block("a", 0, 30), nights: [{ from: 5, to: 20 }] };
    const groups = [{ id: "one", name: "One", lanes: [lane("final", early)] }];
    const seen = { ...data(groups), from: 10 };
    render(<ScheduleLanes label="Schedules" data={seen} selected={null} onSelect={() => undefined} />);
    const path = screen.getByRole("button", { name: /^a, from/ }).querySelector("path");
    expect(path?.getAttribute("d")).toBe("M0 0H500V1H0Z");
  });

  it("puts the zones in the place of the days", () => {
    const zones = [
      { id: "UTC", name: "UTC", title: "UTC", days: [{ at: 0, to: 30, label: "M 16" }], hours: [] },
      { id: "Asia/Tokyo", name: "Tokyo", title: "Asia/Tokyo", days: [{ at: 0, to: 20, label: "T 17" }], hours: [] },
    ];
    expect(axisHeight(data([]))).toBeLessThan(axisHeight({ ...data([]), zones }));
    render(
      <ScheduleLanes label="Schedules" data={{ ...data(GROUPS), zones }} selected={null} onSelect={() => undefined} />,
    );
    expect(screen.getByText("Tokyo")).toBeTruthy();
    expect(screen.getByText("T 17")).toBeTruthy();
  });
});
