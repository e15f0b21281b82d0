//! The rota as it was known at an instant: the rows as they stand, with what changed since taken back.

use std::collections::{BTreeMap, BTreeSet};

use fairlead_domain::schedule::{ShiftOrigin, ShiftRole};
use fairlead_domain::{Timestamp, Window};
use fairlead_store::StoreError;
use fairlead_store::authored::PersonAliases;
use fairlead_store::synced::{Reader, RevisionReason, RevisionRow, ShiftRow};
use serde::Deserialize;

/// A shift, as far as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    pub schedule: String,
    pub role: ShiftRole,
    /// Key and name; `None`: nobody.
    pub person: Option<(String, String)>,
    pub window: Window,
    pub origin: Option<ShiftOrigin>,
}

/// By source and key in the source.
pub(crate) type Known = BTreeMap<(String, String), Held>;

/// What a revision keeps of a shift.
#[derive(Debug, Deserialize)]
pub(crate) struct Kept {
    pub schedule: String,
    pub person: Option<String>,
    #[serde(default)]
    pub withheld: bool,
    pub role: String,
    pub origin: Option<String>,
    start: i64,
    end: i64,
}

impl Kept {
    /// What a revision of a shift says; `None` when it cannot be read.
    pub(crate) fn of(row: &RevisionRow) -> Option<Self> {
        serde_json::from_value(row.content.clone()).ok()
    }

    /// When.
    pub(crate) const fn window(&self) -> Window {
        Window::new(Timestamp::from_millis(self.start), Timestamp::from_millis(self.end))
    }

    /// The role that it states.
    pub(crate) fn role(&self) -> ShiftRole {
        ShiftRole::from_word(&self.role).unwrap_or(ShiftRole::Unknown)
    }
}

const OUTSIDE: &str = "somebody outside the team";

/// Names of people by source and id.
pub(crate) struct Names(BTreeMap<(String, String), (String, String)>);

impl Names {
    pub(crate) fn read(reader: &Reader<'_>, aliases: &PersonAliases) -> Result<Self, StoreError> {
        let identities = reader.identities()?.into_iter().map(|row| {
            let key = aliases.resolve(&row.source, &row.ext_id, row.person.key);
            ((row.source, row.ext_id), (key.to_string(), row.person.name))
        });
        Ok(Self(identities.collect()))
    }

    /// Whom a revision names; `None`: nobody.
    pub(crate) fn of(&self, source: &str, kept: &Kept) -> Option<(String, String)> {
        let Some(id) = &kept.person else {
            return kept.withheld.then(|| (OUTSIDE.to_owned(), OUTSIDE.to_owned()));
        };
        let known = self.0.get(&(source.to_owned(), id.clone())).cloned();
        Some(known.unwrap_or_else(|| (id.clone(), id.clone())))
    }
}

/// Shifts as they are compared, with merges followed.
pub(crate) fn known(rows: impl IntoIterator<Item = ShiftRow>, aliases: &PersonAliases) -> Known {
    let held = rows.into_iter().map(|row| {
        let person = row.person.map(|person| {
            let key = aliases.resolve(&row.source, &person.identity, person.key);
            (key.to_string(), person.name)
        });
        let person = person.or_else(|| row.withheld.then(|| (OUTSIDE.to_owned(), OUTSIDE.to_owned())));
        let window = Window::new(row.start, row.end);
        let held = Held { schedule: row.schedule, role: row.role, person, window, origin: Some(row.origin) };
        ((row.source, row.ext_key), held)
    });
    held.collect()
}

/// `current` without these changes. Revisions come oldest first.
pub(crate) fn undone<'r>(
    current: &Known,
    changes: impl DoubleEndedIterator<Item = &'r RevisionRow>,
    names: &Names,
) -> Known {
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
                let Some(kept) = Kept::of(row) else { continue };
                known.insert(
                    key,
                    Held {
                        person: names.of(&row.source, &kept),
                        role: kept.role(),
                        window: kept.window(),
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
pub(crate) fn touches(row: &RevisionRow, schedule: &str, window: Window) -> bool {
    Kept::of(row).is_some_and(|kept| kept.schedule == schedule && kept.window().overlaps(window))
}

/// A stretch that others hold than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    pub window: Window,
    pub before: Vec<String>,
    pub after: Vec<String>,
    pub origin: Option<ShiftOrigin>,
}

/// Where two rotas of one schedule and role differ by who holds them, within `range`.
pub(crate) fn differences(before: &[&Held], after: &[&Held], range: Window) -> Vec<Difference> {
    let mut edges: BTreeSet<Timestamp> =
        before.iter().chain(after).flat_map(|h| [h.window.start, h.window.end]).collect();
    edges.extend([range.start, range.end]);
    let edges: Vec<Timestamp> = edges.into_iter().filter(|edge| range.start <= *edge && *edge <= range.end).collect();
    let mut found: Vec<Difference> = Vec::new();
    for pair in edges.windows(2) {
        let &[start, end] = pair else { continue };
        let at = |rota: &[&Held]| -> BTreeSet<(String, String)> {
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
    found
}
