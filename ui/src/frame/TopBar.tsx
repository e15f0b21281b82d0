import { lazy, Suspense, useState } from "react";
import { CircleQuestionMark, Monitor, Moon, Presentation, Search, Sun } from "lucide-react";
import { runCommand, useCommand } from "../commands/keyboard";
import { stamp } from "../format/instant";
import { KeyHint } from "../components/KeyHint";
import type { Frame } from "../host/bindings";
import { type Theme, useTheme } from "../theme/theme";
import type { Page } from "./pages";
import { useLanding } from "./landing";
import { usePresenting } from "./presenter";

/** Its fields are no part of what each start loads. */
const AsOfControl = lazy(async () => ({ default: (await import("./AsOfControl")).AsOfControl }));

interface TopBarProps {
  page: Page | undefined;
  frame: Frame | undefined;
  asOf: string | undefined;
}

const THEMES: Record<Theme, { icon: typeof Sun; word: string }> = {
  dark: { icon: Moon, word: "dark" },
  light: { icon: Sun, word: "light" },
  system: { icon: Monitor, word: "as the system" },
};

/** What the page is, and of which instant it speaks. */
export function TopBar({ page, frame, asOf }: TopBarProps) {
  const theme = THEMES[useTheme()];
  const presenting = usePresenting();
  const [choosing, setChoosing] = useState(false);
  const head = useLanding(page?.path);
  useCommand("moment.open", () => setChoosing(true));
  return (
    <header className="flex min-w-0 items-center gap-2 border-b border-line px-4">
      <h1 ref={head} tabIndex={-1} className="rounded-key text-lg font-semibold whitespace-nowrap outline-offset-2">
        {page?.word ?? "Fairlead"}
      </h1>
      <p className="cut text-sm text-muted @max-[60rem]:hidden">{page?.clause}</p>
      <span className="grow" />
      {presenting && (
        <button
          type="button"
          onClick={() => runCommand("presenter.toggle")}
          className="flex h-7 items-center gap-1.5 rounded-control border border-accent bg-selection px-2 text-sm whitespace-nowrap"
        >
          <Presentation size={14} strokeWidth={1.75} aria-hidden="true" />
          Presenting: what is about people is hidden <KeyHint command="presenter.toggle" />
        </button>
      )}
      <button
        type="button"
        onClick={() => runCommand("palette.open")}
        className="flex h-7 w-56 flex-none items-center gap-1.5 rounded-control border border-line px-2 text-sm text-muted hover:border-line-strong @max-[60rem]:w-auto"
      >
        <Search size={14} strokeWidth={1.75} aria-hidden="true" />
        <span className="whitespace-nowrap @max-[60rem]:sr-only">Find or run</span>
        <span className="ml-auto">
          <KeyHint command="palette.open" />
        </span>
      </button>
      {frame && asOf && (
        <Suspense fallback={<time className="text-sm tabular-nums">{stamp(asOf, frame.timezone)}</time>}>
          <AsOfControl key={asOf} asOf={asOf} zone={frame.timezone} open={choosing} onOpen={setChoosing} />
        </Suspense>
      )}
      <IconButton label={`Theme: ${theme.word}`} icon={theme.icon} onClick={() => runCommand("theme.next")} />
      <IconButton label="Keys" icon={CircleQuestionMark} onClick={() => runCommand("help.open")} />
    </header>
  );
}

function IconButton({ label, icon: Icon, onClick }: { label: string; icon: typeof Sun; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="flex size-7 items-center justify-center rounded-control border border-line text-muted hover:text-fg"
    >
      <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}
