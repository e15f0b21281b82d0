interface DeltaProps {
  /** How much more or less, rounded as it is shown; `null` when one of the two is not known. */
  change: number | null;
  digits?: number;
  /** What is counted or measured: `pages`, `points`. */
  unit: string;
  /** Countable: `fewer`. Else `less`. */
  countable?: boolean;
  /** What it is held against: `than in the 84 d before`. */
  than: string;
}

/** A change in words: no arrow and no colour, because more is not always worse. */
export function Delta({ change, digits = 0, unit, countable = false, than }: DeltaProps) {
  return <span className="tabular-nums">{deltaText({ change, digits, unit, countable, than })}</span>;
}

/** The words of a change. */
export function deltaText({ change, digits = 0, unit, countable = false, than }: DeltaProps): string {
  if (change === null) return `change not known: ${unit} ${than.replace(/^than /, "")} were not read whole`;
  const size = Math.abs(change).toLocaleString("en-GB", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  if (!/[1-9]/.test(size)) return `as many ${unit} as ${than.replace(/^than /, "")}`;
  return `${size}${change > 0 ? " more" : countable ? " fewer" : " less"} ${unit} ${than}`;
}
