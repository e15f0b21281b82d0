import { lazy, Suspense, useState } from "react";
import { CircleQuestionMark, Monitor, Moon, Presentation, Search, Sun } from "lucide-react";
import { runCommand, useCommand } from "../commands/keyboard";
import { stamp } from "../format/instant";
import { KeyHint } from "../components/KeyHint";
import type { Frame } from "../host/bindings";
import { type Theme, useTheme } from "../theme/theme";
import { useMoment } from "./moment";
import type { Page } from "./pages";
import { useLanding } from "./landing";
import { usePresenting } from "./presenter";
import { TeamButton } from "./TeamButton";
import { teamsOf } from "./teams";

/* What they open is no part of what each start loads. */
const MomentControl = lazy(async () => ({ default: (await import("./MomentControl")).MomentControl }));
const TeamControl = lazy(async () => ({ default: (await import("./TeamControl")).TeamControl }));

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

/** What the page is, and of which team and time it speaks. */
export function TopBar({ page, frame, asOf }: TopBarProps) {
  const theme = THEMES[useTheme()];
  const presenting = usePresenting();
  const { team, asof } = useMoment();
  const [choosing, setChoosing] = useState<"team" | "moment" | null>(null);
  const head = useLanding(page?.path);
  const teams = teamsOf(frame, team);
  const narrows = page?.narrows ?? [];
  const ranged = narrows.includes("range");
  const byTeam = narrows.includes("team") && teams.length > 0;
  const opening = (what: "team" | "moment") => ({
    open: choosing === what,
    onOpen: (open: boolean) => setChoosing(open ? what : null),
  });
  useCommand("moment.open", () => setChoosing("moment"));
  useCommand("team.open", () => setChoosing("team"), byTeam);
  return (
    <header className="flex min-w-0 items-center gap-2 border-b border-line px-4">
      <h1
        ref={head}
        tabIndex={-1}
        className="flex-none rounded-key text-lg font-semibold whitespace-nowrap outline-offset-2"
      >
        {page?.word ?? "Fairlead"}
      </h1>
      {!presenting && asof === null && <p className="cut text-sm text-muted @max-[60rem]:hidden">{page?.clause}</p>}
      <span className="grow" />
      {presenting && (
        <button
          type="button"
          title="What is about people is hidden"
          onClick={() => runCommand("presenter.toggle")}
          className="flex h-7 items-center gap-1.5 rounded-control border border-accent bg-selection px-2 text-sm whitespace-nowrap"
        >
          <Presentation size={14} strokeWidth={1.75} aria-hidden="true" />
          Presenting<span className="-ml-1.5 hidden wide:inline">: what is about people is hidden</span>{" "}
          <KeyHint command="presenter.toggle" />
        </button>
      )}
      <button
        type="button"
        onClick={() => runCommand("palette.open")}
        className="flex h-7 w-56 min-w-0 items-center gap-1.5 overflow-hidden rounded-control border border-line px-2 text-sm whitespace-nowrap text-muted hover:border-line-strong @max-[60rem]:w-auto @max-[60rem]:flex-none"
      >
        <Search size={14} strokeWidth={1.75} className="flex-none" aria-hidden="true" />
        <span className="cut @max-[60rem]:sr-only">Find or run</span>
        {/* Both of these take its room: a key would be cut in the middle. */}
        {!(presenting && asof !== null) && (
          <span className="ml-auto flex-none @max-[60rem]:hidden">
            <KeyHint command="palette.open" />
          </span>
        )}
      </button>
      {byTeam && (
        <Suspense fallback={<TeamButton team={team} />}>
          <TeamControl teams={teams} {...opening("team")} />
        </Suspense>
      )}
      {team !== null && page && !narrows.includes("team") && (
        // What is chosen elsewhere is not in force here, and that is said.
        <p className="text-sm whitespace-nowrap text-muted">Tells of all teams</p>
      )}
      {frame && (asOf !== undefined || ranged) && (
        <Suspense fallback={asOf && <time className="text-sm tabular-nums">{stamp(asOf, frame.timezone)}</time>}>
          <MomentControl key={asOf} asOf={asOf} zone={frame.timezone} ranged={ranged} {...opening("moment")} />
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
      className="flex size-7 flex-none items-center justify-center rounded-control border border-line text-muted hover:text-fg"
    >
      <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}
