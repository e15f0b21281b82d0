import { useMemo } from "react";
import { TimeSeries } from "../../components/charts/lazy";
import { Section } from "../../components/Section";
import type { SloPage } from "../../host/bindings";
import { budgetData, budgetSummary } from "./budget";

const CLAUSES: Record<string, string> = {
  rolling: "at the end of each hour, of the window that ends there",
  period: "since the period began",
  spent: "as this window's hours spent it, in order: too little is known before",
};

/** How the budget went, and what comes of it. */
export function BudgetChart({ page, zone }: { page: SloPage; zone: string }) {
  const data = useMemo(() => budgetData(page, zone), [page, zone]);
  if (page.columns.remaining.every((value) => value === null)) {
    return (
      <Section title="Budget left, %">
        <p className="py-6 text-muted">
          Nothing was measured in this window, so no line can be drawn: unknown is not 100&nbsp;%.
        </p>
      </Section>
    );
  }
  return (
    <TimeSeries
      title="Budget left, %"
      clause={CLAUSES[page.columns.course] ?? ""}
      summary={budgetSummary(page, zone)}
      data={data}
      height={270}
      keys="page"
    />
  );
}
