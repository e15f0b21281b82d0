import { Field as Base } from "@base-ui/react/field";
import { clsx } from "clsx";
import { Choice, type Option } from "./Choice";
import { CONTROL, Field, type FieldProps } from "./Field";

/** Where a secret lies, or the secret while it is typed for the first time. */
export interface SecretPlace {
  place: "typed" | "plain" | "keychain" | "env" | "command" | "file";
  /** The item, variable, command or path; what is typed, or plain text. */
  name: string;
}

const PLACES: readonly Option<SecretPlace["place"]>[] = [
  { id: "plain", word: "Plain text", clause: "nothing secret in it" },
  { id: "typed", word: "Type it", clause: "once, into the keychain" },
  { id: "keychain", word: "Keychain", clause: "an item that is there" },
  { id: "env", word: "Environment", clause: "a variable, read at each sync" },
  { id: "command", word: "Command", clause: "the first line that it prints" },
  { id: "file", word: "File", clause: "its content, kept by you" },
];

const NAMES: Record<SecretPlace["place"], string> = {
  plain: "https://",
  typed: "goes into the keychain",
  keychain: "name of the item",
  env: "PAGERDUTY_TOKEN",
  command: "pass show pager",
  file: "/run/secrets/pager",
};

interface SecretFieldProps extends FieldProps {
  value: SecretPlace;
  onChange: (value: SecretPlace) => void;
  /** It may be typed here once: it goes into the keychain and is never shown again. */
  typed?: boolean;
  /** It may also be plain text: an address that grants nothing. */
  plain?: boolean;
}

/** Says where a secret lies. A secret that is typed is hidden, and is not shown again once it is kept. */
export function SecretField({ value, onChange, typed = false, plain = false, ...field }: SecretFieldProps) {
  const options = PLACES.filter(({ id }) => (id !== "typed" || typed) && (id !== "plain" || plain));
  return (
    <Field {...field}>
      <div className="flex flex-wrap gap-1">
        <Choice
          label={`${field.label}: where it lies`}
          options={options}
          value={value.place}
          // What was written for one way means nothing for another; a typed secret must not become plain text.
          onChange={(place) => onChange({ place, name: "" })}
          className="w-28 flex-none"
        />
        <Base.Control
          key={value.place === "typed" ? "typed" : "named"}
          type={value.place === "typed" ? "password" : "text"}
          value={value.name}
          placeholder={NAMES[value.place]}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onChange({ ...value, name: event.target.value })}
          className={clsx(CONTROL, "grow basis-40 font-mono text-sm")}
        />
      </div>
    </Field>
  );
}
