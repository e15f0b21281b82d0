//! CSV, row by row.

use std::io::{BufRead, Read};

use csv::ByteRecord;
use fairlead_domain::{Record, Timestamp};

use super::column::Columns;
use super::line_end::LineEnds;
use super::mapping::{Mapping, Rules, key};
use super::outcome::{Collected, Imported, RowIssue};
use super::preset::Preset;
use super::{ImportError, ImportKind, duration, header_zone, incident, moment, shift};
use crate::ical::zone_by_name;

/// A row with its columns.
pub(super) struct Row<'r> {
    columns: &'r Columns,
    values: &'r [String],
    rules: &'r Rules,
}

impl<'r> Row<'r> {
    /// A field's value, else what the mapping says for every row; `None` when there is neither.
    pub(super) fn value(&self, field: &str) -> Option<&'r str> {
        let own = self.columns.value(self.values, field).filter(|value| !self.rules.blank.contains(&key(value)));
        own.or_else(|| self.rules.values.get(field).map(String::as_str))
    }

    /// A length of time in milliseconds; `None` when it is blank or none, which is said.
    pub(super) fn duration(&self, field: &str, doubts: &mut Vec<RowIssue>) -> Option<i64> {
        let text = self.value(field)?;
        let read = duration::read(text);
        if read.is_none() {
            doubts.push(RowIssue::at(self.header(field), "this is no length of time; it was left out"));
        }
        read
    }

    /// What the file calls a field.
    pub(super) fn header(&self, field: &str) -> &str {
        self.columns.header(field)
    }

    /// A value is missing that the row cannot do without.
    pub(super) fn blank(&self, field: &str) -> RowIssue {
        RowIssue::at(self.header(field), format!("{field} is blank"))
    }

    /// The zone of the row's times.
    pub(super) fn zone(&self, rules: &Rules) -> Result<chrono_tz::Tz, RowIssue> {
        match self.value("tz") {
            None => Ok(rules.zone),
            Some(name) => zone_by_name(name).ok_or_else(|| {
                RowIssue::at(self.header("tz"), "this zone is not known; write for example Europe/Berlin")
            }),
        }
    }

    /// A time; `None` when it is blank.
    pub(super) fn time(
        &self,
        field: &str,
        zone: chrono_tz::Tz,
        rules: &Rules,
        doubts: &mut Vec<RowIssue>,
    ) -> Result<Option<Timestamp>, RowIssue> {
        let Some(text) = self.value(field) else { return Ok(None) };
        let read = moment::read(text, zone, rules).map_err(|message| RowIssue::at(self.header(field), message))?;
        doubts.extend(read.doubt.map(|doubt| RowIssue::at(self.header(field), doubt)));
        Ok(Some(read.at))
    }
}

/// Reads a file with a header. `home` is the zone of times that name none.
pub(super) fn read(
    kind: ImportKind,
    mut input: impl BufRead,
    mapping: &Mapping,
    home: chrono_tz::Tz,
) -> Result<Imported, ImportError> {
    mapping.check(kind, home)?;
    let delimiter = look(&mut input, mapping)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(LineEnds::of(input));
    let mut record = ByteRecord::new();
    let headers = loop {
        if !reader.read_byte_record(&mut record).map_err(|error| unreadable(&error))? {
            return Err(ImportError::Empty);
        }
        let headers = texts(&record);
        if headers.iter().any(|header| !header.trim().is_empty()) {
            break headers;
        }
    };
    let mut collected = Collected::default();
    let header = Header::of(kind, headers, mapping, home, &mut collected)?;
    while reader.read_byte_record(&mut record).map_err(|error| unreadable(&error))? {
        // The reader's own position of a record lies before the blank lines in front of it.
        let within = record.iter().flatten().filter(|byte| **byte == b'\n').count() as u64;
        let line = reader.position().line().saturating_sub(within + 1);
        header.take(line, &texts(&record), &mut collected);
    }
    Ok(collected.finish())
}

/// A header that was understood.
pub(super) struct Header {
    kind: ImportKind,
    columns: Columns,
    rules: Rules,
}

impl Header {
    /// Understands a header, by itself when the mapping says nothing; what was found is noted in `collected`.
    pub(super) fn of(
        kind: ImportKind,
        headers: Vec<String>,
        mapping: &Mapping,
        home: chrono_tz::Tz,
        collected: &mut Collected,
    ) -> Result<Self, ImportError> {
        let preset = if *mapping == Mapping::default() { Preset::recognise(kind, &headers) } else { None };
        let recognised = preset.map(|preset| preset.mapping()).transpose()?;
        let mapping = recognised.as_ref().unwrap_or(mapping);
        let mut rules = mapping.check(kind, home)?;
        let columns = Columns::find(kind, headers, mapping)?;
        let needed: &[&[&str]] = match kind {
            ImportKind::Shifts => &[&["start"], &["end"], &["person_email", "person"]],
            ImportKind::Incidents => &[&["id"], &["created"]],
            ImportKind::Records => return Err(ImportError::NoTable),
        };
        needed.iter().try_for_each(|fields| columns.need(fields))?;
        collected.understood(preset.map(Preset::name), mapping.source.clone());
        if let Some((zone, doubt)) = header_zone::judge(&columns, rules.zone) {
            rules.zone = zone;
            collected.doubt(1, vec![doubt]);
        }
        Ok(Self { kind, columns, rules })
    }

    /// Takes a row.
    pub(super) fn take(&self, line: u64, values: &[String], collected: &mut Collected) {
        take(self.kind, &self.columns, &self.rules, (line, values), collected);
    }
}

fn take(
    kind: ImportKind,
    columns: &Columns,
    rules: &Rules,
    (line, values): (u64, &[String]),
    collected: &mut Collected,
) {
    if values.iter().all(|value| value.trim().is_empty()) {
        return;
    }
    let beyond = values.get(columns.width()..).unwrap_or_default();
    if values.len() < columns.width() || beyond.iter().any(|value| !value.trim().is_empty()) {
        let message = format!("the row has {} values, the header {}", values.len(), columns.width());
        collected.skip(line, RowIssue::whole(message));
        return;
    }
    let row = Row { columns, values, rules };
    let mut doubts = Vec::new();
    let records: Result<Vec<Record>, RowIssue> = match kind {
        ImportKind::Shifts => shift::records(&row, rules, &mut doubts),
        ImportKind::Incidents => incident::records(&row, rules, &mut doubts),
        ImportKind::Records => Ok(Vec::new()),
    };
    match records {
        Ok(records) if records.is_empty() => collected.skip(line, RowIssue::whole("left out by the mapping")),
        Ok(records) => {
            collected.take(line, records);
            collected.doubt(line, doubts);
        }
        Err(issue) => collected.skip(line, issue),
    }
}

/// Passes over a byte order mark and finds the delimiter: the configured one, else the one that the first line has most of.
fn look(input: &mut impl BufRead, mapping: &Mapping) -> Result<u8, ImportError> {
    let beginning = input.fill_buf().map_err(|error| ImportError::Unreadable { reason: error.kind().to_string() })?;
    if beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff") {
        return Err(ImportError::Encoding);
    }
    let mark = if beginning.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let text = beginning.get(mark..).unwrap_or_default();
    let line = text.trim_ascii_start().split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let count = |delimiter: u8| line.iter().filter(|byte| **byte == delimiter).count();
    let most = [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(|delimiter| count(*delimiter));
    let configured = mapping.delimiter.and_then(|c| u8::try_from(c).ok());
    input.consume(mark);
    Ok(configured.or(most).unwrap_or(b','))
}

/// The values as text. What is not UTF-8 is read as Latin-1, as old spreadsheets write it.
fn texts(record: &ByteRecord) -> Vec<String> {
    let text = |value: &[u8]| match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        Err(_) => value.iter().map(|byte| char::from(*byte)).collect(),
    };
    record.iter().map(text).collect()
}

fn unreadable(error: &csv::Error) -> ImportError {
    let reason = match error.kind() {
        csv::ErrorKind::Io(error) => error.kind().to_string(),
        _ => "it is no table".to_owned(),
    };
    ImportError::Unreadable { reason }
}

/// The longest line of JSON Lines that is read, in bytes.
pub(super) const MAX_LINE: u64 = 1 << 20;

/// Reads one line of at most [`MAX_LINE`] bytes into `line`; returns how many bytes the whole line had, 0 at the end.
pub(super) fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> Result<u64, ImportError> {
    let failed = |error: std::io::Error| ImportError::Unreadable { reason: error.kind().to_string() };
    line.clear();
    let mut length = input.by_ref().take(MAX_LINE + 1).read_until(b'\n', line).map_err(failed)? as u64;
    let mut rest = Vec::new();
    while length > MAX_LINE && !line.ends_with(b"\n") && !rest.ends_with(b"\n") {
        rest.clear();
        let more = input.by_ref().take(MAX_LINE).read_until(b'\n', &mut rest).map_err(failed)? as u64;
        if more == 0 {
            break;
        }
        length = length.saturating_add(more);
    }
    Ok(length)
}
