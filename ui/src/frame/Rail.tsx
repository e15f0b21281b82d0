import { Link } from "@tanstack/react-router";
import { KeyHint } from "../components/KeyHint";
import { Mark } from "../components/Mark";
import { Cap } from "../components/KeyHint";
import { Upstream } from "../components/Upstream";
import { capsOf, keysOf } from "../commands/registry";
import { clock, place } from "../format/instant";
import type { Frame } from "../host/bindings";
import { PAGES, type Page } from "./pages";

interface RailProps {
  frame: Frame | undefined;
  asOf: string | undefined;
}

/** The pages, and where one is. */
export function Rail({ frame, asOf }: RailProps) {
  return (
    <nav aria-label="Pages" className="flex min-w-0 flex-col border-r border-line bg-surface px-2 pb-2">
      <div className="flex h-11 items-center gap-2 px-2 font-semibold">
        <Mark />
        <span className="cut @max-[60rem]:sr-only">{frame ? <Upstream text={frame.workspace} /> : "Fairlead"}</span>
        {frame?.demo && (
          <span className="ml-auto rounded-key border border-line px-1.5 text-xs/4 font-normal text-muted @max-[60rem]:hidden">
            demo
          </span>
        )}
      </div>
      {PAGES.map((page) => (
        <RailEntry key={page.path} page={page} />
      ))}
      <div className="mt-auto px-2 text-sm text-muted @max-[60rem]:hidden">
        {frame && asOf && (
          <p className="cut tabular-nums">
            {place(frame.timezone)} {clock(asOf, frame.timezone)}
          </p>
        )}
        <p className="mt-1.5 flex items-center gap-1.5">
          <Cap>g</Cap> then letter
          <span className="ml-auto">
            <KeyHint command="help.open" />
          </span>
        </p>
      </div>
    </nav>
  );
}

function RailEntry({ page }: { page: Page }) {
  const Icon = page.icon;
  const letter = capsOf(keysOf(page.command)).at(-1);
  return (
    <Link
      to={page.path}
      title={page.word}
      className="flex h-7 items-center gap-2 rounded-control px-2 text-muted hover:text-fg"
      activeProps={{ className: "bg-selection font-medium !text-fg [&>svg]:text-accent" }}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      <span className="@max-[60rem]:sr-only">{page.word}</span>
      <span aria-hidden="true" className="ml-auto font-mono text-xs text-muted uppercase @max-[60rem]:hidden">
        {letter}
      </span>
    </Link>
  );
}
