//! Edits `fairlead.toml` in place: what is not edited stays as it is, comments and spacing included.

use std::io::Write;
use std::path::{Path, PathBuf};

use thiserror::Error;
use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

pub use super::rename::{rename_in_included, rename_source};

/// Why an edit was not made.
#[derive(Debug, Error)]
pub enum EditError {
    /// The file is no TOML, so nothing in it can be found.
    #[error("fairlead.toml is no TOML: mend it first ({0})")]
    Syntax(String),
    /// What was to be edited is not there.
    #[error("there is no {0} in fairlead.toml")]
    Missing(String),
    /// Something else stands where the edit must go.
    #[error("{0} cannot be edited: it is no table")]
    NoTable(String),
    /// The new name is taken, or cannot name a source.
    #[error("{0:?} cannot name the source: {1}")]
    Name(String, &'static str),
    /// The file could not be written; the old one is untouched.
    #[error("{path} cannot be written: {reason}")]
    Write {
        /// Which file.
        path: PathBuf,
        /// Why.
        reason: std::io::Error,
    },
}

impl EditError {
    /// A stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Syntax(_) => "toml_syntax",
            Self::Missing(_) => "not_found",
            Self::NoTable(_) => "wrong_type",
            Self::Name(..) => "bad_name",
            Self::Write { .. } => "file",
        }
    }
}

/// The text with `value` at `path`. Tables on the way are made when missing; `path` goes through a list of tables by
/// the `name` of its entry, for example `["source", "pd", "token"]`.
///
/// # Errors
/// When an entry is missing or something else than a table stands on the way.
pub fn set(text: &str, path: &[&str], value: impl Into<Value>) -> Result<String, EditError> {
    let mut document = parse(text)?;
    let Some((last, way)) = path.split_last() else {
        return Err(EditError::Missing("path".to_owned()));
    };
    let table = descend(document.as_table_mut(), way, &path.join("."))?;
    put(table, last, value.into());
    Ok(document.to_string())
}

/// The text without what stands at `path`, which is as in [`set`]. A key that is not there is no fault.
///
/// # Errors
/// When an entry is missing or something else than a table stands on the way.
pub fn unset(text: &str, path: &[&str]) -> Result<String, EditError> {
    let mut document = parse(text)?;
    let Some((last, way)) = path.split_last() else {
        return Err(EditError::Missing("path".to_owned()));
    };
    descend(document.as_table_mut(), way, &path.join("."))?.remove(last);
    Ok(document.to_string())
}

/// The text with a new `[[source]]` at its end.
///
/// # Errors
/// When the name is taken or cannot name a source, or the file is no TOML.
pub fn add_source(text: &str, name: &str, kind: &str, settings: &[(String, Value)]) -> Result<String, EditError> {
    super::rename::free_name(text, name)?;
    let mut added = text.trim_end().to_owned();
    if !added.is_empty() {
        added.push_str("\n\n");
    }
    added.push_str("[[source]]\n");
    for (key, value) in [("name", Value::from(name)), ("kind", Value::from(kind))] {
        added.push_str(&line(key, &value));
    }
    for (key, value) in settings {
        added.push_str(&line(key, value));
    }
    Ok(added)
}

fn line(key: &str, value: &Value) -> String {
    format!("{} = {}\n", toml_edit::Key::new(key).display_repr(), value.to_string().trim())
}

/// The text without the source `name`. What mentions it elsewhere stays, and is warned of.
///
/// # Errors
/// When the file is no TOML, or there is no such source.
pub fn remove_source(text: &str, name: &str) -> Result<String, EditError> {
    let mut document = parse(text)?;
    let missing = || EditError::Missing(format!("source \"{name}\""));
    let sources = document.get_mut("source").and_then(Item::as_array_of_tables_mut).ok_or_else(missing)?;
    let named = |table: &Table| table.get("name").and_then(Item::as_str) == Some(name);
    let at = sources.iter().position(named).ok_or_else(missing)?;
    sources.remove(at);
    Ok(document.to_string())
}

/// Writes `text` in place of the file: a whole new file with the old one's mode takes its name, so that a reader or a
/// crash meets one of the two. A file that was not there is made readable to its owner alone.
///
/// # Errors
/// When it cannot be written; the old file is then untouched.
pub fn write(path: &Path, text: &str) -> Result<(), EditError> {
    // A link keeps pointing to the file that is edited.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut beside = path.clone().into_os_string();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    replace(path, &beside, text).map_err(|reason| {
        if let Err(error) = std::fs::remove_file(&beside) {
            tracing::debug!(%error, "no half-written file was left");
        }
        EditError::Write { path: path.clone(), reason }
    })
}

fn replace(path: &Path, beside: &Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(beside)?;
    match std::fs::metadata(path) {
        Ok(about) => file.set_permissions(about.permissions())?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(beside, path)
}

fn parse(text: &str) -> Result<DocumentMut, EditError> {
    text.parse().map_err(|error: toml_edit::TomlError| EditError::Syntax(error.message().to_owned()))
}

fn is_named(table: &dyn TableLike, key: &str, name: &str) -> bool {
    table.get(key).and_then(Item::as_str) == Some(name)
}

/// Puts `value` at `key` and keeps what stands around an old one.
fn put(table: &mut dyn TableLike, key: &str, mut value: Value) {
    match table.get_mut(key) {
        Some(Item::Value(old)) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        _ => {
            table.insert(key, Item::Value(value));
        }
    }
}

fn descend<'t>(
    mut table: &'t mut dyn TableLike,
    way: &[&str],
    whole: &str,
) -> Result<&'t mut dyn TableLike, EditError> {
    let mut way = way.iter();
    while let Some(key) = way.next() {
        if table.get(key).is_none() {
            table.insert(key, Item::Table(Table::new()));
        }
        let item = table.get_mut(key).ok_or_else(|| EditError::Missing(whole.to_owned()))?;
        table = match item {
            Item::ArrayOfTables(tables) => {
                let name = way.next().copied().unwrap_or_default();
                let named = tables.iter_mut().find(|table| is_named(*table, "name", name));
                named.ok_or_else(|| EditError::Missing(format!("{key} \"{name}\"")))?
            }
            other => other.as_table_like_mut().ok_or_else(|| EditError::NoTable(whole.to_owned()))?,
        };
    }
    Ok(table)
}

#[cfg(test)]
#[path = "edit_tests.rs"]
mod tests;
