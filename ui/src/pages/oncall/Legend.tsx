import { clsx } from "clsx";

const SIGNS = [
  { word: "their night", title: "22:00 to 08:00 where the person is", look: "border-line-strong bg-bg" },
  { word: "override", title: "Somebody else than the rotation says", look: "border-dashed border-muted bg-surface" },
  { word: "gap", title: "Declared coverage that nobody holds", look: "border-critical gap-hatch" },
  { word: "double", title: "One person, or one post, held twice", look: "border-dashed border-warn bg-surface" },
  { word: "not read", title: "Nothing is known of this time", look: "border-dashed border-unknown" },
] as const;

/** What the looks of blocks mean. */
export function Legend() {
  return (
    <ul className="flex items-center gap-3 text-xs text-subtle">
      {SIGNS.map((sign) => (
        <li key={sign.word} title={sign.title} className="flex items-center gap-1.5">
          <span aria-hidden="true" className={clsx("h-3 w-4 rounded-key border", sign.look)} />
          {sign.word}
        </li>
      ))}
    </ul>
  );
}
