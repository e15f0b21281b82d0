import type { SecretPlace } from "../../../components/fields/SecretField";
import type { EnteredValue } from "../../../host/bindings";
import { asText, tableOf, textOf } from "./values";

const WAYS = ["keychain", "env", "command", "file"] as const;

/** Where a secret lies, from what was entered; without anything, as `begin` says. */
export function placeOf(value: EnteredValue | undefined, begin: "typed" | "plain"): SecretPlace {
  if (value?.type === "secret") return { place: "typed", name: value.value };
  if (value?.type === "text") return { place: "plain", name: value.value };
  const [entry] = tableOf(value);
  const way = WAYS.find((word) => word === entry?.key);
  return way ? { place: way, name: textOf(entry?.value) } : { place: begin, name: "" };
}

/** What is entered when a secret lies there. */
export function asPlace({ place, name }: SecretPlace): EnteredValue | undefined {
  if (place === "plain") return asText(name);
  if (place === "typed") return { type: "secret", value: name };
  return { type: "table", value: [{ key: place, value: { type: "text", value: name } }] };
}
