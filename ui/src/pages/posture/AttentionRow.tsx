import { clsx } from "clsx";
import { useEffect, useRef } from "react";
import { StatusMark } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { withInstants } from "../../format/instant";
import type { Attention } from "../../host/bindings";
import { ActionButton } from "./ActionButton";
import { captionOf, markOf, numberOf } from "./words";
import { type Moment, momentOf } from "./moment";

interface AttentionRowProps {
  row: Attention;
  now: string;
  zone: string;
  selected: boolean;
  /** Puts the focus on the row: the person moved here by key. */
  focused: boolean;
  peeking: boolean;
  onPeek: () => void;
  onAct: () => void;
}

/** Mark, what, why, number, since, and one action. The whole row opens its peek. */
export function AttentionRow({ row, now, zone, selected, focused, peeking, onPeek, onAct }: AttentionRowProps) {
  const opener = useRef<HTMLButtonElement>(null);
  const mark = markOf(row);
  const large = mark.status === "critical";
  const reason = withInstants(row.reason, now, zone);
  useEffect(() => {
    if (focused) opener.current?.focus();
  }, [focused]);
  return (
    <li
      aria-current={selected}
      data-selected={selected}
      className={clsx(
        "group relative grid grid-cols-[4.625rem_minmax(0,1fr)_5.125rem_4.75rem_9.25rem] items-center gap-x-2.5 border-t border-line px-4 contain-content @max-[60rem]:grid-cols-[5rem_minmax(0,1fr)_5.75rem_auto] wide:grid-cols-[5.75rem_minmax(0,1fr)_7rem_7rem_9.25rem] wide:gap-x-3",
        large ? "min-h-[3.6875rem] py-1 wide:min-h-[4.375rem]" : "min-h-12 py-0.75 wide:min-h-14",
        selected
          ? "bg-selection before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-accent"
          : "hover:bg-surface",
      )}
    >
      <StatusMark status={mark.status} word={mark.word} plain={selected || !large} />
      <div className="min-w-0">
        <button
          ref={opener}
          type="button"
          aria-expanded={peeking}
          title={row.title}
          onClick={onPeek}
          className={clsx(
            "block w-full text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-1 focus-visible:after:-outline-offset-1 focus-visible:after:outline-accent",
            large ? "text-lg font-semibold wide:text-xl" : "font-medium wide:text-lg",
          )}
        >
          <span className="line-clamp-2 wrap-anywhere">
            <Upstream text={row.title} />
          </span>
        </button>
        <p className="mt-px line-clamp-3 text-sm/[0.9375rem] wrap-anywhere text-muted wide:text-base" title={reason}>
          <Upstream text={reason} />
        </p>
      </div>
      <Figure row={row} large={large} />
      <When moment={momentOf(row, now, zone)} />
      <div className="relative flex min-w-0 justify-end">
        <ActionButton row={row} primary={selected} onAct={onAct} />
      </div>
    </li>
  );
}

function Figure({ row, large }: { row: Attention; large: boolean }) {
  const number = numberOf(row);
  if (number === null) return <span />;
  return (
    <div className="text-right whitespace-nowrap">
      <div className={clsx("font-semibold tabular-nums", large ? "text-xl/6" : "text-lg wide:text-xl/6")}>{number}</div>
      <div className="text-xs text-subtle group-data-[selected=true]:text-muted">{captionOf(row)}</div>
    </div>
  );
}

function When({ moment }: { moment: Moment | null }) {
  if (!moment) return <span className="@max-[60rem]:hidden" />;
  return (
    <div className="text-sm whitespace-nowrap tabular-nums @max-[60rem]:hidden wide:text-base" title={moment.title}>
      {moment.at}
      <div className="text-xs text-subtle group-data-[selected=true]:text-muted">{moment.age}</div>
    </div>
  );
}
