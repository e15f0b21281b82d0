/** What stands for the language of a desktop that has none. */
const OTHERWISE = "en-GB";

/** Makes sure that the window's language is one. A desktop without a language (`LANG=C`, or none) calls it `C`, and whoever
 * asks for numbers in that language is refused: the plotting of charts does so when it is loaded. */
export function mendLanguage(): void {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    Object.defineProperty(navigator, "language", { value: OTHERWISE, configurable: true });
  }
}
