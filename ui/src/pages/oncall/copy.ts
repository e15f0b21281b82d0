import { useState } from "react";
import { type RotaWindow, type TextStyle, useRotaTexts } from "../../host/oncall";
import type { Selected } from "./selection";

/** What was copied, or why it was not. */
interface Said {
  text: string;
  /** Told apart from the one before, so that each stays its time. */
  count: number;
}

/** Copying of the page and of what is selected in it. */
export interface Copying {
  copy: (style: TextStyle, selected: Selected | null) => void;
  /** Puts a text on the clipboard that is at hand; without one nothing happens. */
  put: (text: string | undefined) => void;
  said: Said | null;
  forget: () => void;
}

/** Copies the page or a row, and says so. */
export function useCopy(window: RotaWindow): Copying {
  const texts = useRotaTexts(window);
  const [said, setSaid] = useState<Said | null>(null);
  const say = (text: string) => setSaid((before) => ({ text, count: (before?.count ?? 0) + 1 }));
  const put = async (text: Promise<string>, what: string) => {
    try {
      await navigator.clipboard.writeText(await text);
      say(`${what} copied`);
    } catch (error) {
      say(`Not copied: ${error instanceof Error ? error.message : "the clipboard refuses"}`);
    }
  };
  const textOf = (style: TextStyle, selected: Selected | null): [Promise<string>, string] => {
    const form = style === "slack" ? " for Slack" : " as Markdown";
    if (selected?.kind === "shift")
      return [texts.shift(selected.block.id, selected.block.start, style), `Shift${form}`];
    if (selected?.kind === "gap") {
      const { gap, lane } = selected;
      return [texts.gap(lane.key, gap.start, gap.end, style), `Cover request${form}`];
    }
    return [texts.page(style), `Rota${form}`];
  };
  return {
    copy: (style, selected) => void put(...textOf(style, selected)),
    put: (text) => void (text !== undefined && put(Promise.resolve(text), "Text")),
    said,
    forget: () => setSaid(null),
  };
}
