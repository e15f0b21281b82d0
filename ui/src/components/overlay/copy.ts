import { messageOf } from "../../host/error";
import { notify } from "./Toasts";

/** Puts text on the clipboard and says so, or says why not. Call it from the key or click itself: the window takes what a
 * person's deed promises, and refuses what is written once the text is there, because the deed is over by then. */
export function copyText(text: string | Promise<string>, said: string): void {
  const ready = Promise.resolve(text).then((words) => new Blob([words], { type: "text/plain" }));
  const written = navigator.clipboard.write([new ClipboardItem({ "text/plain": ready })]);
  Promise.all([ready, written])
    .then(() => notify({ text: said }))
    .catch((error: unknown) => notify({ text: `Not copied: ${messageOf(error)}` }));
}
