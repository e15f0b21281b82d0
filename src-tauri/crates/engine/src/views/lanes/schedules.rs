//! One lane for each schedule.

use std::collections::{BTreeMap, BTreeSet};

use fairlead_domain::Window;
use fairlead_domain::schedule::{ShiftOrigin, ShiftRole};
use fairlead_metrics::oncall::Spans;
use fairlead_store::StoreError;
use fairlead_store::synced::Reader;

use super::answer::{Block, GapSpan, ScheduleLane, Stretch};
use super::rounding::{count, hours_of, hours_of_all};
use crate::views::oncall::{Rota, ScheduleRota};

/// The lanes, by what their people are there for, then by name.
pub(super) fn lanes(
    reader: &Reader<'_>,
    rota: &Rota,
    window: Window,
    blocks: &[Block],
) -> Result<Vec<ScheduleLane>, StoreError> {
    let mut rotations: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for row in reader.rotations(window.start)? {
        rotations.entry((row.source, row.rotation.schedule)).or_default().push(row.rotation.name);
    }
    let mut rows: BTreeMap<&str, u32> = BTreeMap::new();
    let mut twice: BTreeMap<&str, u32> = BTreeMap::new();
    for block in blocks {
        let lines = rows.entry(&block.schedule).or_insert(1);
        *lines = (*lines).max(block.row + 1);
        *twice.entry(&block.schedule).or_default() += u32::from(block.double_booked);
    }
    let mut lanes: Vec<(ShiftRole, ScheduleLane)> = rota
        .schedules
        .iter()
        .map(|schedule| {
            let key = schedule.key();
            let role = role_of(schedule);
            let lines = rows.get(key.as_str()).copied().unwrap_or(1);
            let double = twice.get(key.as_str()).copied().unwrap_or(0);
            let names = rotations.remove(&(schedule.source.clone(), schedule.ext_id.clone())).unwrap_or_default();
            (role, ScheduleLane { rotations: names, rows: lines, ..lane(schedule, role, key, window, double) })
        })
        .collect();
    lanes.sort_by(|(a, one), (b, other)| (rank(*a), &one.name, &one.key).cmp(&(rank(*b), &other.name, &other.key)));
    Ok(lanes.into_iter().map(|(_, lane)| lane).collect())
}

/// Who must answer comes first; where no role is stated, somebody must.
const fn rank(role: ShiftRole) -> u8 {
    match role {
        ShiftRole::Primary | ShiftRole::Unknown => 0,
        ShiftRole::Secondary => 1,
        ShiftRole::Shadow => 2,
        ShiftRole::Manager => 3,
        ShiftRole::Info => 4,
    }
}

/// The configured role of a schedule, else the one that most of its shifts state.
pub(super) fn role_of(schedule: &ScheduleRota) -> ShiftRole {
    let configured = schedule.config.as_ref().and_then(|config| config.role);
    let most = || {
        let counted = |role: &&ShiftRole| schedule.shifts.iter().filter(|shift| shift.role == **role).count();
        ShiftRole::ALL.iter().rev().max_by_key(counted).copied().filter(|_| !schedule.shifts.is_empty())
    };
    configured.or_else(most).unwrap_or(ShiftRole::Unknown)
}

fn lane(schedule: &ScheduleRota, role: ShiftRole, key: String, window: Window, double: u32) -> ScheduleLane {
    let cover = schedule.cover(window);
    let gaps = cover.as_ref().map(|cover| cover.gaps.as_slice()).unwrap_or_default();
    let read = Spans::of(schedule.read.iter().copied());
    let unread = Spans::from(window).subtract(&read);
    let people: BTreeSet<&str> = schedule.shifts.iter().filter_map(|shift| shift.person_key.as_deref()).collect();
    let replaced = [ShiftOrigin::Override, ShiftOrigin::Swap];
    let overrides = schedule.shifts.iter().filter(|shift| replaced.contains(&shift.row.origin)).count();
    let declared = schedule.config.as_ref().and_then(|config| config.coverage.as_ref());
    ScheduleLane {
        key,
        name: schedule.name.clone(),
        source: schedule.source.clone(),
        team: schedule.team.clone(),
        timezone: schedule.timezone.clone(),
        url: schedule.url.clone(),
        role: role.word().to_owned(),
        declared: declared.map(ToString::to_string),
        backup: schedule.config.as_ref().and_then(|config| config.backup.clone()),
        rotations: Vec::new(),
        people: count(people.len()),
        rows: 1,
        gaps: gaps.iter().map(|gap| gap_span(*gap)).collect(),
        gap_hours: cover.as_ref().map(|cover| hours_of_all(cover.gaps.as_slice())),
        unread: unread.as_slice().iter().copied().map(Stretch::from).collect(),
        overrides: count(overrides),
        double_bookings: double,
    }
}

fn gap_span(gap: Window) -> GapSpan {
    GapSpan { id: gap.start.to_rfc3339(), start: gap.start, end: gap.end, hours: hours_of(gap) }
}
