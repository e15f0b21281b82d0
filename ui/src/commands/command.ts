/** Where a command's keys work: everywhere, on every page with rows, on the chart or the lanes that have the focus, or
 * inside one page. */
export type Scope = "app" | "rows" | "chart" | "lanes" | "posture" | "sources" | "oncall" | "incidents" | "slos";

/** Something a person can do, with the keys that do it. */
export interface Command {
  readonly id: string;
  /** What it does, as the help sheet and the palette say it. */
  readonly title: string;
  /** Each a press or a sequence in tinykeys notation: `g p`, `Shift+R`. The first is the one shown. What is too much for
   * one press has none, and stands in the palette alone. */
  readonly keys: readonly string[];
  readonly scope: Scope;
}
