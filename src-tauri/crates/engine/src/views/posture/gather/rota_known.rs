//! The rota as it was known at an instant, and how it differs from what was known at another.
//!
//! The rows as they stand are the start; what changed since is taken back, the newest change first.

use std::collections::{BTreeMap, BTreeSet};

use fairlead_domain::schedule::{ShiftOrigin, ShiftRole};
use fairlead_domain::time::DAY_MS;
use fairlead_domain::{RecordKind, Timestamp, Window};
use fairlead_store::StoreError;
use fairlead_store::synced::{Reader, RevisionReason, RevisionRow};
use serde::Deserialize;

use super::super::facts::{RotaChange, Watched};
use super::Settings;
use crate::views::freshness::Freshness;
use crate::views::oncall::Rota;

/// Changes that begin within so many milliseconds are told.
const AHEAD_MS: i64 = 14 * DAY_MS;
/// How far shifts are compared, so that a change is told to its end.
const REACH_MS: i64 = 60 * DAY_MS;

/// A shift, as far as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Held {
    schedule: String,
    role: ShiftRole,
    /// Key and name; `None`: nobody.
    person: Option<(String, String)>,
    window: Window,
    origin: Option<ShiftOrigin>,
}

/// By source and key in the source.
type Known = BTreeMap<(String, String), Held>;

/// What a revision keeps of a shift.
#[derive(Debug, Deserialize)]
struct Kept {
    schedule: String,
    person: Option<String>,
    #[serde(default)]
    withheld: bool,
    role: String,
    origin: Option<String>,
    start: i64,
    end: i64,
}

const OUTSIDE: &str = "somebody outside the team";

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
    let names = Names::read(reader, settings)?;
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
        let of = |known: &Known| -> Vec<Held> {
            let mine = known.iter().filter(|((s, _), held)| *s == source && held.schedule == schedule);
            mine.map(|(_, held)| held.clone()).filter(|held| held.role == role).collect()
        };
        let home = rota.schedules.iter().find(|s| s.source == source && s.ext_id == schedule);
        for change in differences(&of(&then), &of(&by_now), now) {
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

/// Names of people by source and id.
struct Names(BTreeMap<(String, String), (String, String)>);

impl Names {
    fn read(reader: &Reader<'_>, settings: Settings<'_>) -> Result<Self, StoreError> {
        let identities = reader.identities()?.into_iter().map(|row| {
            let key = settings.aliases.resolve(&row.source, &row.ext_id, row.person.key);
            ((row.source, row.ext_id), (key.to_string(), row.person.name))
        });
        Ok(Self(identities.collect()))
    }

    fn of(&self, source: &str, kept: &Kept) -> Option<(String, String)> {
        let Some(id) = &kept.person else {
            return kept.withheld.then(|| (OUTSIDE.to_owned(), OUTSIDE.to_owned()));
        };
        let known = self.0.get(&(source.to_owned(), id.clone())).cloned();
        Some(known.unwrap_or_else(|| (id.clone(), id.clone())))
    }
}

fn current(
    reader: &Reader<'_>,
    settings: Settings<'_>,
    now: Timestamp,
    known: &BTreeSet<String>,
) -> Result<Known, StoreError> {
    let rows = reader.shifts(Window::new(now, now.plus_millis(REACH_MS)))?;
    let held = rows.into_iter().filter(|row| known.contains(&row.source)).map(|row| {
        let person = row.person.map(|person| {
            let key = settings.aliases.resolve(&row.source, &person.identity, person.key);
            (key.to_string(), person.name)
        });
        let person = person.or_else(|| row.withheld.then(|| (OUTSIDE.to_owned(), OUTSIDE.to_owned())));
        let window = Window::new(row.start, row.end);
        let held = Held { schedule: row.schedule, role: row.role, person, window, origin: Some(row.origin) };
        ((row.source, row.ext_key), held)
    });
    Ok(held.collect())
}

/// `current` without these changes. Revisions come oldest first.
fn undone<'r>(current: &Known, changes: impl DoubleEndedIterator<Item = &'r RevisionRow>, names: &Names) -> Known {
    let mut known = current.clone();
    for row in changes.rev() {
        let key = (row.source.clone(), row.ext_id.clone());
        match row.reason {
            RevisionReason::Frozen | RevisionReason::FrozenVanished => {}
            RevisionReason::ComingAdded => drop(known.remove(&key)),
            RevisionReason::Changed
            | RevisionReason::Superseded
            | RevisionReason::Cut
            | RevisionReason::ComingChanged
            | RevisionReason::ComingGone => {
                let Ok(kept) = serde_json::from_value::<Kept>(row.content.clone()) else { continue };
                known.insert(
                    key,
                    Held {
                        person: names.of(&row.source, &kept),
                        role: ShiftRole::from_word(&kept.role).unwrap_or(ShiftRole::Unknown),
                        window: Window::new(Timestamp::from_millis(kept.start), Timestamp::from_millis(kept.end)),
                        origin: kept.origin.as_deref().and_then(ShiftOrigin::from_word),
                        schedule: kept.schedule,
                    },
                );
            }
        }
    }
    known
}

/// Whether a revision is about this schedule and time.
fn touches(row: &RevisionRow, schedule: &str, window: Window) -> bool {
    serde_json::from_value::<Kept>(row.content.clone()).is_ok_and(|kept| {
        let span = Window::new(Timestamp::from_millis(kept.start), Timestamp::from_millis(kept.end));
        kept.schedule == schedule && span.overlaps(window)
    })
}

/// A stretch that others hold than before.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Difference {
    window: Window,
    before: Vec<String>,
    after: Vec<String>,
    origin: Option<ShiftOrigin>,
}

/// Where two rotas of one schedule and role differ by who holds them, from `now` on; what already runs is left out.
fn differences(before: &[Held], after: &[Held], now: Timestamp) -> Vec<Difference> {
    let mut edges: BTreeSet<Timestamp> =
        before.iter().chain(after).flat_map(|h| [h.window.start, h.window.end]).collect();
    edges.insert(now);
    let edges: Vec<Timestamp> = edges.into_iter().filter(|edge| *edge >= now).collect();
    let mut found: Vec<Difference> = Vec::new();
    for pair in edges.windows(2) {
        let &[start, end] = pair else { continue };
        let at = |rota: &[Held]| -> BTreeSet<(String, String)> {
            rota.iter().filter(|held| held.window.contains(start)).filter_map(|held| held.person.clone()).collect()
        };
        let keys = |people: &BTreeSet<(String, String)>| -> BTreeSet<String> {
            people.iter().map(|(key, _)| key.clone()).collect()
        };
        let (was, is) = (at(before), at(after));
        if keys(&was) == keys(&is) {
            continue;
        }
        let names = |people: BTreeSet<(String, String)>| people.into_iter().map(|(_, name)| name).collect();
        let origin = after.iter().find(|held| held.window.contains(start)).and_then(|held| held.origin);
        let next = Difference { window: Window::new(start, end), before: names(was), after: names(is), origin };
        match found.last_mut() {
            Some(last) if last.window.end == start && (&last.before, &last.after) == (&next.before, &next.after) => {
                last.window.end = end;
            }
            _ => found.push(next),
        }
    }
    let soon = |change: &Difference| change.window.start > now && change.window.start.since(now) <= AHEAD_MS;
    found.into_iter().filter(soon).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let found = differences(&rota(before), &rota(after), NOW);
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
