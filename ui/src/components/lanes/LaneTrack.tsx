import { clsx } from "clsx";
import { StatusMark } from "../StatusMark";
import { Upstream } from "../Upstream";
import { Block } from "./Block";
import { HEIGHT, type LaneNote, type LaneRow, type LanesData, namesWidth, outsideLabels, shareOf } from "./lanes";
import { textScale } from "../scale";

interface LaneTrackProps {
  row: LaneRow;
  data: LanesData;
  /** Width of the axis in px. */
  width: number;
  selected: string | null;
  reachable: string | null;
  /** A block was clicked, or entered by key. */
  onSelect: (id: string) => void;
}

/** A row: the head of a schedule, or one of its lanes. */
export function LaneTrack({ row, data, width, selected, reachable, onSelect }: LaneTrackProps) {
  const { group, lane } = row;
  if (!lane) {
    return (
      <div className="flex h-full items-center gap-2 border-t border-line px-4 pt-1">
        <h2 className="cut max-w-[60%] flex-none bg-bg pr-1 font-semibold" title={group.name}>
          <Upstream text={group.name} />
        </h2>
        {group.clause && <p className="cut bg-bg pr-1 text-sm text-muted">{group.clause}</p>}
        {group.verdict && (
          <span className="ml-auto flex-none">
            <StatusMark status={group.verdict.status} word={group.verdict.word} />
          </span>
        )}
      </div>
    );
  }
  const height = HEIGHT[lane.size];
  return (
    <div role="group" aria-label={`${group.name}, ${lane.name}`} className="flex pl-4" style={{ height }}>
      <div className="flex flex-none flex-col justify-center" style={{ width: namesWidth(data) - 16 * textScale() }}>
        <span className="cut pr-2 text-sm/[0.875rem]" title={lane.name}>
          <Upstream text={lane.name} />
        </span>
        {lane.clause && <span className="cut pr-2 text-xs/[0.8125rem] text-subtle">{lane.clause}</span>}
      </div>
      <div className="relative min-w-0 grow">
        <Ticks data={data} width={width} height={height} />
        {lane.blocks.map((block) => (
          <Block
            key={block.id}
            block={block}
            axis={data}
            width={width}
            now={data.now}
            selected={block.id === selected}
            reachable={block.id === reachable}
            slim={lane.size === "slim"}
            onSelect={() => onSelect(block.id)}
          />
        ))}
        {outsideLabels(lane, data, width).map(({ id, at, text }) => (
          // The block itself says it to those who cannot see.
          <span
            key={id}
            aria-hidden="true"
            className="pointer-events-none absolute inset-y-0 flex items-center pl-1 text-sm whitespace-nowrap text-muted"
            style={{ left: `${shareOf(data, at) * 100}%` }}
          >
            <span className="bg-bg px-0.5">
              <Upstream text={text} />
            </span>
          </span>
        ))}
        {lane.notes?.map((note) => (
          <Note key={note.at} note={note} share={shareOf(data, note.at)} />
        ))}
      </div>
    </div>
  );
}

function Note({ note, share }: { note: LaneNote; share: number }) {
  const place = note.before ? { right: `${(1 - share) * 100}%` } : { left: `${share * 100}%` };
  return (
    <span className={clsx("absolute inset-y-0 flex items-center", note.before ? "pr-1.5" : "pl-1.5")} style={place}>
      <span className="bg-bg px-0.5">
        <StatusMark status={note.status} word={note.text} />
      </span>
    </span>
  );
}

/** Where days begin, as one drawing. */
function Ticks({ data, width, height }: { data: LanesData; width: number; height: number }) {
  const path = data.days.map((day) => `M${Math.round(shareOf(data, day.at) * width) + 0.5} 4V${height - 4}`).join("");
  return (
    <svg width={width} height={height} aria-hidden="true" className="absolute inset-0">
      <path d={path} className="stroke-line" />
    </svg>
  );
}
