//! An API's answer as a table: one JSON object whose `results` are flat objects.

use std::io::BufRead;

use serde_json::Value;

use super::mapping::Mapping;
use super::outcome::{Collected, Imported};
use super::table::Header;
use super::{ImportError, ImportKind};

/// The largest answer that is read, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// Whether a file begins like an answer: an object that names `results` early and no kind of record.
pub(super) fn begins(text: &[u8]) -> bool {
    let head = String::from_utf8_lossy(text.get(..text.len().min(400)).unwrap_or_default());
    head.starts_with('{') && head.contains("\"results\"") && !head.contains("\"kind\"")
}

/// Reads an answer; the line of a row is its place in the list.
pub(super) fn read(
    kind: ImportKind,
    input: impl BufRead,
    mapping: &Mapping,
    home: chrono_tz::Tz,
) -> Result<Imported, ImportError> {
    let answer: Value = serde_json::from_reader(input.take(MAX_BYTES)).map_err(|error| {
        let reason: String = error.to_string().chars().take(200).collect();
        ImportError::Unreadable { reason }
    })?;
    let rows: Vec<_> = answer.get("results").and_then(Value::as_array).into_iter().flatten().collect();
    let Some(Value::Object(first)) = rows.first() else { return Err(ImportError::Empty) };
    let headers: Vec<String> = first.keys().cloned().collect();
    let mut collected = Collected::default();
    let header = Header::of(kind, headers.clone(), mapping, home, &mut collected)?;
    for (row, line) in rows.iter().zip(1..) {
        let values: Vec<String> = headers.iter().map(|key| text(row.get(key))).collect();
        header.take(line, &values, &mut collected);
    }
    Ok(collected.finish())
}

fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(value @ (Value::Number(_) | Value::Bool(_))) => value.to_string(),
        _ => String::new(),
    }
}
