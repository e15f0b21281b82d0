import { useVirtualizer } from "@tanstack/react-virtual";
import { clsx } from "clsx";
import { useEffect, useMemo, useRef, useState } from "react";
import { useCommand } from "../../commands/keyboard";
import { LaneAxis } from "./LaneAxis";
import { LaneTrack } from "./LaneTrack";
import { axisHeight, type LanesData, type Move, moveTo, namesWidth, rowsOf, shareOf } from "./lanes";

interface ScheduleLanesProps {
  /** What is shown, for those who cannot see it. */
  label: string;
  /** Keep it in a memo. */
  data: LanesData;
  /** Id of the selected block. The page holds it. */
  selected: string | null;
  onSelect: (id: string) => void;
  /** A block was clicked, or entered by key, where that does more than select it. */
  onOpen?: (id: string) => void;
  /** On the page of the lanes their keys work at any time, elsewhere while they have the focus. */
  keys?: "page" | "focus";
}

/**
 * Who holds which schedule when. Tab comes to one block, `h` `l` `j` `k` go on from there, `n` to the next gap. It fills
 * its pane and scrolls; only the rows that are seen are drawn.
 */
export function ScheduleLanes({
  label,
  data,
  selected,
  onSelect,
  onOpen = onSelect,
  keys = "focus",
}: ScheduleLanesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  const [focused, setFocused] = useState(false);
  const rows = useMemo(() => rowsOf(data.groups), [data.groups]);
  const axis = axisHeight(data);
  const names = namesWidth(data);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rows[index]?.height ?? 0,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
    scrollMargin: axis,
    scrollPaddingStart: axis,
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const watch = new ResizeObserver(() => element.clientWidth > 0 && setWidth(element.clientWidth - names));
    watch.observe(element);
    return () => watch.disconnect();
  }, [names]);

  const rowOf = (id: string | null) => rows.findIndex((row) => row.lane?.blocks.some((block) => block.id === id));
  // Tab must come to something even before anything is selected, or when it is gone.
  const reachable = rowOf(selected) >= 0 ? selected : moveTo(data.groups, null, "forth");
  useEffect(() => {
    const row = rowOf(selected);
    if (row < 0) return;
    virtual.scrollToIndex(row, { align: "auto" });
    if (!scroller.current?.contains(document.activeElement)) return;
    const frame = requestAnimationFrame(() =>
      scroller.current
        ?.querySelector<HTMLElement>(`[data-block="${CSS.escape(selected ?? "")}"]`)
        ?.focus({ preventScroll: true }),
    );
    return () => cancelAnimationFrame(frame);
    // Only a change of the selection moves view and focus.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [selected]);

  const active = focused || keys === "page";
  const go = (move: Move) => {
    const next = moveTo(data.groups, selected, move);
    if (next !== null) onSelect(next);
  };
  useCommand("lanes.back", () => go("back"), active);
  useCommand("lanes.forth", () => go("forth"), active);
  useCommand("lanes.up", () => go("up"), active);
  useCommand("lanes.down", () => go("down"), active);
  useCommand("lanes.gap", () => go("gap"), active);

  return (
    // The handlers only note where the focus is.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      aria-label={label}
      ref={scroller}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      className="h-full min-h-0 overflow-y-auto"
    >
      <LaneAxis data={data} width={width} />
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <div
                key={row.id}
                // A head stands over the line of now, its lanes under it.
                className={clsx("absolute inset-x-0 top-0", row.lane === null && "z-3")}
                style={{ height: row.height, transform: `translateY(${item.start - axis}px)` }}
              >
                <LaneTrack
                  row={row}
                  data={data}
                  width={width}
                  selected={selected}
                  reachable={reachable}
                  onSelect={onOpen}
                />
              </div>
            )
          );
        })}
        {data.now >= data.from && data.now <= data.to && (
          <div
            className="pointer-events-none absolute inset-y-0 right-0 z-2"
            style={{ left: names }}
            aria-hidden="true"
          >
            <span
              className="absolute inset-y-0 border-l-[1.5px] border-fg"
              style={{ left: `${shareOf(data, data.now) * 100}%` }}
            />
          </div>
        )}
      </div>
    </section>
  );
}
