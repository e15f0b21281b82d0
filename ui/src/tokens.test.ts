import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Rgb = [number, number, number];
type Tokens = Record<string, string>;
type Matrix = [Rgb, Rgb, Rgb];

const css = readFileSync("src/tokens.css", "utf8");

function tokens(theme: string): Tokens {
  const block = css.split(`[data-theme="${theme}"]`)[1]?.split("}")[0] ?? "";
  return Object.fromEntries([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]));
}

function linear(hex: string): Rgb {
  const channel = (at: number) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

// WCAG 2.2, relative luminance and contrast ratio.
function contrast(a: string, b: string): number {
  const luminance = ([r, g, bl]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * bl;
  const [x, y] = [luminance(linear(a)), luminance(linear(b))].sort((m, n) => n - m) as [number, number];
  return (x + 0.05) / (y + 0.05);
}

// Machado, Oliveira and Fernandes 2009, severity 1.0.
const SIGHT: Record<string, Matrix> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const times = (m: Matrix, v: Rgb): Rgb => m.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as Rgb;

// Björn Ottosson's OKLab.
function oklab(rgb: Rgb): Rgb {
  const lms = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map((v) => Math.cbrt(Math.max(v, 0))) as Rgb;
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    lms,
  );
}

function distance(a: string, b: string, sight: Matrix): number {
  const seen = (hex: string) => oklab(times(sight, linear(hex)).map((v) => Math.min(1, Math.max(0, v))) as Rgb);
  const [p, q] = [seen(a), seen(b)];
  return 100 * Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

/** A colour laid over another, so much of it. */
function over({ hex, share }: { hex: string; share: number }, ground: string): string {
  const channel = (at: number) => {
    const [top, under] = [hex, ground].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16)) as [
      number,
      number,
    ];
    return Math.round(top * share + under * (1 - share))
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

/** The selection's tint, as its token writes it: a colour and how much of it. */
function tintOf(theme: string): { hex: string; share: number } {
  const block = css.split(`[data-theme="${theme}"]`)[1]?.split("}")[0] ?? "";
  const [, hex, share] = /--selection: (#[0-9a-f]{6})([0-9a-f]{2});/.exec(block) ?? [];
  return { hex: hex ?? "", share: Number.parseInt(share ?? "", 16) / 255 };
}

const STATES = ["ok", "warn", "critical", "info", "unknown"] as const;
const GROUNDS = ["bg", "surface", "raised", "floating"] as const;
const of = (theme: Tokens, name: string) => theme[name] ?? `missing --${name}`;

describe.each([
  ["dark", 12],
  ["light", 9],
])("%s tokens", (theme, apart) => {
  const t = tokens(theme);

  it.each([
    ["fg", GROUNDS],
    ["fg-muted", GROUNDS],
    ["fg-subtle", ["bg"] as const],
  ])("text in --%s reads where it is used (4.5:1)", (name, grounds) => {
    for (const ground of grounds) expect(contrast(of(t, name), of(t, ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(STATES)("the mark of %s stands out on every ground (3:1), its word reads (4.5:1)", (state) => {
    for (const ground of GROUNDS) expect(contrast(of(t, state), of(t, ground))).toBeGreaterThanOrEqual(3);
    expect(contrast(of(t, `${state}-fg`), of(t, "bg"))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(Object.entries(SIGHT))("no two states look alike with %s sight", (_, sight) => {
    for (const [i, a] of STATES.entries()) {
      for (const b of STATES.slice(i + 1)) {
        expect(distance(of(t, a), of(t, b), sight), `${a} and ${b}`).toBeGreaterThanOrEqual(apart);
      }
    }
  });

  it("text reads on the tint of a selected row, but for the subtle one and the critical word", () => {
    const tint = tintOf(theme);
    for (const ground of ["bg", "surface"] as const) {
      const tinted = over(tint, of(t, ground));
      for (const name of ["fg", "fg-muted"]) expect(contrast(of(t, name), tinted), name).toBeGreaterThanOrEqual(4.5);
      for (const state of STATES) expect(contrast(of(t, state), tinted), state).toBeGreaterThanOrEqual(3);
    }
  });

  it("names read in a block of a schedule, by day and by night", () => {
    const night = (ground: string) => over({ hex: of(t, "night"), share: 0.7 }, of(t, ground));
    for (const ground of [of(t, "block"), night("block")]) {
      expect(contrast(of(t, "fg"), ground)).toBeGreaterThanOrEqual(4.5);
      for (const mark of ["warn", "info"]) expect(contrast(of(t, mark), ground), mark).toBeGreaterThanOrEqual(3);
    }
    // What is past is muted, on a ground of its own.
    expect(contrast(of(t, "fg-muted"), night("surface"))).toBeGreaterThanOrEqual(4.5);
    // Day and night must be told apart within the block, and night is the darker one in both themes.
    expect(distance(of(t, "block"), night("block"), SIGHT["usual"] as Matrix)).toBeGreaterThanOrEqual(5);
    expect(contrast(night("block"), "#000000")).toBeLessThan(contrast(of(t, "block"), "#000000"));
  });

  it.each(Object.entries(SIGHT))("the steps of heat and its states are told apart with %s sight", (_, sight) => {
    const steps = ["bg", "heat-low", "heat-mid", "heat-high", "warn", "critical"];
    for (const [i, a] of steps.entries()) {
      for (const b of steps.slice(i + 1)) {
        const least = a === "bg" && b === "heat-low" ? 4 : 8;
        expect(distance(of(t, a), of(t, b), sight), `${a} and ${b}`).toBeGreaterThanOrEqual(least);
      }
    }
  });

  it("a filled button reads", () => {
    expect(contrast(of(t, "on-accent"), of(t, "accent"))).toBeGreaterThanOrEqual(4.5);
  });
});
