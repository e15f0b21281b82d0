/** How long one thing took. */
export interface Duration {
  id: string;
  seconds: number;
  /** Full for the severe ones, a ring for the rest. */
  full: boolean;
  /** It goes on: `seconds` is what it took so far. */
  running: boolean;
  /** Id and length in words: `INC-38, 57m`. */
  text: string;
}

/** Marks of a log axis, in seconds: what a person counts in. */
const MARKS = [60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 172_800, 604_800, 2_592_000];

/** A log axis that holds all values, from a mark to a mark, and the marks on it. */
export function logAxis(seconds: readonly number[]): { from: number; to: number; marks: readonly number[] } {
  const positive = seconds.filter((value) => value > 0);
  const [low, high] = positive.length > 0 ? [Math.min(...positive), Math.max(...positive)] : [900, 14_400];
  const from = MARKS.findLast((mark) => mark <= low) ?? Math.min(low, 60);
  const to = MARKS.find((mark) => mark >= high && mark > from) ?? high;
  return { from, to, marks: MARKS.filter((mark) => mark >= from && mark <= to) };
}

/** Where a value stands on the axis: 0 at its beginning, 1 at its end; nothing lies beyond. */
export function placeOn({ from, to }: { from: number; to: number }, seconds: number): number {
  const share = Math.log(Math.max(seconds, from) / from) / Math.log(to / from);
  return Math.min(Math.max(share, 0), 1);
}

/** Where a dot stands, in px, and how far something reaches from it to the right. */
export interface Spot {
  x: number;
  tail: number;
}

/** The row of each dot, from the axis up, so that no two lie over each other. The reach of a dot is in px. */
export function rowsOf(spots: readonly Spot[], reach: number, most: number): number[] {
  const order = spots.map((_, index) => index).sort((a, b) => (spots[a]?.x ?? 0) - (spots[b]?.x ?? 0));
  const ends: number[] = [];
  const rows = spots.map(() => 0);
  for (const index of order) {
    const { x, tail } = spots[index] ?? { x: 0, tail: 0 };
    const free = ends.findIndex((end) => x - end >= reach);
    const row = free >= 0 ? free : Math.min(ends.length, most - 1);
    ends[row] = x + tail;
    rows[index] = row;
  }
  return rows;
}
