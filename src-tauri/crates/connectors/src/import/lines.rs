//! JSON Lines: one record a line, in the schema of `fairlead_domain::Record` (docs/jsonl.md).

use std::io::BufRead;

use fairlead_domain::person::PersonRef;
use fairlead_domain::source::is_source_name;
use fairlead_domain::text::{clean_line, normalise_email};
use fairlead_domain::{Record, RecordKind, TextUse, Timestamp};
use serde_json::Value;

use super::outcome::{Collected, Imported, RowIssue};
use super::table::{MAX_LINE, read_line};
use super::{ImportError, ImportKind};
use crate::phone::{without_marked_phones, without_phones};

/// Reads a file of records.
pub(super) fn read(kind: ImportKind, mut input: impl BufRead) -> Result<Imported, ImportError> {
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
        match record(kind, length, text) {
            Ok((source, record)) => collected.take_of(source.as_deref(), line, vec![record]),
            Err(issue) => collected.skip(line, issue),
        }
    }
}

/// A line's record, and the source that the line names.
fn record(kind: ImportKind, length: u64, text: &[u8]) -> Result<(Option<String>, Record), RowIssue> {
    if length > MAX_LINE {
        return Err(RowIssue::whole("the line is longer than 1 MiB"));
    }
    let no_record = |error: serde_json::Error| {
        let message: String = error.to_string().chars().take(200).collect();
        RowIssue::whole(format!("this is no record: {message}"))
    };
    let mut value: Value = serde_json::from_slice(text).map_err(no_record)?;
    let source = match value.as_object_mut().and_then(|object| object.shift_remove("source")) {
        Some(name) if kind == ImportKind::Records => source_of(&name)?,
        _ => None,
    };
    let record: Record = serde_json::from_value(value).map_err(no_record)?;
    if !belongs(kind, record.kind()) {
        return Err(RowIssue::at("kind", format!("{} does not belong in this import", record.kind())));
    }
    Ok((source, sound(record)?))
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
