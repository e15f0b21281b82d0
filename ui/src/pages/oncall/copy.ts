import type { Flavour } from "../../host/bindings";
import { copyText } from "../../components/overlay/copy";
import { type RotaWindow, useRotaTexts } from "../../host/oncall";
import type { Selected } from "./selection";

/** Copies what is selected, or without a shift or a gap the page, and says so. */
export function useCopy(window: RotaWindow): (flavour: Flavour, selected: Selected | null) => void {
  const texts = useRotaTexts(window);
  return (flavour, selected) => {
    const form = flavour === "slack" ? "for Slack" : "as Markdown";
    if (selected?.kind === "shift") {
      const { id, start } = selected.block;
      copyText(texts.shift(id, start, flavour), `Shift copied ${form}`);
    } else if (selected?.kind === "gap") {
      const { gap, lane } = selected;
      copyText(texts.gap(lane.key, gap.start, gap.end, flavour), `Cover request copied ${form}`);
    } else {
      copyText(texts.page(flavour), `Rota copied ${form}`);
    }
  };
}
