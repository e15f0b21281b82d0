//! Schedules, leave, and how thin the rota is.

use std::collections::BTreeMap;

use fairlead_domain::{RecordKind, Timestamp, Window};
use fairlead_metrics::oncall::{Duty, thinness};
use fairlead_store::StoreError;
use fairlead_store::authored::PersonAliases;
use fairlead_store::synced::Reader;

use super::super::facts::{LOOK_BACK_DAYS, LeaveFact, ScheduleFact, ShiftFact, ThinFact, Watched};
use super::feeds::reads;
use crate::config::Config;
use crate::views::freshness::Freshness;
use crate::views::oncall::{HeldShift, Rota, ScheduleRota, read_rota};

/// Days ahead in which the rota's shares are told.
pub(in crate::views) const SHARE_DAYS: i64 = 28;

pub(super) fn schedule_fact(schedule: &ScheduleRota, window: Window) -> ScheduleFact {
    let now = Window::new(window.start, window.start.plus_millis(1));
    let cover_now = schedule.cover(now);
    let due_now = cover_now.as_ref().map(|cover| !cover.held.is_empty() || !cover.gaps.is_empty());
    ScheduleFact {
        name: schedule.name.clone(),
        source: schedule.source.clone(),
        team: schedule.team.clone(),
        held_now: cover_now.is_none_or(|cover| cover.gaps.is_empty()),
        empty_since: None,
        due_now,
        gaps: schedule.cover(window).map(|cover| cover.gaps.as_slice().to_vec()).unwrap_or_default(),
        backup: schedule.config.as_ref().and_then(|config| config.backup.clone()),
        shifts: schedule
            .shifts
            .iter()
            .map(|shift| ShiftFact {
                person_key: shift.person_key.clone(),
                person: shift.row.person.as_ref().map(|person| person.name.clone()),
                covers: covers(shift),
                window: shift.window(),
            })
            .collect(),
    }
}

/// Says of the schedules that nobody covers now since when. Only then the past is read.
pub(super) fn date_gaps(
    reader: &Reader<'_>,
    config: &Config,
    aliases: &PersonAliases,
    schedules: &mut [ScheduleFact],
    now: Timestamp,
) -> Result<(), StoreError> {
    if schedules.iter().all(|schedule| schedule.held_now) {
        return Ok(());
    }
    let back = Window::new(now.plus_days(-LOOK_BACK_DAYS), now.plus_millis(1));
    let past = read_rota(reader, config, aliases, back)?;
    for schedule in schedules.iter_mut().filter(|schedule| !schedule.held_now) {
        let same = past.schedules.iter().find(|past| past.source == schedule.source && past.name == schedule.name);
        let cover = same.and_then(|past| past.cover(back));
        let running = cover.and_then(|cover| cover.gaps.as_slice().iter().find(|gap| gap.contains(now)).copied());
        schedule.empty_since = running.map(|gap| gap.start);
    }
    Ok(())
}

pub(super) fn leaves(
    reader: &Reader<'_>,
    aliases: &PersonAliases,
    freshness: &Freshness,
    window: Window,
) -> Result<Option<Vec<LeaveFact>>, StoreError> {
    if !reads(freshness, RecordKind::Leave) {
        return Ok(None);
    }
    let rows = reader.leaves(window)?.into_iter().map(|row| LeaveFact {
        person_key: row.person.map(|person| aliases.resolve(&row.source, &person.identity, person.key).to_string()),
        window: Window::new(row.start, row.end),
    });
    Ok(Some(rows.collect()))
}

/// Whether a shift covers its schedule: a primary or unknown role, with a person or a withheld one.
fn covers(shift: &HeldShift) -> bool {
    shift.role.covers() && (shift.row.person.is_some() || shift.row.withheld)
}

/// When the shift after the running one ends, the latest of all schedules.
pub(super) fn next_shift_ends(schedules: &[ScheduleFact], now: Timestamp) -> Watched<Timestamp> {
    let next_of = |schedule: &ScheduleFact| {
        let coming = schedule.shifts.iter().filter(|shift| shift.covers && shift.window.start > now);
        coming.min_by_key(|shift| shift.window.start).map(|shift| shift.window.end)
    };
    schedules.iter().filter_map(next_of).max().ok_or_else(|| "no coming shift is known".to_owned())
}

/// How thin each team's rota is in `range`. Where it is not read to its end, or who holds it is not stored, nothing is
/// told.
pub(in crate::views) fn shares(rota: &Rota, range: Window) -> Watched<Vec<ThinFact>> {
    let whole =
        |schedule: &&ScheduleRota| schedule.read.iter().any(|read| read.start <= range.start && range.end <= read.end);
    let withheld = |schedule: &&ScheduleRota| schedule.shifts.iter().any(|shift| shift.row.withheld);
    let mut teams: BTreeMap<Option<&str>, Vec<&ScheduleRota>> = BTreeMap::new();
    for schedule in rota.schedules.iter().filter(whole) {
        teams.entry(schedule.team.as_deref()).or_default().push(schedule);
    }
    if teams.is_empty() {
        return Err(format!("the rota is not read {SHARE_DAYS} days ahead"));
    }
    teams.retain(|_, schedules| !schedules.iter().any(withheld));
    if teams.is_empty() {
        return Err("who holds the shifts is not stored".to_owned());
    }
    let fact = |(team, schedules): (Option<&str>, Vec<&ScheduleRota>)| {
        let duties: Vec<Duty<'_>> = schedules.iter().flat_map(|schedule| schedule.duties()).collect();
        let thin = thinness(&duties, range)?;
        let mut sources: Vec<String> = schedules.iter().map(|schedule| schedule.source.clone()).collect();
        sources.sort();
        sources.dedup();
        Some(ThinFact {
            team: team.map(str::to_owned),
            sources,
            largest_share: thin.largest_share,
            without_one: thin.without_one,
        })
    };
    Ok(teams.into_iter().filter_map(fact).collect())
}
