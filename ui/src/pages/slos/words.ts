import type { Status } from "../../components/StatusMark";
import { instant } from "../../format/instant";
import { multiple, percent } from "../../format/number";
import type { SloTableRow, WindowEntry } from "../../host/bindings";

/** A state: its mark and its word. */
export interface StateWord {
  status: Status;
  word: string;
}

const STATES: Record<string, StateWord> = {
  ok: { status: "ok", word: "Healthy" },
  warn: { status: "warn", word: "Tight" },
  critical: { status: "critical", word: "Critical" },
  spent: { status: "critical", word: "Spent" },
  no_traffic: { status: "info", word: "No traffic" },
  no_verdict: { status: "unknown", word: "No verdict" },
};

const UNKNOWN: StateWord = { status: "unknown", word: "Unknown" };

/** The states by which a table can be narrowed, the worst first. */
export const VERDICTS = ["spent", "critical", "warn", "unknown", "no_verdict", "no_traffic", "ok"];

/** How a state is shown; one that this program does not know is unknown. */
export const stateOf = (state: string): StateWord => STATES[state] ?? UNKNOWN;

/** What is said of a budget: one that is well only because too little happened is not called healthy. */
export const verdictOf = (row: Pick<SloTableRow, "state" | "too_few">): string =>
  row.too_few && row.state === "ok" ? "no_verdict" : row.state;

const METHODS: Record<string, string> = {
  occurrences: "events",
  timeslices: "slices",
  ratio_mean: "ratios",
  upstream: "upstream's own",
};

/** How a budget is counted, in a word or two. */
export const methodWord = (method: string): string => METHODS[method] ?? method;

const LONG_METHODS: Record<string, string> = {
  occurrences: "Occurrences: each event counts once",
  timeslices: "Time slices: each good or bad slice of time counts once",
  ratio_mean: "Mean of ratios: a quiet hour weighs as much as a busy one; not to be compared with a count of events",
  upstream: "The upstream's own figure: its hours are not kept here",
};

/** How a budget is counted, in a sentence. */
export const methodSentence = (method: string): string => LONG_METHODS[method] ?? method;

/** A target without the noise of binary fractions: `99.9 %`. */
export function objectiveText(ratio: number): string {
  return `${Number((ratio * 100).toFixed(4))}\u00a0%`;
}

/** A window: `30 d rolling`, `this period, 30 d`. */
export function windowText(window: WindowEntry): string {
  const days = `${Number(window.days.toFixed(1))}\u00a0d`;
  return window.kind === "rolling" ? `${days} rolling` : `calendar period, ${days}`;
}

/** What is left, or why that is not said. */
export function leftText(row: Pick<SloTableRow, "budget_remaining" | "state" | "too_few">): string {
  if (row.too_few && row.budget_remaining !== null) return "no verdict";
  if (row.budget_remaining !== null) return percent(row.budget_remaining);
  return row.state === "no_traffic" ? "no traffic" : "not known";
}

/** What becomes of a budget, in few words and in a sentence. */
export function outlookOf(row: SloTableRow, now: string, zone: string): { word: string; title: string; asks: boolean } {
  if (row.exhausts_at) {
    const at = instant(row.exhausts_at, now, zone);
    return { word: `out ${at}`, title: "Runs out then, at the pace of the last 24 h", asks: true };
  }
  if (row.recovers_at) {
    const at = instant(row.recovers_at, now, zone);
    return { word: `back ${at}`, title: "Above zero again then, if nothing else breaks", asks: false };
  }
  if (row.budget_remaining === null) return { word: "not known", title: "Nothing was measured", asks: false };
  if (row.budget_remaining <= 0)
    return { word: "stays spent", title: "Does not come back within a window", asks: true };
  return { word: "lasts", title: "Does not run out within a window at the pace of the last 24 h", asks: false };
}

/** A burn rate, or why there is none. */
export function burnText(burn: number | null, state: string): { word: string; title: string } {
  if (burn !== null) return { word: multiple(burn), title: `${multiple(burn)} the even spend` };
  if (state === "unknown") return { word: "?", title: "Not known: no hour of this window was read" };
  return { word: "none", title: "No traffic in this window: that is not a burn of 0" };
}
