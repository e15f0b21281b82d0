/** An identifier as words: `on_call` is `On call`. */
export function wordsOf(identifier: string): string {
  const words = identifier.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
