//! The rota of a window: schedules with their shifts, roles settled, and what was read of them.

use std::collections::HashMap;

use fairlead_domain::schedule::ShiftRole;
use fairlead_domain::{Timestamp, Window};
use fairlead_metrics::oncall::{Cover, Duty, cover};
use fairlead_store::StoreError;
use fairlead_store::authored::PersonAliases;
use fairlead_store::synced::{IdentityRow, PersonName, Reader, ShiftRow};
use uuid::Uuid;

use super::answer::{OnCallEntry, ShiftEntry};
use crate::config::{Config, ScheduleConfig};
use crate::lookup::{self, ScheduleName};

/// The stream that brings shifts, in every connector.
pub(crate) const SHIFTS: &str = "shifts";

/// Every schedule of a window.
pub(crate) struct Rota {
    /// Sorted by name, then source.
    pub schedules: Vec<ScheduleRota>,
}

/// One schedule.
pub(crate) struct ScheduleRota {
    pub name: String,
    pub source: String,
    pub ext_id: String,
    pub team: Option<String>,
    /// IANA zone of the schedule, as the source gives it.
    pub timezone: Option<String>,
    /// Where it stands in the source.
    pub url: Option<String>,
    pub config: Option<ScheduleConfig>,
    /// What was read of it.
    pub read: Vec<Window>,
    /// Its shifts that reach into the window, by start.
    pub shifts: Vec<HeldShift>,
}

/// A shift with its role settled.
pub(crate) struct HeldShift {
    pub row: ShiftRow,
    pub role: ShiftRole,
    /// Key of the person.
    pub person_key: Option<String>,
    /// IANA zone of the person.
    pub timezone: Option<String>,
}

impl HeldShift {
    /// When.
    pub(crate) const fn window(&self) -> Window {
        Window::new(self.row.start, self.row.end)
    }
}

impl ScheduleRota {
    /// `source:id`, by which pages name it.
    pub(crate) fn key(&self) -> String {
        format!("{}:{}", self.source, self.ext_id)
    }

    /// How declared coverage is held in `window`; `None` when none is declared.
    pub(crate) fn cover(&self, window: Window) -> Option<Cover> {
        let declared = self.config.as_ref()?.coverage.as_ref()?.spans(window);
        Some(cover(&declared, window, &self.read, &self.duties()))
    }

    /// Its shifts as on-call arithmetic wants them.
    pub(crate) fn duties(&self) -> Vec<Duty<'_>> {
        self.shifts
            .iter()
            .map(|shift| Duty {
                schedule: &self.ext_id,
                person: shift.person_key.as_deref(),
                withheld: shift.row.withheld,
                role: shift.role,
                window: shift.window(),
            })
            .collect()
    }
}

impl Rota {
    /// Who is on call at an instant, in every role.
    pub(crate) fn on_call_at(&self, at: Timestamp) -> Vec<OnCallEntry> {
        let mut entries = Vec::new();
        for schedule in &self.schedules {
            let held =
                |shift: &&HeldShift| shift.window().contains(at) && (shift.row.person.is_some() || shift.row.withheld);
            entries.extend(schedule.shifts.iter().filter(held).map(|shift| OnCallEntry {
                schedule: schedule.name.clone(),
                source: schedule.source.clone(),
                person: shift.row.person.as_ref().map(|person| person.name.clone()),
                email: shift.row.person.as_ref().and_then(|person| person.email.clone()),
                role: shift.role.word().to_owned(),
                start: shift.row.start,
                end: shift.row.end,
                timezone: shift.timezone.clone(),
                withheld: shift.row.withheld,
            }));
        }
        entries.sort_by(|a, b| {
            (&a.schedule, &a.source, &a.role, &a.person).cmp(&(&b.schedule, &b.source, &b.role, &b.person))
        });
        entries
    }

    /// Every shift, by start, schedule and person.
    pub(crate) fn shift_entries(&self) -> Vec<ShiftEntry> {
        let mut entries = Vec::new();
        for schedule in &self.schedules {
            entries.extend(schedule.shifts.iter().map(|shift| ShiftEntry {
                schedule: schedule.name.clone(),
                source: schedule.source.clone(),
                person: shift.row.person.as_ref().map(|person| person.name.clone()),
                email: shift.row.person.as_ref().and_then(|person| person.email.clone()),
                role: shift.role.word().to_owned(),
                origin: shift.row.origin.word().to_owned(),
                start: shift.row.start,
                end: shift.row.end,
                timezone: shift.timezone.clone(),
                withheld: shift.row.withheld,
            }));
        }
        entries.sort_by(|a, b| {
            (a.start, &a.schedule, &a.source, &a.person, a.end).cmp(&(
                b.start,
                &b.schedule,
                &b.source,
                &b.person,
                b.end,
            ))
        });
        entries
    }
}

/// Reads the rota of `window`; people who were merged by hand are one, under one name.
pub(crate) fn read_rota(
    reader: &Reader<'_>,
    config: &Config,
    aliases: &PersonAliases,
    window: Window,
) -> Result<Rota, StoreError> {
    let mut schedules: Vec<ScheduleRota> = Vec::new();
    for row in reader.schedules(window.start)? {
        let name = ScheduleName { source: &row.source, ext_id: &row.schedule.ext_id, name: &row.schedule.name };
        let source = reader.source(&row.source)?;
        schedules.push(ScheduleRota {
            team: lookup::team_of_schedule(config, name),
            config: lookup::schedule(config, name).cloned(),
            read: reader.coverage(source.id, SHIFTS)?,
            shifts: Vec::new(),
            timezone: row.schedule.timezone,
            url: row.schedule.url,
            name: row.schedule.name,
            source: row.source,
            ext_id: row.schedule.ext_id,
        });
    }
    let shifts = reader.shifts(window)?;
    let names = names(reader, aliases, &shifts)?;
    for mut row in shifts {
        if let Some(person) = &mut row.person {
            let key = aliases.resolve(&row.source, &person.identity, person.key);
            if let Some(known) = names.get(&key) {
                person.name.clone_from(&known.name);
                person.email.clone_from(&known.email);
            }
            person.key = key;
        }
        let home = schedules.iter_mut().find(|s| s.source == row.source && s.ext_id == row.schedule);
        let Some(schedule) = home else { continue };
        let role = match (row.role, schedule.config.as_ref().and_then(|config| config.role)) {
            (ShiftRole::Unknown, Some(configured)) => configured,
            (stated, _) => stated,
        };
        let person_key = row.person.as_ref().map(|person| person.key.to_string());
        let timezone = zone_of(config, aliases, &row);
        schedule.shifts.push(HeldShift { role, person_key, timezone, row });
    }
    schedules.sort_by(|a, b| (&a.name, &a.source).cmp(&(&b.name, &b.source)));
    Ok(Rota { schedules })
}

/// Names of the people into whom holders of these shifts were merged. Without a merge nothing is read.
fn names(
    reader: &Reader<'_>,
    aliases: &PersonAliases,
    shifts: &[ShiftRow],
) -> Result<HashMap<Uuid, PersonName>, StoreError> {
    let moved = |row: &ShiftRow| {
        let person = row.person.as_ref();
        person.is_some_and(|person| aliases.resolve(&row.source, &person.identity, person.key) != person.key)
    };
    if !shifts.iter().any(moved) {
        return Ok(HashMap::new());
    }
    let mut names = HashMap::new();
    let own = |row: &IdentityRow| aliases.resolve(&row.source, &row.ext_id, row.person.key) == row.person.key;
    for row in reader.identities()?.into_iter().filter(own) {
        let entry = names.entry(row.person.key).or_insert_with(|| row.person.clone());
        if entry.email.is_none() {
            entry.email = row.person.email;
        }
    }
    Ok(names)
}

/// The zone of who holds a shift when it begins: the one said by hand for that day, else the configured one, else the
/// upstream's.
fn zone_of(config: &Config, aliases: &PersonAliases, row: &ShiftRow) -> Option<String> {
    let said = row.person.as_ref().and_then(|person| aliases.timezone(person.key, row.start));
    if let Some(zone) = said {
        return Some(zone.to_owned());
    }
    let email = row.person.as_ref().and_then(|person| person.email.as_deref());
    let email = email.and_then(fairlead_domain::text::normalise_email);
    let members = config.teams.iter().flat_map(|team| &team.members);
    let configured = email.and_then(|email| members.into_iter().find(|m| m.email == email)?.timezone);
    configured.map(|zone| zone.name().to_owned()).or_else(|| row.timezone.clone())
}
