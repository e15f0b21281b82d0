import type { ErrorComponentProps } from "@tanstack/react-router";
import { ErrorBlock } from "./ErrorBlock";

/** A page that broke: its fault, in the place of the page, with everything around it still there. */
export function PageError({ error, reset }: ErrorComponentProps) {
  return (
    <main className="min-h-0 overflow-y-auto">
      <ErrorBlock
        error={error instanceof Error ? error : new Error(String(error))}
        title="This page broke"
        onRetry={reset}
      />
    </main>
  );
}
