import { useState } from "react";
import { TextField } from "./TextField";
import type { FieldProps } from "./Field";
import { inSeconds, lengthOf } from "./parse";

interface DurationFieldProps extends Omit<FieldProps, "error"> {
  /** Seconds; `null` while nothing readable stands there. */
  value: number | null;
  onChange: (seconds: number | null) => void;
  error?: string | null;
}

/** A length of time as a person writes it: `30m`, `1h 30m`, `2 d`. */
export function DurationField({ value, onChange, error, ...field }: DurationFieldProps) {
  const [text, setText] = useState(value === null ? "" : lengthOf(value));
  const unread = text.trim() !== "" && inSeconds(text) === null;
  return (
    <TextField
      {...field}
      value={text}
      placeholder="30m"
      error={unread ? "Write a number with s, m, h or d: 30m, 1h 30m, 2 d" : (error ?? null)}
      onChange={(next) => {
        setText(next);
        onChange(inSeconds(next));
      }}
    />
  );
}
