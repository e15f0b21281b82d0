import { clsx } from "clsx";

/** The five states that a mark can tell, each with a shape of its own. */
export type Status = "ok" | "warn" | "critical" | "info" | "unknown";

/** What can stand as a shape: a state, a page that somebody gets now, or a time in which nothing is judged. */
export type Shape = Status | "page" | "maintenance";

const TEXT: Record<Shape, string> = {
  ok: "text-ok-fg",
  warn: "text-warn-fg",
  critical: "text-critical-fg",
  info: "text-info-fg",
  unknown: "text-unknown-fg",
  page: "text-critical-fg",
  maintenance: "text-unknown-fg",
};

const MARK: Record<Shape, string> = {
  ok: "text-ok",
  warn: "text-warn",
  critical: "text-critical",
  info: "text-info",
  unknown: "text-unknown",
  page: "text-critical",
  maintenance: "text-unknown",
};

interface StatusMarkProps {
  status: Shape;
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
        "inline-flex items-center gap-1.5 align-middle text-sm whitespace-nowrap",
        plain ? "text-fg" : ["font-medium", TEXT[status]],
      )}
    >
      <StatusShape status={status} />
      {word}
    </span>
  );
}

/** The shape alone: only beside the sentence that says the same. */
export function StatusShape({ status }: { status: Shape }) {
  return (
    <svg
      className={MARK[status]}
      viewBox="0 0 12 12"
      width="0.75rem"
      height="0.75rem"
      aria-hidden="true"
      data-status={status}
    >
      {SHAPES[status]}
    </svg>
  );
}

const SHAPES: Record<Shape, React.ReactNode> = {
  ok: <circle cx="6" cy="6" r="4.6" fill="currentColor" />,
  warn: <path d="M6 1 11.4 10.6H.6Z" fill="currentColor" />,
  critical: <rect x="1.5" y="1.5" width="9" height="9" rx="1" fill="currentColor" />,
  info: <circle cx="6" cy="6" r="4.1" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  unknown: (
    <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.3 2.3" />
  ),
  page: <path d="M6 .4 11.6 6 6 11.6.4 6Z" fill="currentColor" />,
  maintenance: (
    <g fill="none" stroke="currentColor">
      <circle cx="6" cy="6" r="4.6" strokeWidth="1.2" />
      <path d="M2.6 6.8 6.8 2.6M3.6 9.1 9.1 3.6M5.9 9.9 9.9 5.9" strokeWidth="1" />
    </g>
  ),
};
