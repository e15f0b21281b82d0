import { Switch } from "@base-ui/react/switch";
import { Field, type FieldProps } from "./Field";

interface SwitchFieldProps extends FieldProps {
  value: boolean;
  onChange: (value: boolean) => void;
  /** What holds while it is on, beside the switch. */
  clause?: string;
}

/** Something that holds or does not. */
export function SwitchField({ value, onChange, clause, ...field }: SwitchFieldProps) {
  return (
    <Field {...field}>
      <div className="flex h-7 items-center gap-2">
        <Switch.Root
          checked={value}
          onCheckedChange={onChange}
          className="flex h-4 w-7 flex-none items-center rounded-full border border-muted p-px data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50"
        >
          <Switch.Thumb className="size-3 rounded-full bg-muted data-checked:translate-x-3 data-checked:bg-on-accent" />
        </Switch.Root>
        {clause && <span className="text-sm text-muted">{clause}</span>}
      </div>
    </Field>
  );
}
