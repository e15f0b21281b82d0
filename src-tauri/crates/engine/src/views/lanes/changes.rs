//! What the rota said before: the rows as they stand, with one sync's changes taken back after the other.

use std::collections::BTreeSet;

use fairlead_domain::schedule::ShiftRole;
use fairlead_domain::{Timestamp, Window};
use fairlead_store::StoreError;
use fairlead_store::authored::PersonAliases;
use fairlead_store::synced::{Reader, RevisionReason, RevisionRow};

use super::answer::RotaDifference;
use crate::views::oncall::known::{Difference, Held, Kept, Known, Names, differences, known, undone};
use crate::views::oncall::{Rota, ScheduleRota};

/// Most changes that are told.
const MOST: usize = 200;

/// How the rota of a window came to be what it is, the latest change first.
pub(super) fn changes(
    reader: &Reader<'_>,
    aliases: &PersonAliases,
    rota: &Rota,
    window: Window,
) -> Result<Vec<RotaDifference>, StoreError> {
    let revisions = reader.shift_revisions(window)?;
    if revisions.is_empty() {
        return Ok(Vec::new());
    }
    let names = Names::read(reader, aliases)?;
    let mut state = as_it_stands(rota, aliases);
    let mut found = Vec::new();
    let same_look = |a: &RevisionRow, b: &RevisionRow| a.at == b.at && a.source == b.source;
    for look in revisions.chunk_by(same_look).rev() {
        let mut before = undone(&state, look.iter(), &names);
        for key in newcomers(look, &state, &before) {
            before.remove(&key);
        }
        for (source, schedule, role) in touched(look, &state, &before) {
            let Some(home) = rota.schedules.iter().find(|s| s.source == source && s.ext_id == schedule) else {
                continue;
            };
            let of = |known: &Known| -> Vec<Held> { of_post(known, &source, &schedule, role) };
            let (was, is) = (of(&before), of(&state));
            let (was, is): (Vec<&Held>, Vec<&Held>) = (was.iter().collect(), is.iter().collect());
            let told = differences(&was, &is, window);
            found.extend(told.into_iter().map(|change| told_of(home, role, change, look[0].at)));
        }
        found.extend(look.iter().filter_map(|row| disputed(rota, &state, row, &names, window)));
        state = before;
        if found.len() >= MOST {
            break;
        }
    }
    found.truncate(MOST);
    for (n, change) in found.iter_mut().enumerate() {
        change.id = format!("{n}");
    }
    Ok(found)
}

fn as_it_stands(rota: &Rota, aliases: &PersonAliases) -> Known {
    let rows = rota.schedules.iter().flat_map(|schedule| &schedule.shifts).map(|shift| shift.row.clone());
    known(rows, aliases)
}

fn of_post(known: &Known, source: &str, schedule: &str, role: ShiftRole) -> Vec<Held> {
    let mine = known.iter().filter(|((s, _), held)| s == source && held.schedule == schedule && held.role == role);
    mine.map(|(_, held)| held.clone()).collect()
}

/// Posts that one look at a source changed: source, schedule, role.
fn touched(look: &[RevisionRow], after: &Known, before: &Known) -> BTreeSet<(String, String, ShiftRole)> {
    let mut posts = BTreeSet::new();
    for row in look {
        let key = (row.source.clone(), row.ext_id.clone());
        for held in [after.get(&key), before.get(&key)].into_iter().flatten() {
            posts.insert((row.source.clone(), held.schedule.clone(), held.role));
        }
    }
    posts
}

/// Rows that a look brought for time that had begun: of those no revision is written. What lies where a row of the same
/// post was put aside came in its place, unless two such rows lie over each other: then one of them may have been there.
fn newcomers(look: &[RevisionRow], after: &Known, before: &Known) -> Vec<(String, String)> {
    let key_of = |row: &RevisionRow| (row.source.clone(), row.ext_id.clone());
    let touched: BTreeSet<(String, String)> = look.iter().map(key_of).collect();
    let put_aside = |row: &&RevisionRow| matches!(row.reason, RevisionReason::Superseded | RevisionReason::Changed);
    let mut found = BTreeSet::new();
    for row in look.iter().filter(put_aside) {
        let Some(old) = before.get(&key_of(row)) else { continue };
        let here: Vec<(&(String, String), &Held)> = after
            .iter()
            .filter(|(key, held)| key.0 == row.source && !touched.contains(*key) && held.window.start <= row.at)
            .filter(|(_, held)| held.schedule == old.schedule && held.role == old.role)
            .filter(|(_, held)| held.window.overlaps(old.window))
            .collect();
        let alone = |held: &Held| here.iter().filter(|(_, other)| other.window.overlaps(held.window)).count() == 1;
        found.extend(here.iter().filter(|(_, held)| alone(held)).map(|(key, _)| (*key).clone()));
    }
    found.into_iter().collect()
}

fn told_of(home: &ScheduleRota, role: ShiftRole, change: Difference, seen: Timestamp) -> RotaDifference {
    let Difference { window, before, after, origin } = change;
    RotaDifference {
        id: String::new(),
        kind: if window.start < seen { "after_the_fact" } else { "coming" }.to_owned(),
        schedule: home.key(),
        schedule_name: home.name.clone(),
        role: settled(home, role).word().to_owned(),
        start: window.start,
        end: window.end,
        before,
        after,
        origin: origin.map(|origin| origin.word().to_owned()),
        seen,
    }
}

/// A past that is kept although the source tells it otherwise.
fn disputed(rota: &Rota, state: &Known, row: &RevisionRow, names: &Names, window: Window) -> Option<RotaDifference> {
    let vanished = match row.reason {
        RevisionReason::Frozen => false,
        RevisionReason::FrozenVanished => true,
        _ => return None,
    };
    let kept = Kept::of(row)?;
    let part = kept.window().intersect(window);
    let home = rota.schedules.iter().find(|s| s.source == row.source && s.ext_id == kept.schedule)?;
    let stands = state.get(&(row.source.clone(), row.ext_id.clone())).and_then(|held| held.person.clone());
    let says = names.of(&row.source, &kept);
    let named = |person: Option<(String, String)>| person.map(|(_, name)| name).into_iter().collect();
    (!part.is_empty()).then(|| RotaDifference {
        kind: "upstream_differs".to_owned(),
        before: named(if vanished { says.clone() } else { stands }),
        after: named(if vanished { None } else { says }),
        ..told_of(
            home,
            kept.role(),
            Difference { window: part, before: Vec::new(), after: Vec::new(), origin: None },
            row.at,
        )
    })
}

/// The role, as the configuration settles it where the source states none.
fn settled(home: &ScheduleRota, role: ShiftRole) -> ShiftRole {
    match (role, home.config.as_ref().and_then(|config| config.role)) {
        (ShiftRole::Unknown, Some(configured)) => configured,
        (stated, _) => stated,
    }
}
