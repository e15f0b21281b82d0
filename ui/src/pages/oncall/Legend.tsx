import { clsx } from "clsx";
import type { LaneBlock, LanesData } from "../../components/lanes/lanes";

interface Sign {
  word: string;
  title: string;
  look: string;
  /** Whether a block is drawn so. */
  of: (block: LaneBlock) => boolean;
}

const SIGNS: readonly Sign[] = [
  {
    word: "their night",
    title: "22:00 to 08:00 where the person is",
    look: "border-line-strong bg-[linear-gradient(90deg,var(--block)_45%,var(--night)_45%)]",
    of: ({ nights }) => (nights?.length ?? 0) > 0,
  },
  {
    word: "override",
    title: "Somebody else than the rotation says",
    look: "border-dashed border-muted bg-surface",
    of: ({ kind }) => kind === "override",
  },
  {
    word: "gap",
    title: "Declared coverage that nobody holds",
    look: "border-critical gap-hatch",
    of: ({ kind }) => kind === "gap",
  },
  {
    word: "double",
    title: "One person, or one post, held twice",
    look: "border-dashed border-warn bg-surface",
    of: ({ kind }) => kind === "double",
  },
  { word: "leave", title: "Away", look: "border-line-strong hatched", of: ({ kind }) => kind === "away" },
  {
    word: "not read",
    title: "Nothing is known of this time",
    look: "border-2 border-dotted border-unknown",
    of: ({ kind }) => kind === "unread",
  },
];

/** What the looks of the blocks that are drawn mean. */
export function Legend({ data }: { data: LanesData }) {
  const blocks = data.groups.flatMap((group) => group.lanes.flatMap((lane) => lane.blocks));
  return (
    <ul className="flex items-center gap-3 text-xs text-subtle">
      {SIGNS.filter((sign) => blocks.some(sign.of)).map((sign) => (
        <li key={sign.word} title={sign.title} className="flex items-center gap-1.5">
          <span aria-hidden="true" className={clsx("h-3 w-4 rounded-key border", sign.look)} />
          {sign.word}
        </li>
      ))}
    </ul>
  );
}
