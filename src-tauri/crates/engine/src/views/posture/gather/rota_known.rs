//! The rota as it was known at an instant, and how it differs from what was known at another.
//!
//! The rows as they stand are the start; what changed since is taken back, the newest change first.

use std::collections::BTreeSet;

use fairlead_domain::schedule::ShiftRole;
use fairlead_domain::time::DAY_MS;
use fairlead_domain::{RecordKind, Timestamp, Window};
use fairlead_store::StoreError;
use fairlead_store::synced::{Reader, RevisionRow};

use super::super::facts::{RotaChange, Watched};
use super::Settings;
use crate::views::freshness::Freshness;
use crate::views::oncall::Rota;
use crate::views::oncall::known::{Difference, Held, Known, Names, differences, known as known_rows, touches, undone};

/// Changes that begin within so many milliseconds are told.
const AHEAD_MS: i64 = 14 * DAY_MS;
/// How far shifts are compared, so that a change is told to its end.
const REACH_MS: i64 = 60 * DAY_MS;

/// How the rota of the next 14 days, as known at the instant, differs from what was known at `last_seen`.
pub(super) fn changes(
    reader: &Reader<'_>,
    settings: Settings<'_>,
    freshness: &Freshness,
    rota: &Rota,
    last_seen: Timestamp,
) -> Result<Watched<Vec<RotaChange>>, StoreError> {
    let now = freshness.as_of;
    let known = read_by(reader, freshness, last_seen)?;
    if known.is_empty() {
        return Ok(Err("the rota at your last look is not known: it was first read later".to_owned()));
    }
    let since: Vec<RevisionRow> = reader
        .revisions(last_seen.plus_millis(1), Timestamp::LATEST)?
        .into_iter()
        .filter(|row| row.kind == RecordKind::Shift && known.contains(&row.source))
        .collect();
    if since.is_empty() {
        return Ok(Ok(Vec::new()));
    }
    let names = Names::read(reader, settings.aliases)?;
    let current = current(reader, settings, now, &known)?;
    let then = undone(&current, since.iter(), &names);
    let by_now = undone(&current, since.iter().filter(|row| row.at > now), &names);
    let seen: Vec<&RevisionRow> = since.iter().filter(|row| row.at <= now).collect();
    let groups: BTreeSet<(String, String, ShiftRole)> = then
        .iter()
        .chain(&by_now)
        .map(|((source, _), held)| (source.clone(), held.schedule.clone(), held.role))
        .collect();
    let mut changes = Vec::new();
    for (source, schedule, role) in groups {
        let (was, is) = (of(&then, &source, &schedule, role), of(&by_now, &source, &schedule, role));
        let home = rota.schedules.iter().find(|s| s.source == source && s.ext_id == schedule);
        for change in coming(differences(&was, &is, Window::new(now, Timestamp::LATEST)), now) {
            let last = seen.iter().filter(|row| row.source == source && touches(row, &schedule, change.window));
            changes.push(RotaChange {
                schedule: home.map_or_else(|| schedule.clone(), |home| home.name.clone()),
                source: source.clone(),
                team: home.and_then(|home| home.team.clone()),
                window: change.window,
                before: change.before,
                after: change.after,
                origin: change.origin.map(|origin| origin.word().to_owned()),
                seen: last.map(|row| row.at).max().unwrap_or(now),
            });
        }
    }
    Ok(Ok(changes))
}

/// The sources whose shifts had been read by `at`.
fn read_by(reader: &Reader<'_>, freshness: &Freshness, at: Timestamp) -> Result<BTreeSet<String>, StoreError> {
    let runs = reader.last_ok_runs(at)?;
    let read = freshness.sources.iter().filter(|(_, source)| {
        source
            .streams_of(RecordKind::Shift)
            .any(|(name, _)| runs.iter().any(|run| Some(run.source) == source.id && run.stream == name))
    });
    Ok(read.map(|(name, _)| name.clone()).collect())
}

/// The shifts of one schedule and role.
fn of<'k>(known: &'k Known, source: &str, schedule: &str, role: ShiftRole) -> Vec<&'k Held> {
    let mine = known.iter().filter(|((s, _), held)| s == source && held.schedule == schedule && held.role == role);
    mine.map(|(_, held)| held).collect()
}

/// What begins within the next 14 days; what already runs is left out.
fn coming(found: Vec<Difference>, now: Timestamp) -> Vec<Difference> {
    let soon = |change: &Difference| change.window.start > now && change.window.start.since(now) <= AHEAD_MS;
    found.into_iter().filter(soon).collect()
}

fn current(
    reader: &Reader<'_>,
    settings: Settings<'_>,
    now: Timestamp,
    known: &BTreeSet<String>,
) -> Result<Known, StoreError> {
    let rows = reader.shifts(Window::new(now, now.plus_millis(REACH_MS)))?;
    Ok(known_rows(rows.into_iter().filter(|row| known.contains(&row.source)), settings.aliases))
}

#[cfg(test)]
mod tests {
    use super::*;
    use fairlead_domain::schedule::ShiftOrigin;
    use rstest::rstest;

    const NOW: Timestamp = Timestamp::from_secs(1_795_003_200);

    fn rota(shifts: &[(&str, i64, i64)]) -> Vec<Held> {
        let held = |(who, from, to): &(&str, i64, i64)| Held {
            schedule: "s".to_owned(),
            role: ShiftRole::Primary,
            person: (*who != "-").then(|| ((*who).to_owned(), (*who).to_owned())),
            window: Window::new(NOW.plus_hours(*from), NOW.plus_hours(*to)),
            origin: Some(ShiftOrigin::Rotation),
        };
        shifts.iter().map(held).collect()
    }

    #[rstest]
    #[case::the_same(&[("a", 1, 9)], &[("a", 1, 9)], &[])]
    #[case::only_cut_otherwise(&[("a", 1, 9)], &[("a", 1, 4), ("a", 4, 9)], &[])]
    #[case::an_override(&[("a", 1, 9)], &[("a", 1, 3), ("b", 3, 5), ("a", 5, 9)], &[(3, 5, "a", "b")])]
    #[case::taken_off(&[("a", 1, 9)], &[], &[(1, 9, "a", "")])]
    #[case::put_in(&[], &[("a", 1, 9)], &[(1, 9, "", "a")])]
    #[case::nobody_is_nobody(&[("-", 1, 9)], &[], &[])]
    #[case::already_running(&[("a", -1, 9)], &[("b", -1, 9)], &[])]
    #[case::the_edge_of_two_weeks(&[("a", 336, 340)], &[("b", 336, 340)], &[(336, 340, "a", "b")])]
    #[case::beyond(&[("a", 337, 340)], &[("b", 337, 340)], &[])]
    fn a_rota_differs_by_who_holds_it(
        #[case] before: &[(&str, i64, i64)],
        #[case] after: &[(&str, i64, i64)],
        #[case] expected: &[(i64, i64, &str, &str)],
    ) {
        let (before, after) = (rota(before), rota(after));
        let (before, after): (Vec<&Held>, Vec<&Held>) = (before.iter().collect(), after.iter().collect());
        let found = coming(differences(&before, &after, Window::new(NOW, Timestamp::LATEST)), NOW);
        let found: Vec<(i64, i64, String, String)> = found
            .into_iter()
            .map(|d| {
                let hours = |at: Timestamp| at.since(NOW) / fairlead_domain::time::HOUR_MS;
                (hours(d.window.start), hours(d.window.end), d.before.join("+"), d.after.join("+"))
            })
            .collect();
        let expected: Vec<(i64, i64, String, String)> =
            expected.iter().map(|(s, e, b, a)| (*s, *e, (*b).to_owned(), (*a).to_owned())).collect();
        assert_eq!(found, expected);
    }
}
