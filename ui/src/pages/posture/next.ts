import type { OnCallEntry, ShiftEntry } from "../../host/bindings";

/** The first shift of the same schedule and role that starts when `entry` ends, or later. */
export function nextAfter(entry: OnCallEntry, shifts: ShiftEntry[]): ShiftEntry | undefined {
  return shifts
    .filter((shift) => shift.schedule === entry.schedule && shift.source === entry.source && shift.role === entry.role)
    .filter((shift) => shift.start >= entry.end)
    .toSorted((a, b) => a.start.localeCompare(b.start))
    .at(0);
}
