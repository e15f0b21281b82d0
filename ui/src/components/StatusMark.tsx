import { clsx } from "clsx";

/** The five states that a mark can tell, each with a shape of its own. */
export type Status = "ok" | "warn" | "critical" | "info" | "unknown";

const TEXT: Record<Status, string> = {
  ok: "text-ok-fg",
  warn: "text-warn-fg",
  critical: "text-critical-fg",
  info: "text-info-fg",
  unknown: "text-unknown-fg",
};

const MARK: Record<Status, string> = {
  ok: "text-ok",
  warn: "text-warn",
  critical: "text-critical",
  info: "text-info",
  unknown: "text-unknown",
};

interface StatusMarkProps {
  status: Status;
  /** The word beside the shape: a mark never speaks by colour alone. */
  word: string;
  /** Leaves the word in the colour of the text around it. */
  plain?: boolean;
}

/** Shape, colour and word of a state. */
export function StatusMark({ status, word, plain = false }: StatusMarkProps) {
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1.5 text-sm whitespace-nowrap",
        plain ? "text-fg" : ["font-medium", TEXT[status]],
      )}
    >
      <StatusShape status={status} />
      {word}
    </span>
  );
}

/** The shape alone: only beside the sentence that says the same. */
export function StatusShape({ status }: { status: Status }) {
  return (
    <svg className={MARK[status]} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" data-status={status}>
      {SHAPES[status]}
    </svg>
  );
}

const SHAPES: Record<Status, React.ReactNode> = {
  ok: <circle cx="6" cy="6" r="4.6" fill="currentColor" />,
  warn: <path d="M6 1 11.4 10.6H.6Z" fill="currentColor" />,
  critical: <rect x="1.5" y="1.5" width="9" height="9" rx="1" fill="currentColor" />,
  info: <circle cx="6" cy="6" r="4.1" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  unknown: (
    <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.3 2.3" />
  ),
};
