import type { Command } from "../command";

/** What works on the chart that has the focus. */
export const CHART_COMMANDS = [
  { id: "chart.back", title: "Crosshair to the value before", keys: ["["], scope: "chart" },
  { id: "chart.forth", title: "Crosshair to the next value", keys: ["]"], scope: "chart" },
  { id: "chart.table", title: "The numbers as a table, or as a chart", keys: ["v"], scope: "chart" },
] as const satisfies readonly Command[];
