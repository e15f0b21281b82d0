import { Choice, type Option } from "./Choice";
import { Field, type FieldProps } from "./Field";

interface SelectFieldProps<Id extends string> extends FieldProps {
  options: readonly Option<Id>[];
  value: Id | null;
  onChange: (value: Id) => void;
}

/** One of a list, in a form. */
export function SelectField<Id extends string>({ options, value, onChange, ...field }: SelectFieldProps<Id>) {
  return (
    <Field {...field}>
      <Choice options={options} value={value} onChange={onChange} />
    </Field>
  );
}
