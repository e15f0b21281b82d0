import { useCommand } from "../../commands/keyboard";
import { stepRow } from "./model";

/** Answers for the keys that go to the next and the previous of a page's rows. */
export function useRowKeys(
  rows: readonly { id: string }[],
  selected: string | null,
  select: (id: string) => void,
): void {
  const move = (by: number) => {
    const next = stepRow(rows, selected, by);
    if (next !== null) select(next);
  };
  useCommand("row.next", () => move(1));
  useCommand("row.previous", () => move(-1));
}
