import { useState } from "react";
import { Menu } from "../components/overlay/Menu";
import { Upstream } from "../components/Upstream";
import { useChoose, useMoment } from "./moment";
import { TeamButton } from "./TeamButton";
import type { TeamOption } from "./teams";

interface TeamControlProps {
  teams: readonly TeamOption[];
  /** Whether one chooses; held outside, because the key is answered before this is loaded. */
  open: boolean;
  onOpen: (open: boolean) => void;
}

/** Of which team the page speaks, and the way to another one. */
export function TeamControl({ teams, open, onOpen }: TeamControlProps) {
  const { team } = useMoment();
  const choose = useChoose();
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const entries = teams.map((option) => ({
    id: idOf(option.team),
    word: <Upstream text={option.word} />,
    run: () => choose({ team: option.team }),
  }));
  return (
    <div ref={setPlace} className="flex-none">
      <Menu
        open={open}
        onOpen={onOpen}
        place={place}
        trigger={<TeamButton team={team} />}
        groups={[{ id: "teams", entries, chosen: idOf(team) }]}
      />
    </div>
  );
}

/** A team may have any name, so none is left for every one of them. */
const idOf = (team: string | null) => (team === null ? "all" : `team:${team}`);
