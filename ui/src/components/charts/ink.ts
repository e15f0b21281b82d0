import { useEffect, useState } from "react";

const NAMES = {
  bg: "--bg",
  fg: "--fg",
  muted: "--fg-muted",
  subtle: "--fg-subtle",
  line: "--border",
  lineStrong: "--border-strong",
  accent: "--accent",
  ok: "--ok",
  warn: "--warn",
  critical: "--critical",
  info: "--info",
  unknown: "--unknown",
  heatLow: "--heat-low",
  heatMid: "--heat-mid",
  heatHigh: "--heat-high",
} as const;

/** What a canvas draws with: the tokens of the theme, as `#rrggbb`. */
export type Ink = Record<keyof typeof NAMES, string>;

/** The face of axes and labels on a canvas. */
export const FONT = '"Inter Variable", system-ui, sans-serif';

function read(): Ink {
  const style = getComputedStyle(document.documentElement);
  const entries = Object.entries(NAMES).map(([name, token]) => [
    name,
    style.getPropertyValue(token).trim() || "#808080",
  ]);
  return Object.fromEntries(entries) as Ink;
}

/** The ink of the theme; a new one when the theme changes, so that canvases are drawn again. */
export function useInk(): Ink {
  const [ink, setInk] = useState(read);
  useEffect(() => {
    const watch = new MutationObserver(() => setInk(read()));
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    return () => watch.disconnect();
  }, []);
  return ink;
}

/** A token's colour, so much of it: 0 none, 1 all. */
export function faint(hex: string, share: number): string {
  return `${hex}${Math.round(share * 255)
    .toString(16)
    .padStart(2, "0")}`;
}
