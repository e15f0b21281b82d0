const UNITS: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** Seconds of `45s`, `30m`, `1h 30m`, `2 d`, `1w`; `null` when it cannot be read. */
export function inSeconds(text: string): number | null {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*(w|d|h|min|m|s)\s*/g)];
  const read = parts.map((part) => part[0]).join("");
  if (parts.length === 0 || read !== text.trim().replace(/^\s+/, "")) return null;
  const seconds = parts.reduce((sum, [, value, unit]) => sum + Number(value) * (UNITS[unit?.charAt(0) ?? ""] ?? 0), 0);
  return Math.round(seconds);
}

/** Seconds written so that `inSeconds` reads them back: `1h 30m`. */
export function lengthOf(seconds: number): string {
  let left = Math.round(seconds);
  const parts: string[] = [];
  for (const unit of ["d", "h", "m", "s"]) {
    const size = UNITS[unit] ?? 1;
    const whole = Math.floor(left / size);
    if (whole > 0) parts.push(`${whole}${unit}`);
    left -= whole * size;
  }
  return parts.join(" ") || "0s";
}
