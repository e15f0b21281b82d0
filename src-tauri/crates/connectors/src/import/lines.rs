//! JSON Lines: one object a line, either a record in the schema of `fairlead_domain::Record` (docs/jsonl.md), told by its
//! `kind`, or a row with the fields of a table.

use std::collections::HashMap;
use std::io::BufRead;

use fairlead_domain::person::PersonRef;
use fairlead_domain::source::is_source_name;
use fairlead_domain::text::{clean_line, normalise_email};
use fairlead_domain::{Record, RecordKind, TextUse, Timestamp};
use serde_json::{Map, Value, json};

use super::mapping::Mapping;
use super::outcome::{Collected, Imported, RowIssue};
use super::table::{Header, MAX_LINE, read_line};
use super::{ImportError, ImportKind};
use crate::phone::{without_marked_phones, without_phones};

/// Reads a file of records or rows. `home` is the zone of times that name none.
pub(super) fn read(
    kind: ImportKind,
    mut input: impl BufRead,
    mapping: &Mapping,
    home: chrono_tz::Tz,
) -> Result<Imported, ImportError> {
    mapping.check(kind, home)?;
    let mut collected = Collected::default();
    collected.understood(None, mapping.source.clone());
    // By the keys of a row: those of one script are alike.
    let mut headers: HashMap<Vec<String>, Result<Header, ImportError>> = HashMap::new();
    let mut bytes = Vec::new();
    let mut line = 0;
    loop {
        let length = read_line(&mut input, &mut bytes)?;
        if length == 0 {
            return Ok(collected.finish());
        }
        line += 1;
        let text = bytes.trim_ascii();
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        if text.is_empty() {
            continue;
        }
        let object = match object(length, text) {
            Ok(object) => object,
            Err(issue) => {
                collected.skip(line, issue);
                continue;
            }
        };
        if kind == ImportKind::Records || told(&object).is_some() {
            match record(kind, object) {
                Ok((source, record)) => collected.take_of(source.as_deref(), line, vec![record]),
                Err(issue) => collected.skip(line, issue),
            }
            continue;
        }
        let odd = object.get("kind").and_then(Value::as_str).map(str::to_owned);
        let (keys, values): (Vec<String>, Vec<String>) =
            object.into_iter().map(|(key, value)| (key, text_of(&value))).unzip();
        let header = headers
            .entry(keys)
            .or_insert_with_key(|keys| Header::of(kind, keys.clone(), mapping, home, &mut collected));
        match header {
            Ok(header) => header.take(line, &values, &mut collected),
            Err(error) => collected.skip(line, no_row(odd.as_deref(), error)),
        }
    }
}

/// An object that has too little for a row; with a `kind` it may have been meant as a record.
fn no_row(kind: Option<&str>, error: &ImportError) -> RowIssue {
    let Some(kind) = kind else { return RowIssue::whole(error.to_string()) };
    let kind: String = kind.chars().take(40).collect();
    RowIssue::whole(format!("{kind:?} is no kind of record, and as a row: {error}"))
}

fn object(length: u64, text: &[u8]) -> Result<Map<String, Value>, RowIssue> {
    if length > MAX_LINE {
        return Err(RowIssue::whole("the line is longer than 1 MiB"));
    }
    serde_json::from_slice(text).map_err(|error| no_record(&error))
}

fn no_record(error: &serde_json::Error) -> RowIssue {
    let message: String = error.to_string().chars().take(200).collect();
    RowIssue::whole(format!("this is no record: {message}"))
}

/// The kind of record that an object says it is; a row may have a column of that name for something else.
fn told(object: &Map<String, Value>) -> Option<RecordKind> {
    object.get("kind").and_then(Value::as_str).and_then(RecordKind::from_word)
}

/// A value as a table would write it.
fn text_of(value: &Value) -> String {
    match value {
        Value::Null | Value::Object(_) => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(text_of).collect::<Vec<_>>().join(";"),
        other => other.to_string(),
    }
}

/// A line's record, and the source that the line names.
fn record(kind: ImportKind, mut object: Map<String, Value>) -> Result<(Option<String>, Record), RowIssue> {
    let source = match object.shift_remove("source") {
        Some(name) if kind == ImportKind::Records => source_of(&name)?,
        _ => None,
    };
    if let (Some(told), Value::Object(defaults)) = (told(&object), defaults(&object)) {
        if !belongs(kind, told) {
            return Err(RowIssue::at("kind", format!("{told} does not belong in this import")));
        }
        for (key, value) in defaults {
            object.entry(key).or_insert(value);
        }
    }
    let record: Record = serde_json::from_value(Value::Object(object)).map_err(|error| no_record(&error))?;
    Ok((source, sound(record)?))
}

/// What a script need not say of a shift or an incident.
fn defaults(object: &Map<String, Value>) -> Value {
    let stated = |key: &str| object.get(key).is_some_and(|value| !value.is_null());
    match told(object) {
        Some(RecordKind::Shift) => json!({ "role": "unknown", "origin": "import" }),
        Some(RecordKind::Incident) => {
            let by_times = [
                ("closed_at", "closed"),
                ("resolved_at", "resolved"),
                ("mitigated_at", "mitigated"),
                ("acked_at", "acked"),
            ];
            let status = by_times.into_iter().find(|(key, _)| stated(key)).map_or("open", |(_, status)| status);
            json!({ "incident_kind": "declared", "title": object.get("ext_id"), "status": status })
        }
        _ => json!({}),
    }
}

fn source_of(name: &Value) -> Result<Option<String>, RowIssue> {
    match name {
        Value::Null => Ok(None),
        Value::String(name) if is_source_name(name) => Ok(Some(name.clone())),
        _ => Err(RowIssue::at("source", "this cannot name a source; use letters, digits, '_', '-' and '.'")),
    }
}

const fn belongs(kind: ImportKind, record: RecordKind) -> bool {
    match kind {
        ImportKind::Records => true,
        ImportKind::Shifts => matches!(
            record,
            RecordKind::Person
                | RecordKind::Team
                | RecordKind::Schedule
                | RecordKind::Rotation
                | RecordKind::Shift
                | RecordKind::Leave
                | RecordKind::Holiday
        ),
        ImportKind::Incidents => matches!(
            record,
            RecordKind::Person
                | RecordKind::Team
                | RecordKind::Service
                | RecordKind::Incident
                | RecordKind::TimelineEvent
                | RecordKind::Page
                | RecordKind::Postmortem
                | RecordKind::ActionItem
        ),
    }
}

/// Cleans what is shown, drops telephone numbers and addresses that are none of the web, and refuses what cannot be.
fn sound(mut record: Record) -> Result<Record, RowIssue> {
    if record.key().trim().is_empty() {
        return Err(RowIssue::whole("the record has no id"));
    }
    possible(&record)?;
    if let Record::Person(person) = &mut record {
        person.email = person.email.take().filter(|email| normalise_email(email).is_some());
        person.name = without_phones(&person.name);
    }
    record.edit_people(&mut |person| *person = clean_person(std::mem::take(person)));
    record.edit_texts(&mut |what, text| match what {
        TextUse::Id => {}
        TextUse::Name => *text = clean_line(text),
        TextUse::Prose => *text = clean_line(&without_marked_phones(text)),
        TextUse::Data => *text = without_marked_phones(text),
        TextUse::Address if is_web(text) => *text = clean_line(text),
        TextUse::Address => text.clear(),
    });
    Ok(record)
}

fn clean_person(person: PersonRef) -> PersonRef {
    PersonRef {
        ext_id: person.ext_id,
        email: person.email.filter(|email| normalise_email(email).is_some()),
        name: person.name.map(|name| clean_line(&without_phones(&name))),
    }
}

/// An address of the web without a user's name and password in it.
pub(super) fn is_web(url: &str) -> bool {
    let url = url.trim();
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        url.get(..scheme.len()).filter(|s| s.eq_ignore_ascii_case(scheme)).and(url.get(scheme.len()..))
    });
    rest.is_some_and(|rest| !rest.split(['/', '?', '#']).next().unwrap_or_default().contains('@'))
}

fn possible(record: &Record) -> Result<(), RowIssue> {
    let span = |start: Timestamp, end: Timestamp| {
        let message = if matches!(record, Record::Shift(_)) {
            "the shift ends before it starts"
        } else {
            "the end lies before the start"
        };
        if end > start { Ok(()) } else { Err(RowIssue::at("end", message)) }
    };
    match record {
        Record::Shift(shift) => span(shift.start, shift.end),
        Record::Leave(leave) => span(leave.start, leave.end),
        Record::Holiday(day) => span(day.start, day.end),
        Record::Maintenance(work) => span(work.start, work.end),
        Record::Incident(incident) if incident.severity.is_some_and(|severity| !(1..=5).contains(&severity)) => {
            Err(RowIssue::at("severity", "a severity is 1 to 5"))
        }
        Record::Slo(slo) if !(slo.objective > 0.0 && slo.objective < 1.0) => {
            Err(RowIssue::at("objective", "an objective lies between 0 and 1"))
        }
        _ => Ok(()),
    }
}
