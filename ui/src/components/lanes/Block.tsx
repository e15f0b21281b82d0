import { clsx } from "clsx";
import { StatusShape } from "../StatusMark";
import { Upstream } from "../Upstream";
import { type LaneBlock, type Span, labelFor, shareOf } from "./lanes";

interface BlockProps {
  block: LaneBlock;
  /** The span of the whole axis. */
  axis: Span;
  /** Width of the axis in px. */
  width: number;
  now: number;
  selected: boolean;
  /** In the order of the Tab key: one block of all. */
  reachable: boolean;
  /** The lane is low: the block fills more of it. */
  slim: boolean;
  onSelect: () => void;
}

const LOOK: Record<LaneBlock["kind"], string> = {
  shift: "border-line-strong bg-block",
  override: "border-dashed border-muted bg-surface",
  gap: "border-[1.5px] border-critical gap-hatch",
  double: "border-dashed border-warn bg-surface",
  planned: "border-line bg-surface text-muted",
  away: "border-line-strong hatched text-muted",
  unread: "border-2 border-dotted border-unknown bg-bg text-muted",
};

/** One block of a lane. */
export function Block({ block, axis, width, now, selected, reachable, slim, onSelect }: BlockProps) {
  const from = shareOf(axis, block.from);
  const share = shareOf(axis, block.to) - from;
  const px = share * width - 2;
  const whole = labelFor(block.label, px);
  const label = whole === block.label ? whole : labelFor(block.short ?? block.label, px);
  const narrow = px < 48;
  const current = block.from <= now && now < block.to && block.kind === "shift";
  return (
    <button
      type="button"
      id={`block-${block.id}`}
      data-block={block.id}
      aria-label={block.text}
      aria-pressed={selected}
      title={block.text}
      tabIndex={reachable ? 0 : -1}
      onClick={onSelect}
      style={{ left: `${from * 100}%`, width: `max(${share * 100}% - 2px, 3px)` }}
      className={clsx(
        "absolute flex items-center overflow-hidden rounded-key border whitespace-nowrap -outline-offset-1",
        slim ? "inset-y-0.5" : "inset-y-1",
        narrow ? "justify-center text-xs tracking-tight" : "px-1.5 text-sm",
        LOOK[block.kind],
        block.past && block.kind !== "gap" && block.kind !== "unread" && "border-line bg-surface text-muted",
        current && "border-muted",
        !block.past && !narrow && block.kind === "shift" && "font-medium",
        selected && "border-accent! ring-1 ring-accent",
      )}
    >
      <Shade seen={seenOf(block, axis)} nights={block.nights ?? []} now={now} />
      {block.mark && px >= (label ? 64 : 16) && (
        <span className={clsx("relative flex-none", label && "mr-1")}>
          <StatusShape status={block.mark} />
        </span>
      )}
      {label === block.label ? (
        <span className={clsx("relative", !narrow && "cut")}>
          <Upstream text={label} />
        </span>
      ) : (
        // A shortened name is drawn, not written: what is read out is the whole one.
        <span data-short={label} className="relative before:content-[attr(data-short)]" />
      )}
    </button>
  );
}

/** What of a block lies on the axis: it is drawn no wider than that. */
function seenOf(block: Span, axis: Span): Span {
  return { from: Math.max(block.from, axis.from), to: Math.min(block.to, axis.to) };
}

/** The nights, and what of the block is over, as two drawings, however many nights there are. */
function Shade({ seen, nights, now }: { seen: Span; nights: readonly Span[]; now: number }) {
  const rect = (span: Span) => {
    const [from, to] = [shareOf(seen, span.from) * 1000, shareOf(seen, span.to) * 1000];
    return `M${from} 0H${to}V1H${from}Z`;
  };
  const inside = nights.filter((night) => night.to > seen.from && night.from < seen.to);
  const running = seen.from < now && now < seen.to;
  return (
    <svg viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true" className="absolute inset-0 size-full">
      <path d={inside.map(rect).join("")} className="fill-night" fillOpacity="0.7" />
      {running && <path d={rect({ from: seen.from, to: now })} className="fill-bg" fillOpacity="0.5" />}
    </svg>
  );
}
