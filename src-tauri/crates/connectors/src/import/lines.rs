//! JSON Lines: one record a line, in the schema of `fairlead_domain::Record`.

use std::io::BufRead;

use fairlead_domain::text::clean_line;
use fairlead_domain::{Record, RecordKind};

use super::outcome::{Collected, Imported, RowIssue};
use super::table::{MAX_LINE, read_line};
use super::{ImportError, ImportKind};
use crate::phone::without_phones;

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
            Ok(record) => collected.take(line, vec![record]),
            Err(issue) => collected.skip(line, issue),
        }
    }
}

fn record(kind: ImportKind, length: u64, text: &[u8]) -> Result<Record, RowIssue> {
    if length > MAX_LINE {
        return Err(RowIssue::whole("the line is longer than 1 MiB"));
    }
    let record: Record = serde_json::from_slice(text).map_err(|error| {
        let message: String = error.to_string().chars().take(200).collect();
        RowIssue::whole(format!("this is no record: {message}"))
    })?;
    if !belongs(kind, record.kind()) {
        return Err(RowIssue::at("kind", format!("{} does not belong in this import", record.kind())));
    }
    sound(record)
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
