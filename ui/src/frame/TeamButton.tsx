import { ChevronDown, Users } from "lucide-react";
import type { ComponentProps } from "react";
import { KeyHint } from "../components/KeyHint";
import { Upstream } from "../components/Upstream";
import { EVERY_TEAM } from "./teams";

/** Of which team the page speaks. It stands there also while what it opens is on the way. */
export function TeamButton({ team, ...rest }: { team: string | null } & ComponentProps<"button">) {
  return (
    <button
      type="button"
      {...rest}
      className={`flex h-7 flex-none items-center gap-1.5 rounded-control border px-2 text-sm whitespace-nowrap hover:border-line-strong ${team === null ? "border-line" : "border-accent bg-selection"}`}
    >
      <Users size={14} strokeWidth={1.75} className="flex-none text-muted" aria-hidden="true" />
      <span className="sr-only">Team: </span>
      <span className="max-w-36 cut">
        <Upstream text={team ?? EVERY_TEAM} />
      </span>
      <ChevronDown size={12} strokeWidth={1.75} className="flex-none" aria-hidden="true" />
      <span className="flex-none @max-[60rem]:hidden">
        <KeyHint command="team.open" />
      </span>
    </button>
  );
}
