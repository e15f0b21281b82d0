import { clock, instant, stamp } from "../../format/instant";

/** How moments of one list are written: the wall clock alone where all are of one day. */
export function momentsIn(all: readonly { at: string }[], now: string, zone: string) {
  const day = (at: string) => stamp(at, zone).split(",")[0];
  const [first, last] = [all[0], all.at(-1)];
  const sameDay = first === undefined || last === undefined || day(first.at) === day(last.at);
  return { sameDay, word: (at: string) => (sameDay ? clock(at, zone) : instant(at, now, zone)) };
}
