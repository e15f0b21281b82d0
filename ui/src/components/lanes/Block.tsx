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
      {block.nights && <Nights block={block} nights={block.nights} />}
      <span aria-hidden={label !== block.label} className={clsx("relative", !narrow && "cut")}>
        {label}
      </span>
    </button>
  );
}

/** The nights as one drawing, however many there are. */
function Nights({ block, nights }: { block: LaneBlock; nights: readonly Span[] }) {
  const path = nights
    .filter((night) => night.to > block.from && night.from < block.to)
    .map((night) => {
      const [from, to] = [shareOf(block, night.from) * 1000, shareOf(block, night.to) * 1000];
      return `M${from} 0H${to}V1H${from}Z`;
    })
    .join("");
  return (
    <svg viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true" className="absolute inset-0 size-full">
      <path d={path} className="fill-bg" fillOpacity="0.7" />
    </svg>
  );
}
