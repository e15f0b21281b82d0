import type { AxisMark, Lane, LaneBlock, LaneGroup, LanesData, Span } from "../components/lanes/lanes";

const DAY = 86_400;
const FROM = Date.UTC(2026, 10, 9) / 1000;
const NOW = Date.UTC(2026, 10, 16, 7) / 1000;
const at = (day: number, hour = 8) => FROM + day * DAY + hour * 3_600;

/** Nights 22 to 08 for somebody so many hours ahead of UTC. */
const nights = (ahead: number): Span[] =>
  Array.from({ length: 24 }, (_, day) => ({ from: at(day - 1, 22 - ahead), to: at(day, 8 - ahead) }));

const AHEAD: Record<string, number> = { Nia: 0, Oskar: 1, Sumire: 9, Leandro: -3 };

function block(id: string, label: string, from: number, to: number, kind: LaneBlock["kind"] = "shift"): LaneBlock {
  const awake = kind === "gap" || kind === "planned" || kind === "away";
  return {
    id,
    label,
    from,
    to,
    kind,
    past: to <= NOW || (from < NOW && kind === "planned"),
    ...(!awake && { nights: nights(AHEAD[label] ?? 0) }),
    text: `${label || "Nobody"}, ${kind}, from ${new Date(from * 1000).toUTCString()} to ${new Date(to * 1000).toUTCString()}`,
  };
}

const PRIMARY: LaneGroup = {
  id: "primary",
  name: "Boat primary",
  clause: "weekly, Mon 08:00 UTC, 4 people",
  verdict: { status: "critical", word: "1 gap" },
  lanes: [
    {
      id: "final",
      name: "Final",
      clause: "who answers",
      size: "final",
      blocks: [
        block("p0", "Nia", at(0, 0), at(0)),
        block("p1", "Oskar", at(0), at(7)),
        block("p2", "Sumire", at(7), at(9)),
        block("p3", "Leandro", at(9), at(10), "override"),
        block("p4", "Sumire", at(10), at(12, 20)),
        block("gap", "", at(12, 20), at(13), "gap"),
        block("p5", "Sumire", at(13), at(14)),
        block("p6", "Nia", at(14), at(21)),
      ],
    },
    {
      id: "overrides",
      name: "Overrides",
      clause: "2 in view",
      size: "overrides",
      blocks: [block("o1", "Leandro", at(9), at(10), "override"), block("o2", "", at(12, 20), at(13), "gap")],
      notes: [{ at: at(13), text: "Gap 12h, nobody", status: "critical" }],
    },
    {
      id: "rotation",
      name: "Rotation",
      clause: "before overrides",
      size: "rotation",
      blocks: [
        block("r1", "Oskar", at(0), at(7), "planned"),
        block("r2", "Sumire", at(7), at(14), "planned"),
        block("r3", "Nia", at(14), at(21), "planned"),
      ],
    },
  ],
};

const SECONDARY: LaneGroup = {
  id: "secondary",
  name: "Boat secondary",
  clause: "weekly, the next primary",
  verdict: { status: "warn", word: "1 double booking" },
  lanes: [
    {
      id: "final",
      name: "Final",
      clause: "after 15 min",
      size: "final",
      blocks: [
        block("s1", "Sumire", at(0), at(7)),
        block("s2", "Nia", at(7), at(14)),
        block("s3", "Leandro", at(14), at(17)),
        block("s4", "Nia", at(17), at(18), "double"),
        block("s5", "Leandro", at(18), at(21)),
      ],
    },
    {
      id: "overrides",
      name: "Overrides",
      clause: "1 in view",
      size: "overrides",
      blocks: [block("s6", "Nia", at(17), at(18), "double")],
      notes: [{ at: at(17), text: "Nia on both levels, 24h", status: "warn", before: true }],
    },
  ],
};

const LEVEL: Lane = {
  id: "final",
  name: "Final",
  clause: "the lead",
  size: "final",
  blocks: [0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18].map((day) =>
    block(`l${day}`, "Mara", at(day, 9), at(day, 18)),
  ),
};

const AWAY: LaneGroup = {
  id: "away",
  name: "Away",
  clause: "leave calendar, 42 min ago",
  lanes: [
    {
      id: "sumire",
      name: "Sumire",
      clause: "leave",
      size: "overrides",
      blocks: [block("a1", "leave", at(12, 20), at(13), "away")],
    },
    {
      id: "oskar",
      name: "Oskar",
      clause: "rest, proposed",
      size: "overrides",
      blocks: [block("a2", "2 days", at(8), at(10), "override")],
    },
  ],
};

const DAYS: AxisMark[] = Array.from({ length: 21 }, (_, day) => ({
  at: at(day, 0),
  label: `${"MTWTFSS"[day % 7]} ${9 + day}`,
  current: day === 7,
  quiet: day % 7 > 4,
}));

/** Three weeks of invented schedules. */
export const LANES: LanesData = {
  from: FROM,
  to: at(21, 0),
  now: NOW,
  weeks: [
    { at: at(0, 0), label: "9 – 15 November" },
    { at: at(7, 0), label: "16 – 22 November, this week", current: true },
    { at: at(14, 0), label: "23 – 29 November" },
  ],
  days: DAYS,
  groups: [
    PRIMARY,
    SECONDARY,
    { id: "third", name: "Escalation, level 3", clause: "weekdays 09:00–18:00 Lisbon", lanes: [LEVEL] },
    AWAY,
  ],
};

/** The same, so often that only what is seen may be drawn. */
export const MANY_LANES: LanesData = {
  ...LANES,
  groups: Array.from({ length: 400 }, (_, copy) =>
    LANES.groups.map((group) => ({
      ...group,
      id: `${group.id}-${copy}`,
      name: `${group.name} ${copy + 1}`,
      lanes: group.lanes.map((lane) => ({
        ...lane,
        blocks: lane.blocks.map((entry) => ({ ...entry, id: `${entry.id}-${copy}` })),
      })),
    })),
  ).flat(),
};

/** The same as a page shows them that is about more than the rota: low, without heads and weeks. */
export const LOW_LANES: LanesData = {
  ...LANES,
  weeks: [],
  names: 136,
  groups: LANES.groups.map((group) => ({
    ...group,
    headless: true,
    lanes: group.lanes
      .slice(0, 1)
      .map((lane) => ({ id: lane.id, name: group.name, size: "slim", blocks: lane.blocks })),
  })),
};
