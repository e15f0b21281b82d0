//! The streams of a source, in the order in which they are read: who and what there is, then who is on call, then what
//! happened.

use fairlead_domain::RecordKind;

use crate::{Backfill, Mode, Stream};

pub(super) const USERS: &str = "users";
pub(super) const TEAMS: &str = "teams";
pub(super) const SERVICES: &str = "services";
pub(super) const POLICIES: &str = "escalation_policies";
pub(super) const SCHEDULES: &str = "schedules";
pub(super) const SHIFTS: &str = "shifts";
pub(super) const ON_CALL: &str = "on_call";
pub(super) const LOG_ENTRIES: &str = "log_entries";
pub(super) const OPEN_INCIDENTS: &str = "open_incidents";
pub(super) const INCIDENTS: &str = "incidents";
pub(super) const REREAD: &str = "incidents_again";
pub(super) const MAINTENANCE: &str = "maintenance";

const MINUTE: u32 = 60;
const HOUR: u32 = 60 * MINUTE;
const DAY: u32 = 24 * HOUR;

/// Seconds of log entries and incidents that are read again: entries arrive late.
const OVERLAP_SECS: u32 = 15 * MINUTE;

/// Days of incidents and of log entries in one question. Fewer would cost more requests; more would reach the end of what
/// can be reached sooner.
const CHUNK_DAYS: u32 = 28;

/// Days of shifts in one question.
const SHIFT_CHUNK_DAYS: u32 = 90;

/// Days that are read again each night, for changes that no log told.
pub(super) const REREAD_DAYS: u32 = 30;

/// All of them.
pub(super) fn all() -> Vec<Stream> {
    use RecordKind as Kind;
    let stream = |name, mode, interval_secs, kinds| Stream { name, mode, kinds, interval_secs, backfill: None };
    let list = |name, kinds| stream(name, Mode::Snapshot, 6 * HOUR, kinds);
    let past = |chunk_days, stream| Stream { backfill: Some(Backfill { chunk_days, slo_depth: false }), ..stream };
    let rota = Mode::ReplaceWindow { back_days: 14, ahead_days: 60 };
    let again = Mode::ReplaceWindow { back_days: REREAD_DAYS, ahead_days: 0 };
    let (feed, created) = (Mode::Feed { overlap_secs: OVERLAP_SECS }, Mode::Created { overlap_secs: OVERLAP_SECS });
    let shifts: &[Kind] = &[Kind::Shift, Kind::Rotation, Kind::Schedule, Kind::Person];
    let entries: &[Kind] = &[Kind::TimelineEvent, Kind::Page, Kind::Incident, Kind::Person];
    let incidents: &[Kind] = &[Kind::Incident, Kind::Person];
    vec![
        list(USERS, &[Kind::Person]),
        list(TEAMS, &[Kind::Team]),
        list(SERVICES, &[Kind::Service]),
        list(POLICIES, &[Kind::EscalationPolicy]),
        list(SCHEDULES, &[Kind::Schedule]),
        past(SHIFT_CHUNK_DAYS, stream(SHIFTS, rota, 30 * MINUTE, shifts)),
        stream(ON_CALL, Mode::Observed, MINUTE, shifts),
        past(CHUNK_DAYS, stream(LOG_ENTRIES, feed, MINUTE, entries)),
        stream(OPEN_INCIDENTS, Mode::Observed, MINUTE, incidents),
        past(CHUNK_DAYS, stream(INCIDENTS, created, 5 * MINUTE, incidents)),
        stream(REREAD, again, DAY, incidents),
        stream(MAINTENANCE, Mode::Snapshot, 15 * MINUTE, &[Kind::Maintenance]),
    ]
}
