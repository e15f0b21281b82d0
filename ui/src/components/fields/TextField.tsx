import { Field as Base } from "@base-ui/react/field";
import { clsx } from "clsx";
import { CONTROL, Field, type FieldProps } from "./Field";

interface TextFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  /** At the right, inside: a unit, a count of letters left. */
  unit?: string;
  /** An address, a code, a query: set in the mono face. */
  code?: boolean;
  /** Several lines. */
  lines?: number;
}

/** A line of text, or several. */
export function TextField({ value, onChange, placeholder, unit, code = false, lines = 1, ...field }: TextFieldProps) {
  const many = lines > 1;
  return (
    <Field {...field}>
      <div className="relative">
        <Base.Control
          value={value}
          placeholder={placeholder}
          spellCheck={many && !code}
          autoComplete="off"
          {...(many && { render: <textarea rows={lines} /> })}
          // A text area's event has the same target.value; the type of Base UI's control knows the input alone.
          onChange={(event) => onChange(event.target.value)}
          className={clsx(
            CONTROL,
            "w-full",
            code && "font-mono text-sm",
            many && "h-auto resize-y py-1.5",
            unit && "pr-20",
          )}
        />
        {unit && (
          <span className="pointer-events-none absolute top-0 right-2 text-sm/7 text-muted tabular-nums">{unit}</span>
        )}
      </div>
    </Field>
  );
}
