import { clsx } from "clsx";
import { type Span, shareOf, type ZoneAxis } from "./lanes";

/** From so many px on a day is named, and from so many numbered. */
const [NAMED, NUMBERED] = [34, 15];

interface ZoneRowsProps {
  zones: readonly ZoneAxis[];
  axis: Span;
  /** Width in px of the names at the left. */
  names: number;
  /** Width of the axis in px. */
  width: number;
}

/** The days of each zone, one under another: where it is already tomorrow. */
export function ZoneRows({ zones, axis, names, width }: ZoneRowsProps) {
  return (
    <div className="border-t border-line pb-1">
      {zones.map((zone) => (
        <div key={zone.id} className="relative h-[1.125rem]" title={zone.title}>
          <span
            className="cut absolute inset-y-0 pt-0.5 pr-2 text-muted"
            style={{ left: 16 - names, width: names - 16 }}
          >
            {zone.name}
          </span>
          {zone.days.map((day) => {
            const [from, to] = [shareOf(axis, day.at), shareOf(axis, day.to)];
            const px = (to - from) * width;
            return (
              <span
                key={day.at}
                style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
                className={clsx(
                  "absolute inset-y-0.5 overflow-hidden border-l border-line-strong leading-[0.875rem] whitespace-nowrap",
                  px >= NAMED ? "pl-1" : "pl-px",
                  day.current ? "font-semibold text-fg" : day.quiet ? "text-subtle" : "text-muted",
                  day.quiet && "bg-surface",
                )}
              >
                {px >= NAMED ? day.label : px >= NUMBERED && day.label.split(" ").at(-1)}
              </span>
            );
          })}
          {zone.hours.map((hour) => (
            <span
              key={hour.at}
              style={{ left: `${shareOf(axis, hour.at) * 100}%` }}
              className="absolute inset-y-0.5 border-l border-line pl-0.5 leading-[0.875rem] text-subtle"
            >
              {hour.label}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
