import type { KeyFact } from "../../components/layout/KeyFacts";
import { instant } from "../../format/instant";
import { count, multiple, percent } from "../../format/number";
import type { SloPage } from "../../host/bindings";

/** The facts beside the answer: when it runs out or comes back, and what may still go wrong. */
export function factsOf(page: SloPage, zone: string): KeyFact[] {
  return [outlook(page, zone), room(page)];
}

function outlook({ line, forecast, as_of }: SloPage, zone: string): KeyFact {
  const pace = forecast.pace === null ? "nothing known of the last 24 h" : `${multiple(forecast.pace)} burn, last 24 h`;
  if (line.exhausts_at) return { label: "Runs out", value: instant(line.exhausts_at, as_of, zone), note: `at ${pace}` };
  if (line.recovers_at)
    return { label: "Above zero again", value: instant(line.recovers_at, as_of, zone), note: "if nothing else breaks" };
  if (forecast.pace === null) return { label: "Runs out", value: "Not known", note: pace };
  if ((line.budget_remaining ?? 1) <= 0)
    return { label: "Above zero again", value: "Not in a window", note: "even if nothing else breaks" };
  return { label: "Runs out", value: "Not at this pace", note: pace };
}

function room({ line, columns }: SloPage): KeyFact {
  const { allowed_bad: allowed, bad } = line;
  if (allowed === null || bad === null) {
    const known = line.coverage === null ? "none" : percent(line.coverage);
    return { label: "Known", value: known, note: "of the window's hours" };
  }
  const whole = allowed >= 10 ? count(allowed) : String(allowed);
  return { label: `Bad ${columns.unit}`, value: count(bad), note: `of ${whole} allowed so far` };
}
