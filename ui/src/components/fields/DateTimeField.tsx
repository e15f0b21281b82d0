import { useState } from "react";
import { relative } from "../../format/duration";
import { place, stamp } from "../../format/instant";
import { instantOf, wallOf } from "../../format/wall";
import { TextField } from "./TextField";
import type { FieldProps } from "./Field";

interface DateTimeFieldProps extends FieldProps {
  /** RFC 3339; `null` while nothing readable stands there. */
  value: string | null;
  onChange: (instant: string | null) => void;
  /** Whose clock is meant. */
  zone: string;
  now: string;
}

/** An instant, written as the wall clock of a zone shows it: `2026-11-16 08:00`. */
export function DateTimeField({ value, onChange, zone, now, error, help, ...field }: DateTimeFieldProps) {
  const [text, setText] = useState(value === null ? "" : wallOf(value, zone));
  const unread = text.trim() !== "" && instantOf(text, zone) === null;
  return (
    <TextField
      {...field}
      value={text}
      placeholder="2026-11-16 08:00"
      unit={place(zone)}
      help={value ? `${stamp(value, zone)}, ${relative(value, now)}` : help}
      error={
        unread ? "Write year, month, day and time, as 2026-11-16 08:00; clocks may skip that hour" : (error ?? null)
      }
      onChange={(next) => {
        setText(next);
        onChange(instantOf(next, zone));
      }}
    />
  );
}
