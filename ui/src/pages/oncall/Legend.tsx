import { clsx } from "clsx";

const SIGNS = [
  { word: "22–08 where the person is", look: "border-line-strong bg-bg" },
  { word: "override", look: "border-dashed border-muted bg-surface" },
  { word: "gap", look: "border-critical gap-hatch" },
  { word: "double booking", look: "border-dashed border-warn bg-surface" },
  { word: "not read", look: "border-dashed border-unknown" },
] as const;

/** What the looks of blocks mean. */
export function Legend() {
  return (
    <ul className="flex items-center gap-3 text-xs text-subtle">
      {SIGNS.map((sign) => (
        <li key={sign.word} className="flex items-center gap-1.5">
          <span aria-hidden="true" className={clsx("h-3 w-4 rounded-key border", sign.look)} />
          {sign.word}
        </li>
      ))}
    </ul>
  );
}
