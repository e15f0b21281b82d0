import type { Status } from "../../components/StatusMark";
import { duration } from "../../format/duration";
import type { DurationDot, IncidentLine } from "../../host/bindings";
import type { FacetName } from "./filters";

/** How a status is shown: with a mark where somebody must act, as a word where it is over. */
export interface IncidentMark {
  word: string;
  status: Status | null;
}

const STATUSES: Record<string, IncidentMark> = {
  open: { word: "Open", status: "critical" },
  acked: { word: "Acked", status: "warn" },
  mitigated: { word: "Mitigated", status: "info" },
  resolved: { word: "Resolved", status: null },
  closed: { word: "Closed", status: null },
  cancelled: { word: "Cancelled", status: null },
  merged: { word: "Merged", status: null },
};

/** The mark of an incident's status. */
export function markOf(status: string): IncidentMark {
  return STATUSES[status] ?? { word: status, status: "unknown" };
}

const KINDS: Record<string, string> = { paged: "Paged", declared: "Declared", status_page: "Status page" };

/** A kind of incidents in words. */
export function kindOf(kind: string): string {
  return KINDS[kind] ?? kind;
}

/** Of a facet's value, what stands on screen. Names of services and sources are those of the upstream. */
export function wordOf(facet: FacetName, key: string): string {
  switch (facet) {
    case "status":
      return markOf(key).word;
    case "severity":
      if (key === "unmapped") return "not mapped";
      return key === "none" ? "not given" : `SEV${key}`;
    case "kind":
      return kindOf(key);
    case "month":
      return monthOf(key);
    case "service":
      return key === "" ? "no service" : key;
    case "source":
      return key;
  }
}

/** Made once: a long history has a hundred months. */
const MONTH = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "short" });

/** `2026-11` is `Nov 2026`. */
function monthOf(key: string): string {
  const at = new Date(`${key}-15T12:00:00Z`);
  if (Number.isNaN(at.getTime())) return key;
  // Some engines write "Sept": three letters keep columns even.
  const month = MONTH.format(at).slice(0, 3);
  return `${month} ${key.slice(0, 4)}`;
}

/** The severity of a line in a word. */
export function severityOf(line: Pick<IncidentLine, "severity" | "severity_said">): string {
  if (line.severity !== null) return `SEV${line.severity}`;
  return line.severity_said === null ? "not given" : "not mapped";
}

const EVENTS: Record<string, string> = {
  trigger: "Began",
  notify: "Notified",
  ack: "Acknowledged",
  unack: "No longer acknowledged",
  assign: "Assigned",
  escalate: "Escalated",
  severity: "Severity changed",
  status: "Status changed",
  note: "Note",
  resolve: "Resolved",
  reopen: "Reopened",
  snooze: "Put off",
  merge: "Merged",
  field: "Field changed",
};

/** What happened, in words. */
export function eventOf(kind: string): string {
  return EVENTS[kind] ?? kind;
}

const CHANNELS: Record<string, string> = {
  push: "Push",
  sms: "Text message",
  voice: "Call",
  email: "E-mail",
  chat: "Chat",
  unknown: "Channel not told",
};

/** How somebody was reached. */
export function channelOf(channel: string): string {
  return CHANNELS[channel] ?? channel;
}

const RELATIONS: Record<string, string> = {
  same: "The same in",
  parent: "Part of, in",
  dup: "Duplicate in",
  ticket: "Ticket in",
};

/** How another record belongs to an incident. */
export function relationOf(relation: string): string {
  return RELATIONS[relation] ?? relation;
}

/** What a dot of the chart is, in words. */
export function dotText(dot: DurationDot, number: string | null | undefined): string {
  const what = number ?? (dot.severity === null ? "an incident" : `a SEV${dot.severity}`);
  const length = `${duration(dot.secs)}${dot.running ? " so far" : ""}`;
  return dot.row === null ? `one in a hundred, ${length}` : `${what}, ${length}`;
}
