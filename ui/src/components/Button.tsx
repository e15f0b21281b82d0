import { clsx } from "clsx";
import type { ComponentProps } from "react";

interface ButtonProps extends ComponentProps<"button"> {
  /** The one thing to do in a pane. */
  primary?: boolean;
  /** Page level: 28 px high instead of 24. */
  large?: boolean;
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
