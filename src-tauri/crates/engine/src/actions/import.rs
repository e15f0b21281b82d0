//! Stores shifts or incidents out of a file.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use fairlead_connectors::import::{Format, ImportKind, Mapping, RowIssue, read};
use fairlead_domain::record::{Item, Record};
use fairlead_domain::{Timestamp, Window};
use fairlead_store::synced::{Counts, Writer};
use serde::Serialize;
use specta::Type;

use crate::EngineError;
use crate::config::{Scope, UNMATCHED_NAME};
use crate::sync::{SyncLock, known};
use crate::views::answer::Warning;
use crate::views::oncall::SHIFTS;
use crate::workspace::Workspace;

/// The source that rows come to when the mapping names none.
const DEFAULT_SOURCE: &str = "import";
/// The kind of a source that is a file.
const KIND: &str = "import";

/// What an import did, or would do.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ImportReport {
    /// When.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// Rows that were left out or read with doubt.
    pub warnings: Vec<Warning>,
    /// The source that the rows belong to.
    pub source: String,
    /// Nothing was stored.
    pub dry_run: bool,
    /// Rows of the file.
    pub rows: u32,
    /// Rows that could not be read.
    pub skipped: u32,
    /// Facts that were not there.
    pub inserted: u32,
    /// Facts whose content changed.
    pub updated: u32,
    /// Facts that are there already.
    pub unchanged: u32,
}

/// Reads `file` and stores what it holds, or, with `dry_run`, only says what would be stored. Storing the same file
/// again changes nothing.
///
/// # Errors
/// [`EngineError::Import`] when nothing can be read, [`EngineError::Busy`] while another process writes.
pub async fn import(
    workspace: &Workspace,
    file: &Path,
    kind: &str,
    mapping: &Mapping,
    dry_run: bool,
) -> Result<ImportReport, EngineError> {
    let kind = kind_of(kind)?;
    let _lock = SyncLock::take(&workspace.dir)?;
    let as_of = workspace.clock.now();
    let imported = read_file(file, kind, mapping, workspace.config.workspace.timezone)?;
    let source = mapping.source.clone().unwrap_or_else(|| DEFAULT_SOURCE.to_owned());
    check_source(workspace, &source)?;
    let mut scope = known::scope_of(workspace, &source, &Scope::of(&workspace.config), as_of).await?;
    let items = scope.admit_all(&source, imported.items);
    let unmatched = scope.unmatched().map(|message| Warning::of_source(UNMATCHED_NAME, &source, message));
    let counts = store(workspace, &source, kind, items, as_of, dry_run).await?;
    let issues = imported.skipped.iter().map(|issue| warning("row_skipped", issue));
    let doubts = imported.doubtful.iter().map(|issue| warning("row_doubtful", issue));
    Ok(ImportReport {
        as_of,
        warnings: issues.chain(doubts).chain(unmatched).collect(),
        source,
        dry_run,
        rows: small(imported.rows),
        skipped: small(imported.skipped_rows),
        inserted: small(counts.inserted),
        updated: small(counts.updated),
        unchanged: small(counts.unchanged),
    })
}

fn read_file(
    file: &Path,
    kind: ImportKind,
    mapping: &Mapping,
    zone: chrono_tz::Tz,
) -> Result<fairlead_connectors::import::Imported, EngineError> {
    let mut input = BufReader::new(File::open(file).map_err(|error| unreadable(file, &error))?);
    let format = Format::of(file, input.fill_buf().map_err(|error| unreadable(file, &error))?);
    Ok(read(kind, format, input, mapping, zone)?)
}

/// A file that was named and cannot be read.
fn unreadable(file: &Path, error: &std::io::Error) -> EngineError {
    EngineError::Usage { message: format!("{} cannot be read: {error}", file.display()) }
}

/// What a word of the command line means.
fn kind_of(word: &str) -> Result<ImportKind, EngineError> {
    match word {
        "shifts" => Ok(ImportKind::Shifts),
        "incidents" => Ok(ImportKind::Incidents),
        other => Err(EngineError::Usage { message: format!("cannot import {other:?}: write shifts or incidents") }),
    }
}

/// The mapping in a TOML file; without one, the default columns.
///
/// # Errors
/// [`EngineError::Usage`] when it cannot be read, and with line and column when it is wrong.
pub fn mapping_of(file: Option<&Path>) -> Result<Mapping, EngineError> {
    let Some(path) = file else { return Ok(Mapping::default()) };
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    toml::from_str(&text)
        .map_err(|error| EngineError::Usage { message: format!("{} is no mapping: {error}", path.display()) })
}

/// Rows of a file never mix with those of a configured upstream.
fn check_source(workspace: &Workspace, name: &str) -> Result<(), EngineError> {
    let valid = fairlead_domain::source::is_source_name(name);
    if valid && workspace.config.source(name).is_none() {
        return Ok(());
    }
    let message = if valid {
        format!("{name:?} is a configured source; an import needs a name of its own")
    } else {
        format!("{name:?} cannot name a source: use letters, digits, _ - or .")
    };
    Err(EngineError::Usage { message })
}

async fn store(
    workspace: &Workspace,
    source: &str,
    kind: ImportKind,
    items: Vec<Item>,
    now: Timestamp,
    dry_run: bool,
) -> Result<Counts, EngineError> {
    let stream = match kind {
        ImportKind::Shifts => SHIFTS,
        ImportKind::Incidents => "incidents",
    };
    let source = source.to_owned();
    let covered = span(&items);
    let write = move |w: &mut Writer<'_>| {
        let id = w.ensure_source(&source, KIND, now)?;
        let mut counts = Counts::default();
        for batch in items.chunks(1_000) {
            counts.add(w.apply(id, stream, batch, now)?);
        }
        if let Some(window) = covered {
            w.extend_coverage(id, stream, window)?;
        }
        Ok(counts)
    };
    let synced = &workspace.synced;
    Ok(if dry_run { synced.rehearse(write).await? } else { synced.write(write).await? })
}

/// The time that a file of shifts speaks of: from its first start to its last end.
fn span(items: &[Item]) -> Option<Window> {
    let shifts = items.iter().filter_map(|item| match &item.record {
        Record::Shift(shift) => Some(shift.window()),
        _ => None,
    });
    shifts.reduce(|a, b| Window::new(a.start.min(b.start), a.end.max(b.end)))
}

fn warning(code: &str, issue: &RowIssue) -> Warning {
    let column = issue.column.as_ref().map_or_else(String::new, |column| format!(", column {column}"));
    Warning::general(code, format!("line {}{column}: {}", issue.line, issue.message))
}

fn small(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
