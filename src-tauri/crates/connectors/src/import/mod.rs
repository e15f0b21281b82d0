//! Shifts and incidents from files: CSV, and JSON Lines as rows or in Fairlead's own schema. See README.md beside this.
//!
//! Nothing here opens a file or knows a database: bytes come in, records and remarks go out. Reading the same file again
//! gives the same keys.

mod catalog;
mod column;
mod duration;
mod header_zone;
mod incident;
mod line_end;
mod lines;
mod mapping;
mod moment;
mod outcome;
mod people;
mod preset;
mod results;
mod shift;
mod table;

#[cfg(test)]
mod preset_tests;
#[cfg(test)]
mod tests;

use std::io::BufRead;
use std::path::Path;

use thiserror::Error;

pub use catalog::{Catalog, CatalogAlias, CatalogFault, CatalogService};
pub use mapping::{Mapping, SeverityRule};
pub use outcome::{Imported, RowIssue};
pub use preset::Preset;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    /// Shifts, with their schedules and people.
    Shifts,
    /// Incidents, with their services and people.
    Incidents,
    /// Records of any kind, as an export writes them: JSON Lines only.
    Records,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Values with a delimiter, the first row naming the columns.
    Csv,
    /// One JSON object a line.
    JsonLines,
    /// One JSON object with a list `results`, as an API answers.
    Results,
}

impl Format {
    /// The format by the file's name, else by how its content begins.
    #[must_use]
    pub fn of(path: &Path, beginning: &[u8]) -> Self {
        let text = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning).trim_ascii_start();
        if results::begins(text) {
            return Self::Results;
        }
        let extension = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        match extension.as_deref() {
            Some("jsonl" | "ndjson" | "json") => Self::JsonLines,
            Some("csv" | "tsv" | "txt") => Self::Csv,
            _ if text.first() == Some(&b'{') => Self::JsonLines,
            _ => Self::Csv,
        }
    }
}

/// Why a file cannot be imported at all. Faults of single rows are [`RowIssue`]s.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportError {
    /// The file broke off.
    #[error("the file cannot be read: {reason}")]
    Unreadable {
        /// Why.
        reason: String,
    },
    /// It is not text that can be read.
    #[error("the file is UTF-16: save it as UTF-8")]
    Encoding,
    /// There is nothing in it.
    #[error("the file is empty: its first row must name the columns")]
    Empty,
    /// A column is missing that no row can do without.
    #[error("there is no column for {field} (found: {found}): name it under [columns] in the mapping file")]
    MissingColumn {
        /// What the column is for.
        field: String,
        /// The columns that are there.
        found: String,
    },
    /// Records of any kind cannot be columns of a table.
    #[error("records are read from JSON Lines (.jsonl); from a table write --kind shifts or incidents")]
    NoTable,
    /// The mapping says something that cannot be.
    #[error("mapping: {key}: {message}")]
    Mapping {
        /// The key.
        key: String,
        /// What is wrong, and what to write.
        message: String,
    },
}

impl ImportError {
    /// A stable code that consumers switch on.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "file",
            Self::Encoding => "encoding",
            Self::Empty => "empty",
            Self::MissingColumn { .. } => "missing_column",
            Self::NoTable => "no_table",
            Self::Mapping { .. } => "mapping",
        }
    }
}

/// Reads a file. `home` is the zone of times that name none, unless the row or the mapping names one.
///
/// # Errors
/// Returns why nothing can be read. What is wrong with single rows is in [`Imported::skipped`]; the others are read.
pub fn read(
    kind: ImportKind,
    format: Format,
    input: impl BufRead,
    mapping: &Mapping,
    home: chrono_tz::Tz,
) -> Result<Imported, ImportError> {
    match format {
        Format::Csv => table::read(kind, input, mapping, home),
        Format::JsonLines => lines::read(kind, input, mapping, home),
        Format::Results => results::read(kind, input, mapping, home),
    }
}
