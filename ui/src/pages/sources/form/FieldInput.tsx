import { CheckList } from "../../../components/fields/CheckList";
import { SecretField } from "../../../components/fields/SecretField";
import { SelectField } from "../../../components/fields/SelectField";
import { SwitchField } from "../../../components/fields/SwitchField";
import { TextField } from "../../../components/fields/TextField";
import { wordsOf } from "../../../format/name";
import type { EnteredValue, FieldForm, FieldValue } from "../../../host/bindings";
import { MapInput } from "./MapInput";
import { asPlace, placeOf } from "./place";
import { asNumber, asTable, asText, asTexts, tableOf, textOf, textsOf, valueAt, withValue } from "./values";

/** The choice of those who choose nothing. */
const UNSAID = "unsaid";

/** What a field of a form gets. */
export interface FieldInputProps {
  field: FieldForm;
  value: EnteredValue | undefined;
  onChange: (value: EnteredValue | undefined) => void;
  error?: string | null;
}

/** One field of a source, as its kind declares it. */
export function FieldInput({ field, value, onChange, error = null }: FieldInputProps) {
  const about = { label: field.label, help: field.help, error };
  const { value: due } = field;
  switch (due.type) {
    case "text":
      return <TextField {...about} code value={textOf(value)} onChange={(text) => onChange(asText(text))} />;
    case "integer":
      return (
        <TextField
          {...about}
          value={textOf(value)}
          unit={field.key.endsWith("_secs") ? "seconds" : `${due.min} to ${due.max}`}
          onChange={(text) => onChange(asNumber(text))}
        />
      );
    case "switch":
      return (
        <SwitchField
          {...about}
          value={value?.type === "switch" && value.value}
          onChange={(on) => onChange({ type: "switch", value: on })}
        />
      );
    case "word":
      return (
        <SelectField
          {...about}
          options={choices(due.words)}
          value={textOf(value) || UNSAID}
          onChange={(word) => onChange(word === UNSAID ? undefined : asText(word))}
        />
      );
    case "words":
      return (
        <CheckList
          label={field.label}
          options={due.words.map((word) => ({ id: word, word }))}
          chosen={textsOf(value)}
          onChange={(words) => onChange(asTexts(words))}
        />
      );
    case "texts":
      return (
        <TextField
          {...about}
          help={`${field.help} One in a line.`}
          code
          lines={2}
          value={textsOf(value).join("\n")}
          onChange={(text) => onChange(text === "" ? undefined : asTexts(text.split("\n")))}
        />
      );
    case "secret":
      return (
        <SecretField {...about} typed value={placeOf(value, "typed")} onChange={(place) => onChange(asPlace(place))} />
      );
    case "text_or_secret":
      return (
        <SecretField
          {...about}
          typed
          plain
          value={placeOf(value, "plain")}
          onChange={(place) => onChange(asPlace(place))}
        />
      );
    case "group":
      return <Group field={field} fields={due.fields} value={value} onChange={onChange} />;
    case "one_of":
      return <OneOf field={field} words={due.words} fields={due.fields} value={value} onChange={onChange} />;
    case "map":
      return <MapInput {...about} each={due.value} value={value} onChange={onChange} />;
    case "either":
      return <TextField {...about} value={textOf(value)} onChange={(text) => onChange(asNumber(text))} />;
    case "groups":
      return (
        <p className="text-sm text-muted">
          {field.label} is written in fairlead.toml: {field.help}
        </p>
      );
  }
}

/** The words as choices, with one for none. */
const choices = (words: readonly string[]) => [
  { id: UNSAID, word: "As by default" },
  ...words.map((word) => ({ id: word, word: wordsOf(word) })),
];

interface PartsProps extends FieldInputProps {
  fields: FieldForm[];
}

function Group({ field, fields, value, onChange }: PartsProps) {
  const entries = tableOf(value);
  return (
    <fieldset className="flex flex-col gap-2.5 border-l border-line pl-3">
      <legend className="mb-1.5 text-sm text-muted">
        {field.label} <span className="text-xs">{field.help}</span>
      </legend>
      {fields.map((part) => (
        <FieldInput
          key={part.key}
          field={part}
          value={valueAt(entries, part.key)}
          onChange={(next) => onChange(asTable(withValue(entries, part.key, next)))}
        />
      ))}
    </fieldset>
  );
}

/** A field's first value when it is chosen: something that is still to be filled in. */
function begun(due: FieldValue): EnteredValue {
  return due.type === "secret" || due.type === "text_or_secret"
    ? { type: "secret", value: "" }
    : { type: "table", value: [] };
}

function OneOf({ field, words, fields, value, onChange }: PartsProps & { words: string[] }) {
  const [entry] = tableOf(value);
  const chosen = entry?.key ?? textOf(value);
  const part = fields.find((candidate) => candidate.key === chosen);
  const options = [
    { id: UNSAID, word: "As by default" },
    ...words.map((word) => ({ id: word, word: wordsOf(word) })),
    ...fields.map((candidate) => ({ id: candidate.key, word: candidate.label })),
  ];
  const choose = (id: string) => {
    const next = fields.find((candidate) => candidate.key === id);
    if (next) onChange({ type: "table", value: [{ key: id, value: begun(next.value) }] });
    else onChange(id === UNSAID ? undefined : asText(id));
  };
  return (
    <>
      <SelectField label={field.label} help={field.help} options={options} value={chosen || UNSAID} onChange={choose} />
      {part && (
        <div className="border-l border-line pl-3">
          <FieldInput
            field={part}
            value={entry?.value}
            onChange={(next) =>
              onChange({ type: "table", value: [{ key: part.key, value: next ?? begun(part.value) }] })
            }
          />
        </div>
      )}
    </>
  );
}
