const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds as a person says them, two units at most: `42 s`, `18 min`, `1h 04m`, `12h`, `3 d`. Negative counts as positive. */
export function duration(seconds: number): string {
  const total = Math.abs(Math.round(seconds));
  if (total < MINUTE) return `${total}\u00a0s`;
  if (total < HOUR) return `${Math.floor(total / MINUTE)}\u00a0min`;
  if (total < 2 * DAY) {
    const hours = Math.floor(total / HOUR);
    const minutes = Math.floor((total % HOUR) / MINUTE);
    return minutes === 0 ? `${hours}h` : `${hours}h ${String(minutes).padStart(2, "0")}m`;
  }
  return `${Math.floor(total / DAY)}\u00a0d`;
}

/** Seconds from one instant to another; negative when `to` is earlier. */
function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}

/** How long ago or ahead an instant is: `1h 12m ago`, `in 40 min`, `now`. */
export function relative(at: string, now: string): string {
  const seconds = secondsBetween(now, at);
  if (Math.abs(seconds) < 1) return "now";
  return seconds < 0 ? `${duration(seconds)} ago` : `in ${duration(seconds)}`;
}
