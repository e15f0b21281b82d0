import { clsx } from "clsx";
import { ZoneRows } from "./ZoneRows";
import { type AxisMark, axisHeight, type LanesData, namesWidth, shareOf } from "./lanes";

/** Room in px that the words of a week take: one that the window cuts to less is not named, its days are. */
const ROOM = 132;

/** Weeks and days over the lanes; it stays in sight. */
export function LaneAxis({ data, width }: { data: LanesData; width: number }) {
  // A day narrower than its letters shows none of them.
  const dayWidth = (86_400 / (data.to - data.from)) * width;
  const zones = data.zones ?? [];
  const weeks = zones.length > 0 ? "h-[1.625rem]" : data.weeks.length > 0 ? "h-11" : "h-5";
  return (
    <div
      aria-hidden="true"
      className="sticky top-0 z-4 bg-bg text-xs tabular-nums"
      style={{ height: axisHeight(data), paddingLeft: namesWidth(data) }}
    >
      <div className={clsx("relative", weeks)}>
        {data.weeks.map((week, index) => {
          const share = shareOf(data, week.at);
          const room = (shareOf(data, data.weeks[index + 1]?.at ?? data.to) - share) * width;
          return room >= ROOM && <Mark key={week.at} mark={week} share={share} className="top-1.5 pl-1.5 text-sm" />;
        })}
        {zones.length === 0 &&
          dayWidth >= 22 &&
          data.days.map((day) => (
            <span
              key={day.at}
              className={clsx(
                "absolute text-center whitespace-nowrap",
                data.weeks.length > 0 ? "bottom-1.5" : "bottom-1",
                day.current ? "font-semibold text-fg" : day.quiet ? "text-subtle" : "text-muted",
              )}
              style={{ left: `${shareOf(data, day.at) * 100}%`, width: dayWidth }}
            >
              {day.label}
            </span>
          ))}
      </div>
      {zones.length > 0 && <ZoneRows zones={zones} axis={data} names={namesWidth(data)} width={width} />}
    </div>
  );
}

function Mark({ mark, share, className }: { mark: AxisMark; share: number; className: string }) {
  return (
    <span
      className={clsx("absolute whitespace-nowrap", mark.current ? "font-semibold text-fg" : "text-muted", className)}
      style={{ left: `${share * 100}%` }}
    >
      {mark.label}
    </span>
  );
}
