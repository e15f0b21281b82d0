import { useMemo } from "react";
import { TimeSeries } from "../../components/charts/lazy";
import { Section } from "../../components/Section";
import type { SloPage } from "../../host/bindings";
import { budgetData, budgetSummary } from "./budget";

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
  const rolling = page.line.window.kind === "rolling";
  return (
    <TimeSeries
      title="Budget left, %"
      clause={rolling ? "at the end of each hour, of the window that ends there" : "since the period began"}
      summary={budgetSummary(page, zone)}
      data={data}
      height={270}
      keys="page"
    />
  );
}
