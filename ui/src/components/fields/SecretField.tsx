import { Field as Base } from "@base-ui/react/field";
import { clsx } from "clsx";
import { Choice, type Option } from "./Choice";
import { CONTROL, Field, type FieldProps } from "./Field";

/** Where a secret lies; never the secret. */
export interface SecretPlace {
  place: "keychain" | "env" | "command" | "file";
  /** The item, variable, command or path. */
  name: string;
}

const PLACES: readonly Option<SecretPlace["place"]>[] = [
  { id: "keychain", word: "Keychain", clause: "an item of the system's keychain" },
  { id: "env", word: "Environment", clause: "a variable, read at each sync" },
  { id: "command", word: "Command", clause: "the first line that it prints" },
  { id: "file", word: "File", clause: "its content, kept by you" },
];

const NAMES: Record<SecretPlace["place"], string> = {
  keychain: "name of the item",
  env: "PAGERDUTY_TOKEN",
  command: "pass show pager",
  file: "/run/secrets/pager",
};

interface SecretFieldProps extends FieldProps {
  value: SecretPlace;
  onChange: (value: SecretPlace) => void;
}

/** Says where a secret lies. The secret itself is never typed, shown or stored here. */
export function SecretField({ value, onChange, ...field }: SecretFieldProps) {
  return (
    <Field {...field}>
      <div className="flex gap-1">
        <Choice
          label={`${field.label}: where it lies`}
          options={PLACES}
          value={value.place}
          onChange={(place) => onChange({ ...value, place })}
          className="w-32 flex-none"
        />
        <Base.Control
          value={value.name}
          placeholder={NAMES[value.place]}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onChange({ ...value, name: event.target.value })}
          className={clsx(CONTROL, "grow font-mono text-sm")}
        />
      </div>
    </Field>
  );
}
