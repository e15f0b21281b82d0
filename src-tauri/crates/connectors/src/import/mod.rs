//! Shifts and incidents from files: CSV, and JSON Lines in Fairlead's own schema. See README.md beside this.
//!
//! Nothing here opens a file or knows a database: bytes come in, records and remarks go out. Reading the same file again
//! gives the same keys.

mod catalog;
mod column;
mod incident;
mod line_end;
mod lines;
mod mapping;
mod moment;
mod outcome;
mod people;
mod shift;
mod table;

#[cfg(test)]
mod tests;

use std::io::BufRead;
use std::path::Path;

use thiserror::Error;

pub use catalog::{Catalog, CatalogAlias, CatalogFault, CatalogService};
pub use mapping::{Mapping, SeverityRule};
pub use outcome::{Imported, RowIssue};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    /// Shifts, with their schedules and people.
    Shifts,
    /// Incidents, with their services and people.
    Incidents,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Values with a delimiter, the first row naming the columns.
    Csv,
    /// One JSON object a line.
    JsonLines,
}

impl Format {
    /// The format by the file's name, else by how its content begins.
    #[must_use]
    pub fn of(path: &Path, beginning: &[u8]) -> Self {
        let extension = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        match extension.as_deref() {
            Some("jsonl" | "ndjson" | "json") => Self::JsonLines,
            Some("csv" | "tsv" | "txt") => Self::Csv,
            _ => {
                let text = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
                let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
                if first == Some(&b'{') { Self::JsonLines } else { Self::Csv }
            }
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
    let rules = mapping.check(kind, home)?;
    match format {
        Format::Csv => table::read(kind, input, mapping, &rules),
        Format::JsonLines => lines::read(kind, input),
    }
}
