import type { Flavour } from "../../host/bindings";
import { type Copied, copyAs, useRowCopy } from "../../components/overlay/copy";
import { type RotaWindow, useRotaTexts } from "../../host/oncall";
import type { Selected } from "./selection";

/** Answers for the keys that copy a shift or a gap. Gives the way to copy what is selected, or without such the page. */
export function useCopy(window: RotaWindow, selected: Selected | null): (flavour: Flavour) => void {
  const texts = useRotaTexts(window);
  const row = rowOf(texts, selected);
  useRowCopy(row);
  return (flavour) => copyAs(flavour, row ?? { noun: "Rota", text: texts.page });
}

function rowOf(texts: ReturnType<typeof useRotaTexts>, selected: Selected | null): Copied | null {
  if (selected?.kind === "shift") {
    const { id, start } = selected.block;
    return { noun: "Shift", text: (flavour) => texts.shift(id, start, flavour) };
  }
  if (selected?.kind === "gap") {
    const { gap, lane } = selected;
    return { noun: "Cover request", text: (flavour) => texts.gap(lane.key, gap.start, gap.end, flavour) };
  }
  return null;
}
