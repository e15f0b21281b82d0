//! Stores shifts or incidents out of a file.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use fairlead_connectors::import::{Format, ImportKind, Imported, Mapping, Preset, RowIssue, read};
use fairlead_domain::record::{Item, Record};
use fairlead_domain::{Timestamp, Window};
use fairlead_store::synced::{Counts, Writer};
use serde::Serialize;
use specta::Type;

use super::export::record_files;
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
    /// The known export that the file was read as: the one asked for, or the one recognised in its columns.
    pub preset: Option<String>,
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

/// How a file is to be read.
#[derive(Debug, Clone, Default)]
pub struct ImportAs {
    /// `shifts`, `incidents` or `records`.
    pub kind: String,
    /// The name of a known export.
    pub preset: Option<String>,
    /// A mapping file; it goes before the preset.
    pub map: Option<PathBuf>,
}

/// Reads `file` and stores what it holds, or, with `dry_run`, only says what would be stored. Storing the same file
/// again changes nothing.
///
/// # Errors
/// [`EngineError::Import`] when nothing can be read, [`EngineError::Busy`] while another process writes.
pub async fn import(
    workspace: &Workspace,
    file: &Path,
    wanted: &ImportAs,
    dry_run: bool,
) -> Result<ImportReport, EngineError> {
    let kind = kind_of(&wanted.kind)?;
    let mapping = mapping_of(kind, wanted)?;
    let _lock = SyncLock::take(&workspace.dir)?;
    let as_of = workspace.clock.now();
    let zone = workspace.config.workspace.timezone;
    let imported =
        if file.is_dir() { read_export(file, kind, &mapping, zone)? } else { read_file(file, kind, &mapping, zone)? };
    let source = imported.source.unwrap_or_else(|| DEFAULT_SOURCE.to_owned());
    let mut by_source = imported.by_source;
    if by_source.is_empty() || !imported.items.is_empty() {
        by_source.entry(source).or_default().splice(0..0, imported.items);
    }
    for name in by_source.keys() {
        check_source(workspace, name)?;
    }
    let sources: Vec<String> = by_source.keys().cloned().collect();
    let mapped = crate::mapping::Mapping::at(workspace, as_of).await?;
    let mut admitted = Vec::new();
    let mut unmatched = Vec::new();
    for (name, items) in by_source {
        let mut scope = known::scope_of(workspace, &name, &Scope::of(&mapped.config), as_of).await?;
        let items = scope.admit_all(&name, items);
        unmatched.extend(scope.unmatched().map(|message| Warning::of_source(UNMATCHED_NAME, &name, message)));
        admitted.push((name, items));
    }
    let counts = store(workspace, kind, admitted.into_iter().collect(), as_of, dry_run).await?;
    let issues = imported.skipped.iter().map(|issue| warning("row_skipped", issue));
    let doubts = imported.doubtful.iter().map(|issue| warning("row_doubtful", issue));
    Ok(ImportReport {
        as_of,
        warnings: issues.chain(doubts).chain(unmatched).collect(),
        source: sources.join(", "),
        preset: wanted.preset.clone().or_else(|| imported.preset.map(str::to_owned)),
        dry_run,
        rows: small(imported.rows),
        skipped: small(imported.skipped_rows),
        inserted: small(counts.inserted),
        updated: small(counts.updated),
        unchanged: small(counts.unchanged),
    })
}

fn read_file(file: &Path, kind: ImportKind, mapping: &Mapping, zone: chrono_tz::Tz) -> Result<Imported, EngineError> {
    let mut input = BufReader::new(File::open(file).map_err(|error| unreadable(file, &error))?);
    let format = Format::of(file, input.fill_buf().map_err(|error| unreadable(file, &error))?);
    Ok(read(kind, format, input, mapping, zone)?)
}

/// A file that was named and cannot be read.
fn unreadable(file: &Path, error: &std::io::Error) -> EngineError {
    EngineError::Usage { message: format!("{} cannot be read: {error}", file.display()) }
}

/// Reads the folder of an export, file by file, as its manifest lists them.
fn read_export(dir: &Path, kind: ImportKind, mapping: &Mapping, zone: chrono_tz::Tz) -> Result<Imported, EngineError> {
    if kind != ImportKind::Records {
        let message = format!("{} is a folder: import an export with --kind records", dir.display());
        return Err(EngineError::Usage { message });
    }
    let mut all = Imported::default();
    for file in record_files(dir)? {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        let one = read_file(&file, kind, mapping, zone)?;
        let told = |issues: Vec<RowIssue>| {
            issues.into_iter().map(|issue| RowIssue { file: name.clone(), ..issue }).collect::<Vec<_>>()
        };
        all.items.extend(one.items);
        for (source, items) in one.by_source {
            all.by_source.entry(source).or_default().extend(items);
        }
        all.rows += one.rows;
        all.skipped_rows += one.skipped_rows;
        all.skipped.extend(told(one.skipped));
        all.doubtful.extend(told(one.doubtful));
        all.source = one.source;
    }
    Ok(all)
}

/// What a word of the command line means.
fn kind_of(word: &str) -> Result<ImportKind, EngineError> {
    match word {
        "shifts" => Ok(ImportKind::Shifts),
        "incidents" => Ok(ImportKind::Incidents),
        "records" => Ok(ImportKind::Records),
        other => {
            Err(EngineError::Usage { message: format!("cannot import {other:?}: write shifts, incidents or records") })
        }
    }
}

/// The mapping file over the preset; without either, the default columns.
fn mapping_of(kind: ImportKind, wanted: &ImportAs) -> Result<Mapping, EngineError> {
    let preset = match &wanted.preset {
        Some(name) => Preset::named(kind, name)?.mapping()?,
        None => Mapping::default(),
    };
    let Some(path) = &wanted.map else { return Ok(preset) };
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    let own: Mapping = toml::from_str(&text)
        .map_err(|error| EngineError::Usage { message: format!("{} is no mapping: {error}", path.display()) })?;
    Ok(own.over(preset))
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
    kind: ImportKind,
    by_source: BTreeMap<String, Vec<Item>>,
    now: Timestamp,
    dry_run: bool,
) -> Result<Counts, EngineError> {
    let stream = match kind {
        ImportKind::Shifts => SHIFTS,
        ImportKind::Incidents => "incidents",
        ImportKind::Records => "records",
    };
    let write = move |w: &mut Writer<'_>| {
        let mut counts = Counts::default();
        for (source, items) in &by_source {
            let id = w.ensure_source(source, KIND, now)?;
            for batch in items.chunks(1_000) {
                counts.add(w.apply(id, stream, batch, now)?);
            }
            if let Some(window) = span(items) {
                w.extend_coverage(id, SHIFTS, window)?;
            }
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
    let file = issue.file.as_ref().map_or_else(String::new, |file| format!("{file}, "));
    Warning::general(code, format!("{file}line {}{column}: {}", issue.line, issue.message))
}

fn small(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
