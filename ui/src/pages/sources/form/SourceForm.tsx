import { useState } from "react";
import { Button } from "../../../components/Button";
import { SelectField } from "../../../components/fields/SelectField";
import { TextField } from "../../../components/fields/TextField";
import type { KindForm, SourceDraft } from "../../../host/bindings";
import { useEntered } from "../entered";
import { CheckResult } from "./CheckResult";
import { FieldInput } from "./FieldInput";
import { Refusal } from "./Refusal";
import { ScopePicker } from "./ScopePicker";
import { useDraft } from "./draft";
import { isRare, valueAt, withValue } from "./values";

interface SourceFormProps {
  kinds: KindForm[];
  /** What is configured; `null`: a new source. */
  settings: SourceDraft | null;
  onDone: (name: string) => void;
}

/** The form of a source, made from what its kind declares: filled in, tried, then kept. */
export function SourceForm({ kinds, settings, onDone }: SourceFormProps) {
  const form = useDraft(kinds, settings, onDone);
  const [more, setMore] = useState(false);
  const first = useEntered<HTMLFormElement>();
  const { draft } = form;
  const fields = kinds.find((kind) => kind.name === draft.kind)?.fields ?? [];
  const rare = fields.filter((field) => isRare(field, draft.settings));
  const shown = more ? fields : fields.filter((field) => !rare.includes(field));
  const offered = kinds.filter((kind) => kind.offered || kind.name === draft.kind);
  return (
    <form
      ref={first}
      className="flex min-h-0 grow flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <div className="flex min-h-0 grow flex-col gap-2.5 overflow-y-auto px-4 py-3">
        {settings === null ? (
          <>
            <SelectField
              label="Kind"
              help="Fairlead reads there and never writes."
              options={offered.map((kind) => ({ id: kind.name, word: kind.title }))}
              value={draft.kind}
              onChange={form.choose}
            />
            <TextField
              label="Name"
              help="What the source is called here; part of every id that is shown."
              value={draft.name}
              onChange={(name) => form.change({ ...draft, name })}
            />
          </>
        ) : (
          <p className="text-sm text-muted">
            A source's name is its identity: <span className="font-mono">fairleadctl sources rename</span> gives it
            another and keeps its history.
          </p>
        )}
        {shown.map((field) => (
          <FieldInput
            key={`${draft.kind} ${field.key}`}
            field={field}
            value={valueAt(draft.settings, field.key)}
            onChange={(value) => form.change({ ...draft, settings: withValue(draft.settings, field.key, value) })}
          />
        ))}
        {rare.length > 0 && (
          <div>
            <Button aria-expanded={more} className="max-w-full" onClick={() => setMore(!more)}>
              <span className="cut">
                {more ? "Fewer settings" : `More settings: ${rare.map((field) => field.label).join(", ")}`}
              </span>
            </Button>
          </div>
        )}
        {form.refusal !== null && <Refusal text={form.refusal} />}
        {form.found && <CheckResult found={form.found} />}
        {form.passed && <ScopePicker draft={form.entered} of={form.of} scope={form.scope} onChange={form.narrow} />}
      </div>
      <footer className="flex flex-none items-center gap-2 border-t border-line px-4 py-3">
        <Button type="submit" primary large disabled={form.busy !== null}>
          {form.verb}
        </Button>
        {form.found && (
          <Button large disabled={form.busy !== null} onClick={form.passed ? form.check : form.save}>
            {form.passed ? "Check again" : `${settings === null ? "Add" : "Keep"} as it is`}
          </Button>
        )}
        {form.busy && (
          <span role="status" className="text-sm text-muted">
            {form.busy}
          </span>
        )}
      </footer>
    </form>
  );
}
