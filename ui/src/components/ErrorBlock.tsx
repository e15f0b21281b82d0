import { HostError } from "../host/error";
import { Button } from "./Button";
import { StatusShape } from "./StatusMark";
import { Upstream } from "./Upstream";

interface ErrorBlockProps {
  error: Error;
  /** What is not known because of it, as a sentence. */
  title: string;
  onRetry: () => void;
}

/** An error: what is not known, the cause, the next step, and its code for whoever is asked for help. */
export function ErrorBlock({ error, title, onRetry }: ErrorBlockProps) {
  const known = error instanceof HostError ? error : null;
  return (
    <div role="alert" className="mx-4 my-3 border-l-2 border-dashed border-unknown py-1 pl-3">
      <p className="flex items-center gap-2 font-semibold">
        <StatusShape status="unknown" />
        {title}
      </p>
      <p className="quotable mt-1 text-muted">
        <Upstream text={error.message} />
      </p>
      {known?.hint && (
        <p className="quotable mt-1 text-muted">
          Next: <Upstream text={known.hint} />
        </p>
      )}
      <div className="mt-2 flex items-center gap-3">
        <Button onClick={onRetry}>Try again</Button>
        {known && <span className="quotable font-mono text-sm text-subtle">{known.code}</span>}
      </div>
    </div>
  );
}
