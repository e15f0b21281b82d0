import { describe, expect, it } from "vitest";
import { spanOf } from "./BudgetBar";
import { pathOf } from "./Sparkline";
import { logAxis, placeOn, rowsOf } from "./dots";
import { type HeatData, cellsByLevel, stepSpot } from "./heat";
import { runsOf } from "./lines";
import { csvOf, fileName } from "./numbers";
import { endsOf, isThere, labelSides, valueText } from "./series";

describe("labelSides", () => {
  it.each([
    ["room at the right", [{ x: 10, width: 20 }], [1]],
    ["the edge: to the left", [{ x: 95, width: 20 }], [-1]],
    [
      "the next one is near: to the left",
      [
        { x: 40, width: 30 },
        { x: 60, width: 20 },
      ],
      [-1, 1],
    ],
    [
      "no room on either side",
      [
        { x: 4, width: 30 },
        { x: 20, width: 20 },
      ],
      [0, 1],
    ],
  ])("%s", (_, labels, sides) => {
    expect(labelSides(labels, 0, 100, 4)).toEqual(sides);
  });
});

describe("endsOf", () => {
  it.each([
    ["zero is near: it is in", [1, 9], 0],
    ["far from zero: close to the lowest", [98, 99], 97.92],
    ["below zero: under the lowest", [-10, 10], -11.6],
    ["nothing known", [null], 0],
  ])("%s", (_, values, bottom) => {
    expect(endsOf([values])[0]).toBeCloseTo(bottom, 5);
  });
});

describe("where a line could have a value", () => {
  const now = { at: 100, value: 1, label: "now" };
  it.each([
    ["measured", { kind: "data" }, [true, true, false]],
    ["expected", { kind: "forecast" }, [false, true, true]],
    ["held against", { kind: "reference" }, [true, true, true]],
    ["held against from now on", { kind: "reference", ahead: true }, [false, true, true]],
  ] as const)("%s", (_, series, there) => {
    expect([99, 100, 101].map((seconds) => isThere(series, seconds, { now }))).toEqual(there);
  });
});

describe("valueText", () => {
  it.each([
    [18, "18.0\u00a0%"],
    [-6.04, "\u22126.0\u00a0%"],
    [-0.01, "0.0\u00a0%"],
    [null, "not known"],
  ])("%s", (value, text) => {
    expect(valueText(value, { digits: 1, unit: "%" })).toBe(text);
  });
});

describe("the budget bar", () => {
  it.each([
    ["untouched", 1, { left: 10, width: 90 }],
    ["a fifth", 0.2, { left: 10, width: 18 }],
    ["spent", 0, { left: 10, width: 0 }],
    ["overspent: left of zero", -0.06, { left: 4.6, width: 5.4 }],
    ["far overspent: cut at the edge", -3, { left: 0, width: 10 }],
  ])("%s", (_, remaining, span) => {
    expect(spanOf(remaining).left).toBeCloseTo(span.left, 6);
    expect(spanOf(remaining).width).toBeCloseTo(span.width, 6);
  });
});

describe("the log axis", () => {
  it("goes from mark to mark around the values", () => {
    expect(logAxis([1_080, 15_120])).toEqual({
      from: 900,
      to: 28_800,
      marks: [900, 1_800, 3_600, 7_200, 14_400, 28_800],
    });
  });

  it("stands without values", () => {
    expect(logAxis([]).marks.length).toBeGreaterThan(1);
  });

  it("puts equal ratios at equal lengths", () => {
    const axis = { from: 900, to: 14_400 };
    expect([900, 1_800, 3_600, 14_400, 0].map((seconds) => placeOn(axis, seconds))).toEqual([0, 0.25, 0.5, 1, 0]);
  });

  it("stacks dots that would lie over each other, no higher than allowed", () => {
    const spots = [0, 3, 30, 32, 33].map((x) => ({ x, tail: 0 }));
    expect(rowsOf(spots, 10, 2)).toEqual([0, 1, 0, 1, 1]);
  });

  it("leaves room for what reaches from a dot to the right", () => {
    const spots = [
      { x: 0, tail: 14 },
      { x: 20, tail: 0 },
      { x: 24, tail: 0 },
    ];
    expect(rowsOf(spots, 10, 2)).toEqual([0, 1, 0]);
  });
});

describe("a path with a hole", () => {
  it("is lifted over what is not known", () => {
    expect(
      pathOf(
        [1, 2, null, 3],
        (x) => x,
        (y) => y,
      ),
    ).toBe("M0 1L1 2M3 3");
  });
});

describe("csvOf", () => {
  it("quotes, leaves the unknown empty, and disarms formulas", () => {
    const rows = [
      ['say "no", then', 1.5],
      ["=HYPERLINK(1)", null],
      ["plain", -2],
    ];
    expect(csvOf({ columns: ["What", "Value"], rows })).toBe(
      'What,Value\r\n"say ""no"", then",1.5\r\n\'=HYPERLINK(1),\r\nplain,-2\r\n',
    );
  });

  it.each(["=1", "+1", "-1", "@a", "\t1", "  =1", "\u00a0@a", "\ufeff+1", "\0=1", "＝1", "－1"])(
    "disarms %j",
    (text) => {
      const written = csvOf({ columns: [], rows: [[text]] }).trim();
      expect(written.replace(/^"/, "").startsWith("'")).toBe(true);
    },
  );

  it("leaves what a spreadsheet takes as text", () => {
    expect(csvOf({ columns: [], rows: [["a=b", "1-2"]] })).toBe("\r\na=b,1-2\r\n");
  });

  it("names the file after the title", () => {
    expect(fileName("Budget left, %", "csv")).toBe("budget-left.csv");
  });
});

describe("the heat strip", () => {
  const cell = (level: "low" | "warn") => ({ level, text: level });
  const data: HeatData = {
    rowLabels: ["00", "", ""],
    columnLabels: ["a", "b"],
    columns: [
      [cell("low"), cell("warn"), cell("low")],
      [cell("low"), cell("low")],
    ],
  };

  it("draws each level at once", () => {
    expect([...cellsByLevel(data)].map(([level, spots]) => [level, spots.length])).toEqual([
      ["low", 4],
      ["warn", 1],
    ]);
  });

  it.each([
    ["begins at the newest", null, [0, 0], { column: 1, row: 0 }],
    ["held inside a shorter column", { column: 0, row: 2 }, [1, 0], { column: 1, row: 1 }],
    ["held at the edge", { column: 0, row: 0 }, [-1, -1], { column: 0, row: 0 }],
  ])("%s", (_, from, [columns, rows], to) => {
    expect(stepSpot(data, from, columns ?? 0, rows ?? 0)).toEqual(to);
  });
});

describe("the points of a line", () => {
  const same = (value: number) => value;
  const run = (values: (number | null)[], stepped = false, every = 1) =>
    runsOf(
      values.map((_, n) => n * every),
      { values, stepped },
      same,
      same,
    );

  it("are only where it bends", () => {
    expect(run([0, 1, 2, 3, 2, 1])).toEqual([[0, 0, 3, 3, 5, 1]]);
  });

  it("keep a hole where nothing is known", () => {
    expect(run([1, 1, null, 2, 2])).toEqual([
      [0, 1, 1, 1],
      [3, 2, 4, 2],
    ]);
  });

  it("hold a value until the next", () => {
    expect(run([0, 5, 5], true)).toEqual([[0, 0, 1, 0, 1, 5, 2, 5]]);
  });

  it("keep the lowest and the highest of a column of pixels", () => {
    const values = Array.from({ length: 1_000 }, (_, n) => (n === 500 ? 90 : n === 502 ? 10 : 50));
    const [points] = run(values, false, 0.01);
    const ys = points?.filter((_, n) => n % 2 === 1) ?? [];
    expect([Math.min(...ys), Math.max(...ys)]).toEqual([10, 90]);
    expect(ys.length).toBeLessThan(10);
  });

  it("lie closer to every value than can be seen", () => {
    const values = Array.from({ length: 400 }, (_, n) => 40 * Math.sin(n / 17));
    const [points = []] = run(values);
    const farthest = values.map((value, at) => {
      const n = points.findIndex((x, index) => index % 2 === 0 && x >= at);
      const [x, y] = [points[n] ?? 0, points[n + 1] ?? 0];
      const [fromX, from] = n < 2 ? [x, y] : [points[n - 2] ?? 0, points[n - 1] ?? 0];
      return Math.abs(value - (x === fromX ? y : from + ((y - from) * (at - fromX)) / (x - fromX)));
    });
    expect(Math.max(...farthest)).toBeLessThanOrEqual(0.3000001);
    expect(points.length).toBeLessThan(400);
  });
});
