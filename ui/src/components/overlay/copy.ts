import { messageOf } from "../../host/error";
import { notify } from "./Toasts";

/** Puts text on the clipboard and says so, or says why not. */
export function copyText(text: string | Promise<string>, said: string): void {
  Promise.resolve(text)
    .then((ready) => navigator.clipboard.writeText(ready))
    .then(() => notify({ text: said }))
    .catch((error: unknown) => notify({ text: `Not copied: ${messageOf(error)}` }));
}
