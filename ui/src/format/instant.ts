type Part = "weekday" | "day" | "month" | "year" | "hour" | "minute";

/** Making a formatter costs a thousand times what using it does: one for each zone is kept. */
const formatters = new Map<string, { parts: Intl.DateTimeFormat; zone: Intl.DateTimeFormat }>();

function formatterOf(zone: string) {
  const kept = formatters.get(zone);
  if (kept) return kept;
  const made = {
    parts: new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      weekday: "short",
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }),
    zone: new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "short" }),
  };
  formatters.set(zone, made);
  return made;
}

function parts(at: string, zone: string): Record<Part, string> {
  const format = formatterOf(zone).parts;
  const found = new Map(format.formatToParts(new Date(at)).map((part) => [part.type, part.value]));
  const value = (part: Part) => found.get(part) ?? "";
  return {
    weekday: value("weekday"),
    day: value("day"),
    // Some engines write "Sept": three letters keep columns even.
    month: value("month").slice(0, 3),
    year: value("year"),
    hour: value("hour"),
    minute: value("minute"),
  };
}

/** The wall clock in a zone: `07:00`. */
export function clock(at: string, zone: string): string {
  const p = parts(at, zone);
  return `${p.hour}:${p.minute}`;
}

/** Shortest unambiguous form beside `now`: `05:48` today, `Sat 21, 20:00` within a week, else `Fri 6 Nov`, else with the year. */
export function instant(at: string, now: string, zone: string): string {
  const [p, today] = [parts(at, zone), parts(now, zone)];
  if (p.year === today.year && p.month === today.month && p.day === today.day) return `${p.hour}:${p.minute}`;
  const distance = Math.abs(Date.parse(at) - Date.parse(now));
  if (distance < 7 * 86_400_000) return `${p.weekday} ${p.day}, ${p.hour}:${p.minute}`;
  return p.year === today.year ? `${p.weekday} ${p.day} ${p.month}` : `${p.day} ${p.month} ${p.year}`;
}

/** Everything, for titles and peeks: `Mon 16 Nov 2026, 07:00 WET`. */
export function stamp(at: string, zone: string): string {
  const p = parts(at, zone);
  return `${p.weekday} ${p.day} ${p.month} ${p.year}, ${p.hour}:${p.minute} ${zoneLabel(at, zone)}`;
}

/** The zone's abbreviation at an instant: `UTC`, `WET`, `GMT+9`. */
function zoneLabel(at: string, zone: string): string {
  return (
    formatterOf(zone)
      .zone.formatToParts(new Date(at))
      .find((part) => part.type === "timeZoneName")?.value ?? zone
  );
}

/** The day in a zone as the shell reads it: `2026-11-16`. */
export function dayIn(at: string, zone: string): string {
  const month = new Intl.DateTimeFormat("en-GB", { timeZone: zone, month: "2-digit" }).format(new Date(at));
  const { year, day } = parts(at, zone);
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** The day within a fortnight: `Mon 16`. */
export function shortDay(at: string, zone: string): string {
  const { weekday, day } = parts(at, zone);
  return `${weekday} ${day}`;
}

/** From when to when within a fortnight: `Sat 21 20:00 – Sun 22 08:00`, on one day `Sat 21 20:00 – 22:00`. */
export function shortSpan({ start, end }: { start: string; end: string }, zone: string): string {
  const [from, to] = [shortDay(start, zone), shortDay(end, zone)];
  return `${from} ${clock(start, zone)} – ${from === to ? "" : `${to} `}${clock(end, zone)}`;
}

/** The day in a zone: `16 Nov`. */
export function dayOf(at: string, zone: string): string {
  const p = parts(at, zone);
  return `${p.day} ${p.month}`;
}

/** The place that a zone is named after: `Europe/Lisbon` is `Lisbon`. */
export function place(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** Instants as machines write them, inside a sentence of the engine's: `last read whole 2026-11-16T03:10:00Z`. */
const WRITTEN = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g;

/** A sentence with its instants as they are written everywhere else. */
export function withInstants(text: string, now: string, zone: string): string {
  return text.replace(WRITTEN, (at) => instant(at, now, zone));
}
