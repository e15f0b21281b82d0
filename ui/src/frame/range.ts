/** The ranges that are offered, shortest first, as the address holds them; `null`: all that is known. */
const OFFERED = ["7d", "28d", "90d", "365d", null] as const;

/** Days of a range such as `28d`; `null`: no such range is chosen. */
export function daysOf(range: string | null): number | null {
  const days = range?.match(/^(\d{1,4})d$/)?.[1];
  return days === undefined ? null : Number(days);
}

/** A range in words. One that cannot be read narrows nothing. */
export function rangeWord(range: string | null): string {
  const days = daysOf(range);
  return days === null ? "All time" : `Last ${days}\u00a0d`;
}

/** The ranges to choose from; one that an address brings is among them. */
export function rangesWith(range: string | null): readonly (string | null)[] {
  const days = daysOf(range);
  if (days === null || OFFERED.some((offered) => offered === range)) return OFFERED;
  return [...OFFERED, `${days}d`].toSorted((a, b) => (daysOf(a) ?? Infinity) - (daysOf(b) ?? Infinity));
}
