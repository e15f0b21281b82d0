import { useState } from "react";
import { CircleQuestionMark, Monitor, Moon, Presentation, Search, Sun } from "lucide-react";
import { runCommand, useCommand } from "../commands/keyboard";
import { Button } from "../components/Button";
import { KeyHint } from "../components/KeyHint";
import { late } from "../components/late";
import type { Frame } from "../host/bindings";
import { type Theme, useTheme } from "../theme/theme";
import { useChoose, useMoment } from "./moment";
import { MomentButton } from "./MomentButton";
import type { Page } from "./pages";
import { useLanding } from "./landing";
import { usePresenting } from "./presenter";
import { TeamButton } from "./TeamButton";
import { teamsOf } from "./teams";

/* What they open is loaded when it is first asked for. */
const MomentControl = late(async () => (await import("./MomentControl")).MomentControl);
const TeamControl = late(async () => (await import("./TeamControl")).TeamControl);

type Chosen = "team" | "moment";

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
  const choose = useChoose();
  const [choosing, setChoosing] = useState<Chosen | null>(null);
  const [asked, setAsked] = useState<ReadonlySet<Chosen>>(new Set());
  const head = useLanding(page?.path);
  const teams = teamsOf(frame, team);
  const narrows = page?.narrows ?? [];
  const ranged = narrows.includes("range");
  const moment = frame && (asOf !== undefined || ranged) && { asOf, zone: frame.timezone, ranged };
  const byTeam = narrows.includes("team") && teams.length > 0;
  const open = (what: Chosen) => {
    setAsked((before) => new Set(before).add(what));
    setChoosing(what);
  };
  const opening = (what: Chosen) => ({
    open: choosing === what,
    onOpen: (wanted: boolean) => setChoosing(wanted ? what : null),
  });
  const teamButton = <TeamButton team={team} aria-haspopup="menu" onClick={() => open("team")} />;
  const momentButton = moment && <MomentButton {...moment} aria-haspopup="dialog" onClick={() => open("moment")} />;
  const toNow = () => {
    setChoosing(null);
    choose({ asof: null });
  };
  useCommand("moment.open", () => open("moment"));
  useCommand("moment.now", toNow, asof !== null);
  useCommand("team.open", () => open("team"), byTeam);
  return (
    <header className="flex min-w-0 items-center gap-2 border-b border-line px-4">
      <h1
        ref={head}
        tabIndex={-1}
        // Nobody acts on a head: where the focus is, is marked with a line under it instead of a ring.
        className="relative flex-none text-lg font-semibold whitespace-nowrap outline-none after:absolute after:inset-x-0 after:-bottom-1 focus-visible:after:outline-1 focus-visible:after:outline-accent"
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
        className="flex h-7 w-56 min-w-40 shrink-[9999] items-center gap-1.5 overflow-hidden rounded-control border border-line px-2 text-sm whitespace-nowrap text-muted hover:border-line-strong @max-[60rem]:w-auto @max-[60rem]:min-w-0 @max-[60rem]:flex-none"
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
      {byTeam &&
        (asked.has("team") ? <TeamControl teams={teams} {...opening("team")} meanwhile={teamButton} /> : teamButton)}
      {team !== null && page && !narrows.includes("team") && (
        // What is chosen elsewhere is not in force here, and that is said.
        <p className="text-sm whitespace-nowrap text-muted">Tells of all teams</p>
      )}
      {moment &&
        (asked.has("moment") ? (
          <MomentControl key={asOf} {...moment} {...opening("moment")} meanwhile={momentButton} />
        ) : (
          momentButton
        ))}
      {asof !== null && (
        <Button onClick={toNow}>
          Back to now <KeyHint command="moment.now" />
        </Button>
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
