import { stamp } from "../../format/instant";
import { daysToMonday, wallClock } from "../../format/wall";

const HOUR_MS = 3_600_000;
/** No row rests longer. */
const LONGEST_MS = 7 * 24 * HOUR_MS;
/** When a working day begins. */
const MORNING = 9;

/** An end that may be chosen. */
export interface Choice {
  id: "hour" | "tomorrow" | "monday" | "worse";
  word: string;
  /** The end in full. */
  detail: string;
  /** `null`: until it is worse. */
  until: string | null;
}

/** The ends that may be chosen at `now`. Monday is left out where it lies further than a row may rest. */
export function choicesAt(now: string, zone: string): Choice[] {
  const at = (until: string) => ({ until, detail: stamp(until, zone) });
  const start = Date.parse(now);
  const monday = wallClock(now, zone, daysToMonday(now, zone), MORNING);
  const hour = new Date(start + HOUR_MS).toISOString().replace(/\.\d+Z$/, "Z");
  const choices: Choice[] = [
    { id: "hour", word: "1 hour", ...at(hour) },
    { id: "tomorrow", word: "Until tomorrow morning", ...at(wallClock(now, zone, 1, MORNING)) },
    { id: "monday", word: "Until Monday", ...at(monday) },
    { id: "worse", word: "Until worse", detail: "its class rises, or its number is a fifth worse", until: null },
  ];
  return choices.filter((choice) => choice.until === null || Date.parse(choice.until) - start <= LONGEST_MS);
}
