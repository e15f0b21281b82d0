import { clsx } from "clsx";
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
  onSelect: () => void;
}

const LOOK: Record<LaneBlock["kind"], string> = {
  shift: "border-line-strong bg-block",
  override: "border-dashed border-muted bg-surface",
  gap: "border-[1.5px] border-critical gap-hatch",
  double: "border-dashed border-warn bg-surface",
  planned: "border-line bg-surface text-muted",
  away: "border-line-strong hatched text-muted",
};

/** One block of a lane. */
export function Block({ block, axis, width, now, selected, reachable, onSelect }: BlockProps) {
  const from = shareOf(axis, block.from);
  const share = shareOf(axis, block.to) - from;
  const px = share * width - 2;
  const label = labelFor(block.label, px);
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
        "absolute inset-y-1 flex items-center overflow-hidden rounded-key border whitespace-nowrap -outline-offset-1",
        narrow ? "justify-center text-xs tracking-tight" : "px-1.5 text-sm",
        LOOK[block.kind],
        block.past && block.kind !== "gap" && "border-line bg-surface text-muted",
        current && "border-muted",
        !block.past && !narrow && block.kind === "shift" && "font-medium",
        selected && "border-accent! ring-1 ring-accent",
      )}
    >
      <Shade block={block} now={now} />
      {/* Drawn, not written: a name cut short is no part of what the block is called. */}
      <span data-label={label} className={clsx("relative before:content-[attr(data-label)]", !narrow && "cut")} />
    </button>
  );
}

/** The nights, and what of the block is over, as two drawings, however many nights there are. */
function Shade({ block, now }: { block: LaneBlock; now: number }) {
  const rect = (span: Span) => {
    const [from, to] = [shareOf(block, span.from) * 1000, shareOf(block, span.to) * 1000];
    return `M${from} 0H${to}V1H${from}Z`;
  };
  const inside = (block.nights ?? []).filter((night) => night.to > block.from && night.from < block.to);
  const running = block.from < now && now < block.to;
  return (
    <svg viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true" className="absolute inset-0 size-full">
      <path d={inside.map(rect).join("")} className="fill-bg" fillOpacity="0.7" />
      {running && <path d={rect({ from: block.from, to: now })} className="fill-bg" fillOpacity="0.5" />}
    </svg>
  );
}
