import { X } from "lucide-react";
import { Button } from "../../../components/Button";
import type { Entered, EnteredValue, FieldValue } from "../../../host/bindings";
import { FieldInput } from "./FieldInput";
import { asTable, tableOf } from "./values";

interface MapInputProps {
  label: string;
  help: string;
  /** What may stand at each name. */
  each: FieldValue;
  value: EnteredValue | undefined;
  onChange: (value: EnteredValue | undefined) => void;
}

/** Names that the person chooses, each with a value. */
export function MapInput({ label, help, each, value, onChange }: MapInputProps) {
  const entries = tableOf(value);
  const set = (index: number, next: Entered) =>
    onChange(asTable(entries.map((entry, at) => (at === index ? next : entry))));
  return (
    <fieldset className="flex flex-col gap-2 border-l border-line pl-3">
      <legend className="mb-1.5 text-sm text-muted">
        {label} <span className="text-xs">{help}</span>
      </legend>
      {entries.map((entry, index) => (
        // A name is what is typed: only the place stays the same.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="grid grid-cols-[minmax(0,1fr)_1.5rem] items-start gap-1">
          <div className="flex flex-col gap-1">
            <FieldInput
              field={{ key: "name", label: "Name", help: "", required: true, value: { type: "text" } }}
              value={{ type: "text", value: entry.key }}
              onChange={(next) => set(index, { key: next?.type === "text" ? next.value : "", value: entry.value })}
            />
            <FieldInput
              field={{ key: entry.key, label: "Value", help: "", required: true, value: each }}
              value={entry.value}
              onChange={(next) => set(index, { key: entry.key, value: next ?? { type: "text", value: "" } })}
            />
          </div>
          <Button
            aria-label={`Take out ${entry.key}`}
            className="w-6 px-0"
            onClick={() => onChange(asTable(entries.filter((_, at) => at !== index)))}
          >
            <X size={12} strokeWidth={1.75} aria-hidden="true" />
          </Button>
        </div>
      ))}
      <div>
        <Button onClick={() => onChange(asTable([...entries, { key: "", value: { type: "text", value: "" } }]))}>
          Add a name
        </Button>
      </div>
    </fieldset>
  );
}
