interface SparklineProps {
  /** From left to right; `null` where it is not known, which leaves a hole. */
  values: readonly (number | null)[];
  /** What it shows, in words, with the first and the last number. */
  label: string;
  /** A value it is held against, as a dashed line. */
  limit?: number;
  width?: number;
  height?: number;
}

/** The course of a few values beside a number: no axis, so never without that number. */
export function Sparkline({ values, label, limit, width = 96, height = 20 }: SparklineProps) {
  const known = [...values, limit ?? null].filter((value) => value !== null);
  const [low, high] = [Math.min(0, ...known), Math.max(0, ...known)];
  const pad = 3;
  const x = (index: number) => pad + (index * (width - 2 * pad)) / Math.max(values.length - 1, 1);
  const y = (value: number) => height - pad - ((value - low) * (height - 2 * pad)) / (high - low || 1);
  const last = values.findLastIndex((value) => value !== null);
  const end = values[last];
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={label}
      className="inline-block"
    >
      {limit !== undefined && (
        <path
          d={`M0 ${y(limit)}H${width}`}
          className="stroke-subtle"
          strokeWidth="1"
          strokeDasharray="3 2"
          fill="none"
        />
      )}
      <path d={pathOf(values, x, y)} className="stroke-muted" strokeWidth="1.25" fill="none" strokeLinejoin="round" />
      {typeof end === "number" && <circle cx={x(last)} cy={y(end)} r="2" className="fill-fg" />}
    </svg>
  );
}

/** A line through the known values, lifted over the holes. */
export function pathOf(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  const round = (value: number) => Math.round(value * 100) / 100;
  return values
    .flatMap((value, index) => {
      if (value === null) return [];
      const lifted = index === 0 || values[index - 1] === null;
      return [`${lifted ? "M" : "L"}${round(x(index))} ${round(y(value))}`];
    })
    .join("");
}
