import { textScale } from "../scale";
import type { Status } from "../StatusMark";

/** A span of time, seconds since 1970, the end not in it. */
export interface Span {
  from: number;
  to: number;
}

/** Who holds a lane for a time, or that nobody does. */
export interface LaneBlock extends Span {
  id: string;
  /** The name in the block; empty for a gap. */
  label: string;
  /** What stands there where the label does not fit; without it, the beginning of the label. */
  short?: string;
  /** Solid, dashed, hatched, dashed in amber, only planned (the rotation under the overrides), or not read: dotted, empty. */
  kind: "shift" | "override" | "gap" | "double" | "planned" | "away" | "unread";
  /** Over, and frozen. */
  past?: boolean;
  /** A mark before the name, where there is room: its text says the same. */
  mark?: Status;
  /** Nights in the zone of the person who holds it: darkened inside the block. */
  nights?: readonly Span[];
  /** All of it in words: `Yuki, primary, Sun 22 Nov 08:00 to Mon 23 Nov 08:00, override`. */
  text: string;
}

/** Words in a lane: what a block too narrow for them would say. */
export interface LaneNote {
  at: number;
  text: string;
  status: Status;
  /** The words end there instead of beginning there. */
  before?: boolean;
}

/** One line of a schedule. */
export interface Lane {
  id: string;
  name: string;
  /** Under the name: `who answers`. */
  clause?: string;
  size: "final" | "overrides" | "rotation" | "slim";
  /** In the order of time, none over another. */
  blocks: readonly LaneBlock[];
  notes?: readonly LaneNote[];
}

/** A schedule: its rule, its verdict, its lanes. */
export interface LaneGroup {
  id: string;
  name: string;
  clause?: string;
  verdict?: { status: Status; word: string };
  /** Its lanes stand without a head: each names its schedule itself. */
  headless?: boolean;
  lanes: readonly Lane[];
}

/** A mark of the axis: where a day or a week begins. */
export interface AxisMark {
  at: number;
  label: string;
  /** Today, this week. */
  current?: boolean;
  /** A day on which fewer work. */
  quiet?: boolean;
}

/** The days of a zone, side by side with those of the others. */
export interface ZoneAxis {
  id: string;
  /** The place: `Tokyo`. */
  name: string;
  /** The zone in full, and whose it is. */
  title: string;
  /** Its days, with their ends. */
  days: readonly (AxisMark & { to: number })[];
  /** Hours between midnights, where the span is short. */
  hours: readonly AxisMark[];
}

/** Schedules over a span of time. */
export interface LanesData extends Span {
  now: number;
  /** Over the days; empty where the days say enough. */
  weeks: readonly AxisMark[];
  days: readonly AxisMark[];
  /** Zones side by side in the place of the days; left out or empty where one zone is enough. */
  zones?: readonly ZoneAxis[];
  /** Width in px of the names at the left; without it, 112. */
  names?: number;
  groups: readonly LaneGroup[];
}

/** A row as it is drawn: the head of a group, or a lane of it. */
export type LaneRow = { id: string; height: number; group: LaneGroup; lane: Lane | null };

/** Heights in px as large as the text of the person is set. */
const SCALE = textScale();

/** Heights in px of lanes. */
export const HEIGHT: Record<Lane["size"], number> = {
  final: 36 * SCALE,
  overrides: 32 * SCALE,
  rotation: 30 * SCALE,
  slim: 26 * SCALE,
};
/** Height of a group's head in px. */
const GROUP = 34 * SCALE;
/** Air under the last lane of a group. */
const AIR = 8 * SCALE;

/** Heights in px: weeks and days of the axis, days alone, weeks alone, and the days of a zone. */
const [AXIS, DAYS, WEEKS, ZONE] = [44 * SCALE, 20 * SCALE, 26 * SCALE, 18 * SCALE];

/** Height of the whole axis in px. */
export function axisHeight({ weeks, zones = [] }: LanesData): number {
  if (zones.length > 0) return WEEKS + zones.length * ZONE + 6 * SCALE;
  return weeks.length > 0 ? AXIS : DAYS;
}

/** Width in px of the names at the left. */
export const namesWidth = ({ names = 112 }: Pick<LanesData, "names">) => names * SCALE;

/** The rows of all groups, one under another. */
export function rowsOf(groups: readonly LaneGroup[]): LaneRow[] {
  return groups.flatMap((group) => [
    ...(group.headless ? [] : [{ id: group.id, height: GROUP, group, lane: null }]),
    ...group.lanes.map((lane, index) => ({
      id: `${group.id}/${lane.id}`,
      height: HEIGHT[lane.size] + (index === group.lanes.length - 1 && !group.headless ? AIR : 0),
      group,
      lane,
    })),
  ]);
}

/** How far an instant is into a span: 0 at its beginning, 1 at its end, never beyond. */
export function shareOf({ from, to }: Span, at: number): number {
  return Math.min(Math.max((at - from) / (to - from), 0), 1);
}

/** Name of a block so many px wide: all of it, its beginning, or nothing. */
export function labelFor(label: string, px: number): string {
  const width = px / SCALE;
  if (width < 24) return "";
  const room = width >= 48 ? width - 14 : width - 2;
  const letter = width >= 48 ? 6.8 : 6.4;
  const letters = [...label];
  // A short name stays whole as long as it fits; a longer one needs a block of 48 px.
  if ((width >= 48 || letters.length <= 5) && letters.length * letter <= room) return label;
  return `${letters.slice(0, 3).join("")}.`;
}

/** A name beside its block. */
export interface OutsideLabel {
  id: string;
  at: number;
  text: string;
}

/** Names of blocks too narrow for any letter, where the lane is free to the right of them. */
export function outsideLabels({ blocks }: Lane, axis: Span, width: number): OutsideLabel[] {
  return blocks.flatMap(({ id, label, to, from }, index) => {
    const [start, end] = [shareOf(axis, from), shareOf(axis, to)].map((share) => share * width) as [number, number];
    if (label === "" || end <= start || labelFor(label, end - start - 2) !== "") return [];
    const next = blocks[index + 1];
    const free = (next ? shareOf(axis, next.from) : 1) * width - end;
    return free / SCALE >= label.length * 6.8 + 14 ? [{ id, at: to, text: label }] : [];
  });
}

/** Where one can go from a block. */
export type Move = "back" | "forth" | "up" | "down" | "gap";

/** The block one comes to; the same when there is none that way, the first of all from nowhere. */
export function moveTo(groups: readonly LaneGroup[], selected: string | null, move: Move): string | null {
  const lanes = groups.flatMap((group) => group.lanes).filter((lane) => lane.blocks.length > 0);
  const at = lanes.findIndex((lane) => lane.blocks.some((block) => block.id === selected));
  const lane = lanes[at];
  const index = lane?.blocks.findIndex((block) => block.id === selected) ?? -1;
  const block = lane?.blocks[index];
  if (move === "gap") return nextGap(lanes, block) ?? selected;
  if (!lane || !block) return lanes[0]?.blocks[0]?.id ?? null;
  if (move === "back" || move === "forth") return lane.blocks[index + (move === "forth" ? 1 : -1)]?.id ?? block.id;
  const other = lanes[at + (move === "down" ? 1 : -1)];
  return other ? (nearest(other.blocks, block)?.id ?? block.id) : block.id;
}

/** The gap that begins next after a block, in any lane; after the last one the first again. */
function nextGap(lanes: readonly Lane[], after: LaneBlock | undefined): string | undefined {
  const gaps = lanes
    .flatMap((lane) => lane.blocks)
    .filter((block) => block.kind === "gap")
    .sort((a, b) => a.from - b.from);
  const index = gaps.findIndex((gap) => gap.id === after?.id);
  if (index >= 0) return gaps[(index + 1) % gaps.length]?.id;
  return (gaps.find((gap) => gap.from >= (after?.from ?? Number.NEGATIVE_INFINITY)) ?? gaps[0])?.id;
}

function nearest(blocks: readonly LaneBlock[], to: Span): LaneBlock | undefined {
  const middle = ({ from, to: end }: Span) => (from + end) / 2;
  const away = (block: LaneBlock) => Math.abs(middle(block) - middle(to));
  return blocks.reduce<LaneBlock | undefined>(
    (best, block) => (best && away(best) <= away(block) ? best : block),
    undefined,
  );
}
