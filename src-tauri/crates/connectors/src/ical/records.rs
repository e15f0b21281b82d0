//! From occurrences to records: shifts, leave, holidays and freezes.

use std::collections::{BTreeMap, BTreeSet};

use fairlead_domain::leave::{Holiday, Leave};
use fairlead_domain::maintenance::{Maintenance, MaintenanceKind};
use fairlead_domain::person::{Person, PersonRef};
use fairlead_domain::schedule::{Schedule, ScheduleSystem, Shift, ShiftOrigin, ShiftRole};
use fairlead_domain::text::clean_line;
use fairlead_domain::{Item, Record};
use serde_json::{Value, json};

use super::absence;
use super::expand::{Expansion, Occurrence};
use super::feed::Feed;
use super::remark::Remarks;
use super::settings::{Settings, Use};
use super::whose::{self, Whose, tidy};
use super::zone::by_name;
use crate::phone::without_phones;

/// The one schedule of a feed. Constant, so that neither a new title nor a new name of the source loses its history.
pub(super) const SCHEDULE: &str = "calendar";

/// The records of a feed.
pub(super) fn items(feed: &Feed, expansion: &Expansion<'_>, settings: &Settings, remarks: &mut Remarks) -> Vec<Item> {
    match settings.kind {
        Use::Oncall => oncall(feed, expansion, settings, remarks),
        Use::Leave => expansion.occurrences.iter().flat_map(|o| leave(o, settings)).collect(),
        Use::Holiday => expansion.occurrences.iter().map(holiday).collect(),
        Use::Freeze => expansion.occurrences.iter().map(freeze).collect(),
    }
}

fn oncall(feed: &Feed, expansion: &Expansion<'_>, settings: &Settings, remarks: &mut Remarks) -> Vec<Item> {
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    let mut names = BTreeSet::new();
    let mut shifts = Vec::new();
    let mut nameless = 0_usize;
    for occurrence in &expansion.occurrences {
        let whose = whose::read(occurrence.event, settings.person.as_ref());
        names.extend(whose.schedule.clone());
        if whose.away {
            continue;
        }
        if whose.people.is_empty() && whose.nameless {
            nameless += 1;
            shifts.extend(shifts_of(occurrence, &whose, settings));
            continue;
        }
        if whose.people.is_empty() && !is_anonymous(&whose) {
            let text = format!(
                "the event of {} with UID {:?} names nobody and was left out",
                occurrence.start, occurrence.uid
            );
            remarks.add("event_skipped", false, &text);
            continue;
        }
        if whose.people.is_empty() {
            remarks.add(
                "person_missing",
                false,
                "the feed lists shifts without names: take the address of the full schedule",
            );
        }
        for person in &whose.people {
            let known = person.identity().map(|ext_id| record_of(person, ext_id));
            if let Some(known) = known {
                people.entry(known.ext_id.clone()).or_insert(known);
            }
        }
        shifts.extend(shifts_of(occurrence, &whose, settings));
    }
    if nameless > 0 {
        let text = format!(
            "{nameless} of the feed's shifts name a role at most and nobody: nobody covers them until the events name a person"
        );
        remarks.add("person_missing", false, &text);
    }
    let mut items = vec![Item::from(schedule(feed, settings, &names))];
    items.extend(people.into_values().map(Item::from));
    items.extend(shifts);
    items
}

/// The form that names the schedule but not the person: a subscription to one's own shifts.
fn is_anonymous(whose: &Whose) -> bool {
    whose.people.is_empty() && whose.schedule.is_some()
}

fn schedule(feed: &Feed, settings: &Settings, names: &BTreeSet<String>) -> Schedule {
    let titled = feed.calendars.iter().find_map(|calendar| calendar.name.as_deref()).map(clean_line);
    let stated = match names.len() {
        1 => names.first().cloned(),
        _ => None,
    };
    let titled = titled.map(|name| tidy(&without_phones(&name))).filter(|name| !name.is_empty());
    let name = settings.schedule.clone().or(titled).or(stated).unwrap_or_else(|| settings.source.clone());
    let zone = feed.calendars.iter().find_map(|calendar| calendar.zone.as_deref()).and_then(by_name);
    Schedule {
        ext_id: SCHEDULE.to_owned(),
        name,
        system: ScheduleSystem::Ical,
        timezone: zone.map(|zone| zone.name().to_owned()),
        team: None,
        url: None,
    }
}

fn record_of(person: &PersonRef, ext_id: String) -> Person {
    let name = person.name.clone().or_else(|| person.email.clone()).unwrap_or_else(|| ext_id.clone());
    Person { ext_id, name, email: person.email.clone(), timezone: None, active: true }
}

fn shifts_of(occurrence: &Occurrence<'_>, whose: &Whose, settings: &Settings) -> Vec<Item> {
    let key = key(occurrence);
    let several = whose.people.len() > 1;
    let holders: Vec<Option<&PersonRef>> = match whose.people.as_slice() {
        [] => vec![None],
        people => people.iter().map(Some).collect(),
    };
    // Beside attendees, or in a form of its own, the summary may name people of whom nothing is to be kept.
    let summary = occurrence.event.attendees.is_empty() && settings.person.is_none();
    let shift = |person: Option<&PersonRef>| Shift {
        schedule: SCHEDULE.to_owned(),
        ext_key: key_of(&key, person.filter(|_| several)),
        person: person.cloned(),
        withheld: person.is_none() && !whose.nameless,
        start: occurrence.start,
        end: occurrence.end,
        end_open: whose.end_open,
        level: whose.level,
        role: whose.role.or(settings.role).unwrap_or(ShiftRole::Unknown),
        origin: ShiftOrigin::Ical,
        replaced: None,
        rotation: None,
    };
    let item = |person| Item { record: Record::from(shift(person)), raw: Some(raw(occurrence, person, summary)) };
    holders.into_iter().map(item).collect()
}

/// The key of an occurrence that is told apart by whose it is. The key is stored also where the person is not, so it
/// spells neither name nor e-mail.
fn key_of(occurrence: &str, person: Option<&PersonRef>) -> String {
    let Some(identity) = person.and_then(PersonRef::identity) else { return occurrence.to_owned() };
    let hex = blake3::hash(identity.as_bytes()).to_hex();
    format!("{occurrence}/{}", hex.as_str().get(..16).unwrap_or_default())
}

/// Stable key of an occurrence: the UID, and for a series which instance it is. A moved event keeps its key.
fn key(occurrence: &Occurrence<'_>) -> String {
    let uid = clean_line(&occurrence.uid);
    occurrence.instance.map_or_else(|| uid.clone(), |instance| format!("{uid}@{}", instance.as_secs()))
}

fn leave(occurrence: &Occurrence<'_>, settings: &Settings) -> Vec<Item> {
    let people = absence::people(occurrence.event, settings.person.as_ref());
    let several = people.len() > 1;
    let people: Vec<Option<PersonRef>> =
        if people.is_empty() { vec![None] } else { people.into_iter().map(Some).collect() };
    let record = |person: Option<PersonRef>| {
        let ext_key = key_of(&key(occurrence), person.as_ref().filter(|_| several));
        Leave { ext_key, person, start: occurrence.start, end: occurrence.end }
    };
    let item = |person: Option<PersonRef>| {
        let raw = raw(occurrence, person.as_ref(), false);
        Item { record: record(person).into(), raw: Some(raw) }
    };
    people.into_iter().map(item).collect()
}

fn holiday(occurrence: &Occurrence<'_>) -> Item {
    let name = title(occurrence);
    let record = Holiday { ext_key: key(occurrence), name, start: occurrence.start, end: occurrence.end };
    Item { record: record.into(), raw: Some(raw(occurrence, None, true)) }
}

fn freeze(occurrence: &Occurrence<'_>) -> Item {
    let record = Maintenance {
        ext_key: key(occurrence),
        kind: MaintenanceKind::Freeze,
        title: title(occurrence),
        start: occurrence.start,
        end: occurrence.end,
        services: Vec::new(),
    };
    Item { record: record.into(), raw: Some(raw(occurrence, None, true)) }
}

fn title(occurrence: &Occurrence<'_>) -> String {
    tidy(&without_phones(&clean_line(&occurrence.event.summary)))
}

/// What is kept of an event: an allow-list, without any telephone number. `summary` is left out where it may tell more
/// than the record: the kind of a leave, other people. Of people only the record's own is kept, so that with a record
/// that may not be stored as it is nothing of them stays behind.
fn raw(occurrence: &Occurrence<'_>, person: Option<&PersonRef>, summary: bool) -> Value {
    let event = occurrence.event;
    let start = event.start.as_ref().map(|at| at.local.to_string());
    let mut kept = json!({
        "uid": clean_line(&occurrence.uid),
        "sequence": event.sequence,
        "dtstart": start,
        "instance": occurrence.instance.map(fairlead_domain::Timestamp::to_rfc3339),
        "producer": clean_line(&without_phones(&occurrence.calendar.producer)),
        "people": person.into_iter().map(|p| json!({ "email": p.email, "name": p.name })).collect::<Vec<_>>(),
    });
    if summary && let Some(kept) = kept.as_object_mut() {
        kept.insert("summary".to_owned(), title(occurrence).into());
    }
    kept
}
