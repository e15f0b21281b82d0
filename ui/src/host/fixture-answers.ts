import { attention } from "./fixture-attention";
import type { Frame, OnCall, OnCallEntry, Posture, Progress, ShiftEntry, Snoozed, SourceFreshness } from "./bindings";

const AS_OF = "2026-11-16T07:00:00Z";

/** The demo team's frame. */
export const frame = (): Frame => ({
  workspace: "Harbor",
  timezone: "Europe/Lisbon",
  me: "mara@harbor.example",
  demo: true,
});

const fresh = (name: string, minute: string): SourceFreshness => ({
  name,
  state: "ok",
  last_ok_at: `2026-11-16T06:${minute}:00Z`,
  stale: false,
  hides_now: false,
});

const holds = (role: string, person: string, timezone: string, end: string): OnCallEntry => ({
  schedule: `Platform ${role}`,
  source: "calendar",
  person,
  email: `${person.toLowerCase()}@harbor.example`,
  role,
  start: "2026-11-09T08:00:00Z",
  end,
  timezone,
  withheld: false,
});

/** A Monday morning on which most kinds have something to say. */
export const fullPosture = (): Posture => ({
  as_of: AS_OF,
  warnings: [
    {
      code: "source_failed",
      source: "am-b",
      message: "am-b refused the connection; check that it runs and is reachable",
    },
  ],
  attention: attention(),
  not_watched: [
    { kind: "page_unacked", reason: "no source of pages is connected" },
    { kind: "leave_conflict", reason: "no leave calendar is connected" },
    { kind: "silence_ends", reason: "no source of silences is connected" },
  ],
  since_last: {
    since: "2026-11-13T18:00:00Z",
    lines: [
      {
        kind: "incidents_opened",
        text: "Opened: 1 SEV2, 1 SEV3",
        link: "/incidents",
        rows: ["SEV2 INC-41 Ledger lag: balances are shown late", "SEV3 INC-39 Checkout rejects saved cards"],
      },
      {
        kind: "pages",
        text: "4 pages: 1 off hours, 3 in sleeping hours",
        link: "/health",
        rows: [],
      },
      {
        kind: "budgets_moved",
        text: "2 budgets moved: checkout −23.0 points, ledger −9.4 points",
        link: "/slos",
        rows: ["checkout: 41.0 % → 18.0 % left", "ledger: 50.4 % → 41.0 % left"],
      },
      {
        kind: "rota_changed",
        text: "1 rota change in the next 14 days: Wed Devon → Yuki",
        link: "/oncall",
        rows: ["Platform primary, Wed 08:00–Thu 08:00: Devon → Yuki"],
      },
      { kind: "not_read", text: "am-b could not be read from 03:10 until now", link: null, rows: [] },
    ],
  },
  on_call: [
    holds("primary", "Ines", "Europe/Lisbon", "2026-11-16T08:00:00Z"),
    holds("secondary", "Yuki", "Asia/Tokyo", "2026-11-16T08:00:00Z"),
  ],
  open_incidents: 1,
  slos: { ok: 5, warn: 1, critical: 1, spent: 1, no_traffic: 1, unknown: 0 },
  sources: [
    { name: "am-b", state: "failed", last_ok_at: "2026-11-16T03:10:00Z", stale: true, hides_now: true },
    fresh("calendar", "58"),
    fresh("leave", "18"),
    fresh("prom-eu", "56"),
  ],
  hidden: { tests: 0, dropped: 0 },
  page_rules: { version: "5f2c9d0e41ab", since: "2026-10-01T08:00:00Z" },
  unmapped: { people: 0, services: 0, severities: 0 },
});

/** A day on which nothing asks for the lead. */
export const quiet = (): Posture => {
  const posture = fullPosture();
  return {
    ...posture,
    warnings: [],
    attention: [],
    since_last: { since: "2026-11-15T18:00:00Z", lines: [] },
    open_incidents: 0,
    slos: { ok: 9, warn: 0, critical: 0, spent: 0, no_traffic: 0, unknown: 0 },
    sources: posture.sources.filter((source) => source.state === "ok"),
  };
};

/** The same with a source that did not answer. */
export const oneDown = (posture: Posture): Posture => ({
  ...posture,
  warnings: [{ code: "source_failed", source: "prom-eu", message: "prom-eu did not answer within 20 s" }],
  slos: { ...posture.slos, ok: 0, unknown: 9 },
  sources: posture.sources.map((source) =>
    source.name === "prom-eu"
      ? { ...source, state: "failed", last_ok_at: "2026-11-16T03:10:00Z", stale: true, hides_now: true }
      : source,
  ),
});

/** A workspace that reads nothing yet. */
export const unconnected = (): Posture => ({
  ...quiet(),
  on_call: [],
  open_incidents: null,
  slos: { ok: 0, warn: 0, critical: 0, spent: 0, no_traffic: 0, unknown: 0 },
  sources: [],
});

/** The same with some rows set aside. */
export const withAside = (posture: Posture, aside: ReadonlyMap<string, Snoozed>): Posture => {
  const rows = posture.attention.map((row) => {
    const snoozed = aside.get(row.id) ?? row.snoozed;
    return { ...row, snoozed, snoozed_until: snoozed?.until ?? null };
  });
  const awake = rows.filter((row) => row.snoozed === null);
  return { ...posture, attention: [...awake, ...rows.filter((row) => row.snoozed !== null)] };
};

/** What somebody might write into an upstream to break the page. */
export const withHostileText = (posture: Posture): Posture => {
  const text = `<img src=x onerror="document.title='owned'">\u202egnp.exe <script>alert(1)</script> ${"wide ".repeat(200)}`;
  return {
    ...posture,
    attention: posture.attention.map((row) => ({
      ...row,
      title: text,
      reason: text,
      service: text,
      team: text,
      action: { verb: text.slice(0, 60), link: "javascript:document.title='owned'" },
      why: { trigger: text, threshold: text, rows: [text, text], source: text },
    })),
    on_call: posture.on_call.map((entry) => ({ ...entry, person: text, schedule: text })),
    sources: posture.sources.map((source, index) => ({ ...source, name: `${index} ${text}` })),
    not_watched: [{ kind: text, reason: text }],
    since_last: {
      ...posture.since_last,
      lines: [{ kind: text, text, link: "javascript:document.title='owned'", rows: [text] }],
    },
  };
};

const shift = (role: string, person: string | null, start: string, end: string): ShiftEntry => ({
  schedule: `Platform ${role}`,
  source: "calendar",
  person,
  email: person && `${person.toLowerCase()}@harbor.example`,
  role,
  origin: "ical",
  start,
  end,
  withheld: false,
});

/** The two weeks ahead. */
export const rota = (): OnCall => ({
  as_of: AS_OF,
  warnings: [],
  on_call: [],
  shifts: [
    shift("primary", "Ines", "2026-11-09T08:00:00Z", "2026-11-16T08:00:00Z"),
    shift("primary", "Yuki", "2026-11-16T08:00:00Z", "2026-11-18T08:00:00Z"),
    shift("secondary", "Tomasz", "2026-11-16T08:00:00Z", "2026-11-23T08:00:00Z"),
  ],
  gaps: [{ schedule: "Platform primary", start: "2026-11-21T20:00:00Z", end: "2026-11-22T08:00:00Z" }],
  unmapped: { people: 0, services: 0, severities: 0 },
});

/** The steps of a synchronisation at work. */
export const steps = (): Progress[] => [
  { step: "reading", source: "prom-eu", stream: "slo_hours", done: 1240, total: 3000, backfill: false },
  { step: "reading", source: "calendar", stream: "shifts", done: 84, total: null, backfill: true },
  { step: "finished", source: "leave", state: "ok", error: null },
  { step: "finished", source: "am-b", state: "failed", error: "am-b refused the connection" },
];
