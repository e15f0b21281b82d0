//! JSON Lines: one object a line, either a record in the schema of `fairlead_domain::Record`, told by its `kind`, or a
//! row with the fields of a table.

use std::io::BufRead;

use fairlead_domain::text::clean_line;
use fairlead_domain::{Record, RecordKind};
use serde_json::{Map, Value, json};

use super::column::Columns;
use super::mapping::{Mapping, Rules};
use super::outcome::{Collected, Imported, RowIssue};
use super::table::{MAX_LINE, need, read_line, take};
use super::{ImportError, ImportKind};
use crate::phone::without_phones;

/// Reads a file of records or rows.
pub(super) fn read(
    kind: ImportKind,
    mut input: impl BufRead,
    mapping: &Mapping,
    rules: &Rules,
) -> Result<Imported, ImportError> {
    let mut collected = Collected::default();
    let mut bytes = Vec::new();
    let mut line = 0;
    loop {
        let length = read_line(&mut input, &mut bytes)?;
        if length == 0 {
            return Ok(collected.finish());
        }
        line += 1;
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").filter(|_| line == 1).unwrap_or(&bytes).trim_ascii();
        if line == 1 && (text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff")) {
            return Err(ImportError::Encoding);
        }
        if text.is_empty() {
            continue;
        }
        match object(length, text).and_then(|object| content(kind, object, mapping)) {
            Ok(Content::Record(record)) => collected.take(line, vec![*record]),
            Ok(Content::Row(columns, values)) => take(kind, &columns, rules, (line, &values), &mut collected),
            Err(issue) => collected.skip(line, issue),
        }
    }
}

/// What a line holds.
enum Content {
    Record(Box<Record>),
    Row(Columns, Vec<String>),
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

fn content(kind: ImportKind, object: Map<String, Value>, mapping: &Mapping) -> Result<Content, RowIssue> {
    let Some(told) = object.get("kind").and_then(Value::as_str).and_then(RecordKind::from_word) else {
        return row(kind, object, mapping);
    };
    if !belongs(kind, told) {
        return Err(RowIssue::at("kind", format!("{told} does not belong in this import")));
    }
    let record = record(told, object).map_err(|error| no_record(&error))?;
    Ok(Content::Record(Box::new(sound(record)?)))
}

/// An object without a record's kind: its keys are the columns.
fn row(kind: ImportKind, object: Map<String, Value>, mapping: &Mapping) -> Result<Content, RowIssue> {
    let (headers, values): (Vec<String>, Vec<String>) =
        object.into_iter().map(|(key, value)| (key, text_of(&value))).unzip();
    let missing = |error: ImportError| RowIssue::whole(error.to_string());
    let columns = Columns::find(kind, headers, mapping).map_err(missing)?;
    need(kind, &columns).map_err(missing)?;
    Ok(Content::Row(columns, values))
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

/// A record with what may be left out filled in. Where a record has a `kind` of its own, the line names it
/// `incident_kind` or `event_kind`.
fn record(kind: RecordKind, mut object: Map<String, Value>) -> Result<Record, serde_json::Error> {
    let own = match kind {
        RecordKind::Incident => Some("incident_kind"),
        RecordKind::TimelineEvent => Some("event_kind"),
        _ => None,
    };
    if let Value::Object(defaults) = defaults(kind, &object) {
        for (key, value) in defaults {
            object.entry(key).or_insert(value);
        }
    }
    if let Some(own) = own {
        let own = object.remove(own).unwrap_or_default();
        object.insert("kind".to_owned(), own);
    }
    let whole = Value::Object(object);
    match kind {
        RecordKind::Incident => serde_json::from_value(whole).map(Record::Incident),
        RecordKind::TimelineEvent => serde_json::from_value(whole).map(Record::TimelineEvent),
        _ => serde_json::from_value(whole),
    }
}

fn defaults(kind: RecordKind, object: &Map<String, Value>) -> Value {
    let stated = |key: &str| object.get(key).is_some_and(|value| !value.is_null());
    match kind {
        RecordKind::Shift => json!({
            "withheld": !stated("person"), "end_open": false, "role": "unknown", "origin": "import",
        }),
        RecordKind::Incident => {
            let status = [("closed_at", "closed"), ("resolved_at", "resolved"), ("mitigated_at", "mitigated")]
                .into_iter()
                .chain([("acked_at", "acked")])
                .find(|(key, _)| stated(key))
                .map_or("open", |(_, status)| status);
            json!({
                "incident_kind": "declared", "title": object.get("ext_id"), "status": status, "is_test": false,
                "teams": [], "responders": [], "links": [], "custom_fields": [],
            })
        }
        _ => Value::Null,
    }
}

const fn belongs(kind: ImportKind, record: RecordKind) -> bool {
    match kind {
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

/// Cleans the lines that are shown and refuses what cannot be.
fn sound(mut record: Record) -> Result<Record, RowIssue> {
    if record.key().trim().is_empty() {
        return Err(RowIssue::whole("the record has no id"));
    }
    match &mut record {
        Record::Person(person) => person.name = without_phones(&clean_line(&person.name)).trim().to_owned(),
        Record::Schedule(schedule) => schedule.name = clean_line(&schedule.name),
        Record::Service(service) => service.name = clean_line(&service.name),
        Record::Shift(shift) => {
            if shift.end <= shift.start {
                return Err(RowIssue::at("end", "the shift ends before it starts"));
            }
            let name = shift.person.as_mut().and_then(|person| person.name.as_mut());
            if let Some(name) = name {
                *name = without_phones(&clean_line(name)).trim().to_owned();
            }
        }
        Record::Incident(incident) => {
            incident.title = clean_line(&incident.title);
            if incident.severity.is_some_and(|severity| !(1..=5).contains(&severity)) {
                return Err(RowIssue::at("severity", "a severity is 1 to 5"));
            }
        }
        _ => {}
    }
    Ok(record)
}
