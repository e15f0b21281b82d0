import { CircleQuestionMark, History, Monitor, Moon, Sun } from "lucide-react";
import { runCommand } from "../commands/keyboard";
import { stamp } from "../format/instant";
import type { Frame } from "../host/bindings";
import { type Theme, useTheme } from "../theme/theme";
import type { Page } from "./pages";

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
  return (
    <header className="flex min-w-0 items-center gap-2 border-b border-line px-4">
      <h1 className="text-lg font-semibold">{page?.word ?? "Fairlead"}</h1>
      <p className="cut text-sm text-muted">{page?.clause}</p>
      <span className="grow" />
      {frame && asOf && (
        <p className="flex h-7 items-center gap-1.5 rounded-control border border-line px-2 text-sm whitespace-nowrap">
          <History size={14} strokeWidth={1.75} className="text-muted" aria-hidden="true" />
          <span>As of</span>
          <time dateTime={asOf} className="tabular-nums">
            {stamp(asOf, frame.timezone)}
          </time>
        </p>
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
