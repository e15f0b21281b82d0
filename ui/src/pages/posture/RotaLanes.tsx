import { useMemo, useState } from "react";
import { ScheduleLanes } from "../../components/lanes/ScheduleLanes";
import { axisHeight, rowsOf } from "../../components/lanes/lanes";
import { StatusMark, StatusShape } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { counted } from "../../format/number";
import type { Lanes } from "../../host/bindings";
import { withoutLoad } from "../oncall/presenting";
import { type Room, faultsOf, rotaLanes, soundnessOf } from "./rota";
import { useWide } from "./wide";

interface RotaLanesProps {
  answer: Lanes;
  zone: string;
  presenting: boolean;
  /** Opens the page of the rota, with this selected. */
  onOpen: (id?: string) => void;
}

/** In a small window, and in a large one. */
const SMALL: Room = { size: "slim", lanes: 4, faults: 2, days: "short" };
const LARGE: Room = { size: "final", lanes: 8, faults: 4, days: "named" };

/** The rota's next 14 days: a lane for each schedule, and in words what is wrong with it. */
export function RotaLanes({ answer: told, zone, presenting, onOpen }: RotaLanesProps) {
  const room = useWide() ? LARGE : SMALL;
  const [selected, setSelected] = useState<string | null>(null);
  const answer = useMemo(() => (presenting ? withoutLoad(told) : told), [told, presenting]);
  const { data, more } = useMemo(() => rotaLanes(answer, zone, room), [answer, zone, room]);
  const height = axisHeight(data) + rowsOf(data.groups).reduce((sum, row) => sum + row.height, 0);
  return (
    <>
      <div className="-ml-4 max-h-[40vh]" style={{ height }}>
        <ScheduleLanes
          label="Lanes of the next 14 days"
          data={data}
          selected={selected}
          onSelect={setSelected}
          onOpen={onOpen}
        />
      </div>
      <Faults answer={answer} zone={zone} most={room.faults} more={more} onOpen={onOpen} />
    </>
  );
}

interface FaultsProps {
  answer: Lanes;
  zone: string;
  most: number;
  /** Schedules that are not drawn. */
  more: number;
  onOpen: (id?: string) => void;
}

function Faults({ answer, zone, most, more, onOpen }: FaultsProps) {
  const faults = faultsOf(answer, zone);
  const sound = soundnessOf(answer);
  const rest = [
    faults.length > most && `${faults.length - most} more`,
    more > 0 && counted(more, "schedule more", "schedules more"),
  ].filter((part) => part !== false);
  return (
    <ul className="mt-1.5 flex h-5 items-center gap-5 text-sm whitespace-nowrap tabular-nums wide:text-base">
      {faults.length === 0 && (
        <li className="cut">
          <StatusMark status={sound.status} word={sound.word} plain />
        </li>
      )}
      {faults.slice(0, most).map((fault) => (
        <li key={`${fault.id}/${fault.when}`} className="min-w-0">
          <button
            type="button"
            title={[fault.what, fault.when, fault.where].filter(Boolean).join(", ")}
            onClick={() => onOpen(fault.id)}
            className="flex max-w-full items-center gap-1.5 rounded-key hover:underline"
          >
            <StatusShape status={fault.status} />
            <span className={fault.status === "critical" ? "font-medium text-critical-fg" : "font-medium"}>
              <Upstream text={fault.what} />
            </span>
            <span className="cut text-muted">
              <Upstream text={fault.when} />
              {fault.where && (
                <span className="hidden wide:inline">
                  , <Upstream text={fault.where} />
                </span>
              )}
            </span>
          </button>
        </li>
      ))}
      {rest.length > 0 && (
        <li className="ml-auto flex-none">
          <button type="button" onClick={() => onOpen()} className="rounded-key text-accent hover:underline">
            and {rest.join(", ")}
          </button>
        </li>
      )}
    </ul>
  );
}
