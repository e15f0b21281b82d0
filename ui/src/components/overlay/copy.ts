import { useCommand } from "../../commands/keyboard";
import { inFlavour } from "../../format/markup";
import type { Flavour } from "../../host/bindings";
import { messageOf } from "../../host/error";
import { notify } from "./notices";

/** Puts text on the clipboard and says so, or says why not. Call it from the key or click itself: the window takes what a
 * person's deed promises, and refuses what is written once the text is there, because the deed is over by then. */
export function copyText(text: string | Promise<string>, said: string): void {
  const ready = Promise.resolve(text).then((words) => new Blob([words], { type: "text/plain" }));
  const written = navigator.clipboard.write([new ClipboardItem({ "text/plain": ready })]);
  Promise.all([ready, written])
    .then(() => notify({ text: said }))
    .catch((error: unknown) => notify({ text: `Not copied: ${messageOf(error)}` }));
}

const FORMS: Record<Flavour, string> = { markdown: "as Markdown", slack: "for Slack" };

/** Something of which text can be copied in either flavour. */
export interface Copied {
  /** What it is, as a sentence begins with it: `Incident`. */
  noun: string;
  text: (flavour: Flavour) => string | Promise<string>;
}

/** Copies it in a flavour and says what was copied, and how. */
export function copyAs(flavour: Flavour, { noun, text }: Copied): void {
  copyText(text(flavour), `${noun} copied ${FORMS[flavour]}`);
}

/** Something of which the engine tells Markdown alone. */
export const fromMarkdown = (noun: string, markdown: () => Promise<string>): Copied => ({
  noun,
  text: async (flavour) => inFlavour(await markdown(), flavour),
});

/** Answers for the keys that copy the selected row, on every page alike; `null`: none is selected. */
export function useRowCopy(row: Copied | null): void {
  useCommand("row.copy", () => row && copyAs("markdown", row), row !== null);
  useCommand("row.copySlack", () => row && copyAs("slack", row), row !== null);
}
