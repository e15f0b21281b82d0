const DAY_MS = 86_400_000;

/** Making a formatter costs a thousand times what using it does: one for each zone is kept. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const kept = formatters.get(zone);
  if (kept) return kept;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
  });
  formatters.set(zone, made);
  return made;
}

/** Clocks change at a quarter of an hour: one answer holds for all of it. An axis asks for the same ones at each drawing. */
const QUARTER_MS = 900_000;
const MOST_KEPT = 5_000;
const offsets = new Map<string, number>();

/** How far a zone's wall clock is ahead of UTC at an instant, in milliseconds. */
export function offset(at: number, zone: string): number {
  const key = `${Math.floor(at / QUARTER_MS)} ${zone}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const found = readOffset(at, zone);
  if (offsets.size >= MOST_KEPT) offsets.clear();
  offsets.set(key, found);
  return found;
}

function readOffset(at: number, zone: string): number {
  const part = new Map(
    formatterOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const value = (name: Intl.DateTimeFormatPartTypes) => part.get(name) ?? 0;
  const wall = Date.UTC(
    value("year"),
    value("month") - 1,
    value("day"),
    value("hour"),
    value("minute"),
    value("second"),
  );
  return wall - Math.floor(at / 1000) * 1000;
}

/** The instant at which clocks of a zone show `hour` o'clock, so many days after the day of `now`. */
export function wallClock(now: string, zone: string, days: number, hour: number): string {
  const start = Date.parse(now);
  const midnight = Math.floor((start + offset(start, zone)) / DAY_MS) * DAY_MS;
  const wall = midnight + days * DAY_MS + hour * 3_600_000;
  // The offset of that day, not of today: clocks may change in between.
  const guess = wall - offset(wall, zone);
  return new Date(wall - offset(guess, zone)).toISOString().replace(/\.\d+Z$/, "Z");
}

/** Days from the day of `now` to the next Monday, 1 to 7. */
export function daysToMonday(now: string, zone: string): number {
  const start = Date.parse(now);
  const weekday = new Date(start + offset(start, zone)).getUTCDay();
  return (8 - weekday) % 7 || 7;
}

/** What clocks of a zone show at an instant: `2026-11-16 08:00`. */
export function wallOf(at: string, zone: string): string {
  const ms = Date.parse(at);
  return new Date(ms + offset(ms, zone)).toISOString().slice(0, 16).replace("T", " ");
}

/**
 * The instant at which clocks of a zone show `2026-11-16 08:00`; of two, the earlier. `null` when it cannot be read, or
 * when the clocks skip that time.
 */
export function instantOf(text: string, zone: string): string | null {
  const wanted = text.trim().replace("T", " ");
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/.test(wanted)) return null;
  const wall = Date.parse(`${wanted.replace(" ", "T")}:00Z`);
  if (Number.isNaN(wall)) return null;
  // The offsets a day before and after are the only two that can hold.
  const candidates = [wall - offset(wall - DAY_MS, zone), wall - offset(wall + DAY_MS, zone)];
  const fits = candidates.filter((at) => wallOf(new Date(at).toISOString(), zone) === wanted);
  if (fits.length === 0) return null;
  return new Date(Math.min(...fits)).toISOString().replace(/\.\d+Z$/, "Z");
}
