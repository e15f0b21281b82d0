import { clsx } from "clsx";
import type { ButtonHTMLAttributes, Ref } from "react";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** The one thing to do in a pane. */
  primary?: boolean;
  /** Page level: 28 px high instead of 24. */
  large?: boolean;
  ref?: Ref<HTMLButtonElement> | undefined;
}

/** A button. */
export function Button({ primary = false, large = false, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={clsx(
        "inline-flex items-center justify-center gap-1.5 rounded-control border px-2 text-sm font-medium whitespace-nowrap",
        "disabled:border-line disabled:bg-surface disabled:text-subtle",
        large ? "h-7 px-3" : "h-6",
        primary ? "border-accent bg-accent text-on-accent" : "border-line-strong hover:bg-raised",
        className,
      )}
      {...rest}
    />
  );
}
