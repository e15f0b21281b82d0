import type { Entered, EnteredValue, FieldForm } from "../../../host/bindings";

/** What stands at a key of a table. */
export const valueAt = (entries: readonly Entered[], key: string): EnteredValue | undefined =>
  entries.find((entry) => entry.key === key)?.value;

/** The table with a value at a key; without one, without the key. */
export function withValue(entries: readonly Entered[], key: string, value: EnteredValue | undefined): Entered[] {
  if (value === undefined) return entries.filter((entry) => entry.key !== key);
  if (valueAt(entries, key) === undefined) return [...entries, { key, value }];
  return entries.map((entry) => (entry.key === key ? { key, value } : entry));
}

/** The entries of a table; of anything else, none. */
export const tableOf = (value: EnteredValue | undefined): Entered[] => (value?.type === "table" ? value.value : []);

/** A table, or nothing where it is empty. */
export const asTable = (entries: Entered[]): EnteredValue | undefined =>
  entries.length === 0 ? undefined : { type: "table", value: entries };

/** Text as it is written in a field; a number as its digits. */
export function textOf(value: EnteredValue | undefined): string {
  if (value?.type === "text") return value.value;
  return value?.type === "integer" ? String(value.value) : "";
}

/** Text for a key; nothing where nothing is written. */
export const asText = (text: string): EnteredValue | undefined =>
  text === "" ? undefined : { type: "text", value: text };

/** A whole number where digits are written, else the text, which the engine refuses with its reason. */
export function asNumber(text: string): EnteredValue | undefined {
  return /^-?\d{1,9}$/.test(text.trim()) ? { type: "integer", value: Number(text) } : asText(text);
}

/** The texts of a list. */
export const textsOf = (value: EnteredValue | undefined): string[] =>
  value?.type === "list" ? value.value.map(textOf) : [];

/** A list of texts; nothing where there is none. */
export const asTexts = (texts: string[]): EnteredValue | undefined =>
  texts.length === 0 ? undefined : { type: "list", value: texts.map((text) => ({ type: "text", value: text })) };

/** The shared keys of everything that is read over HTTP: rarely needed, and the same for each kind. */
const RARE = ["tls", "proxy", "timeout_secs"];

/** Whether a field is shown only when more is asked for: not needed, nothing entered, and rarely used. */
export function isRare(field: FieldForm, entries: readonly Entered[]): boolean {
  if (field.required || valueAt(entries, field.key) !== undefined) return false;
  const plain = ["text", "text_or_secret", "secret", "word", "one_of"].includes(field.value.type);
  return RARE.includes(field.key) || !plain;
}

/** What was entered, without secrets of which nothing was typed. */
export function withoutBlanks(entries: readonly Entered[]): Entered[] {
  return entries.flatMap(({ key, value }): Entered[] => {
    if (value.type === "secret" && value.value === "") return [];
    if (value.type !== "table") return [{ key, value }];
    const inner = withoutBlanks(value.value);
    return inner.length === 0 ? [] : [{ key, value: { type: "table", value: inner } }];
  });
}
