//! A row of a file of shifts.

use fairlead_domain::Record;
use fairlead_domain::person::PersonRef;
use fairlead_domain::schedule::{Schedule, ScheduleSystem, Shift, ShiftOrigin, ShiftRole};
use fairlead_domain::text::clean_line;

use super::mapping::{Rules, key};
use super::outcome::RowIssue;
use super::people;
use super::table::Row;

/// The schedule of rows that name none.
const UNNAMED: &str = "imported";

/// The records of a row: schedule, person, shift.
pub(super) fn records(row: &Row<'_>, rules: &Rules, doubts: &mut Vec<RowIssue>) -> Result<Vec<Record>, RowIssue> {
    let zone = row.zone(rules)?;
    let start = row.time("start", zone, rules, doubts)?.ok_or_else(|| row.blank("start"))?;
    let end = row.time("end", zone, rules, doubts)?.ok_or_else(|| row.blank("end"))?;
    if end <= start {
        return Err(RowIssue::at(row.header("end"), "the shift ends before it starts"));
    }
    let email = row.value("person_email");
    let person = people::person(email, row.value("person"))
        .ok_or_else(|| RowIssue::whole("the row names nobody: neither a name nor an e-mail address"))?;
    if email.is_some() && person.email.is_none() {
        doubts.push(RowIssue::at(row.header("person_email"), "this is no e-mail address; the name was taken"));
    }
    let schedule = clean_line(row.value("schedule").unwrap_or(UNNAMED));
    let role = row.value("role").map_or(Some(ShiftRole::Unknown), role_of);
    if role.is_none() {
        doubts.push(RowIssue::at(row.header("role"), "this role is not known; it counts as unknown"));
    }
    let origin = row.value("origin").map_or(Some(ShiftOrigin::Import), |word| ShiftOrigin::from_word(&key(word)));
    let shift = Shift {
        ext_key: digest(&schedule, &person, start.as_secs()),
        schedule: schedule.clone(),
        person: Some(person.clone()),
        withheld: false,
        start,
        end,
        end_open: false,
        level: row.value("level").and_then(|level| level.parse().ok()).filter(|level| *level > 0),
        role: role.unwrap_or(ShiftRole::Unknown),
        origin: origin.unwrap_or(ShiftOrigin::Import),
        replaced: None,
        rotation: None,
    };
    let zone = row.value("tz").map(|_| zone.name().to_owned());
    let record = Schedule {
        ext_id: schedule.clone(),
        name: schedule,
        system: ScheduleSystem::Import,
        timezone: zone,
        team: None,
        url: None,
    };
    let mut records = vec![Record::from(record)];
    records.extend(people::record(&person).map(Record::from));
    records.push(shift.into());
    Ok(records)
}

fn role_of(word: &str) -> Option<ShiftRole> {
    match key(word).as_str() {
        "backup" | "l2" => Some(ShiftRole::Secondary),
        "l1" => Some(ShiftRole::Primary),
        word => ShiftRole::from_word(word),
    }
}

/// Stable key: the same schedule, person and start are the same shift.
fn digest(schedule: &str, person: &PersonRef, start_secs: i64) -> String {
    let text = format!("{schedule}\u{1f}{}\u{1f}{start_secs}", person.identity().unwrap_or_default());
    let hex = blake3::hash(text.as_bytes()).to_hex();
    hex.as_str().get(..32).unwrap_or_default().to_owned()
}
