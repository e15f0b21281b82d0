//! What is wrong in a configuration file, and where.

use std::fmt;
use std::ops::Range;

use thiserror::Error;

/// A place in a file. Both count from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// One finding in a configuration file. It never holds a value that may be a secret.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}:{line}:{column}: {message}{}", hint.as_deref().map(|h| format!(" ({h})")).unwrap_or_default())]
pub struct ConfigError {
    /// The file, relative to the workspace folder.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
    /// A stable code, for example `unknown_key`.
    pub code: &'static str,
}

/// Everything that is wrong, in the order of files and lines; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigErrors(pub Vec<ConfigError>);

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for ConfigErrors {}

/// Where the lines of a file begin.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    text: String,
    starts: Vec<usize>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text: text.to_owned(), starts }
    }

    pub(super) fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let before = self.text.get(start..offset.min(self.text.len())).unwrap_or_default();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: number(line), column: number(before.trim_start_matches('\u{feff}').chars().count() + 1) }
    }
}

/// What was found so far in one file.
#[derive(Debug)]
pub(super) struct Findings {
    file: String,
    lines: Lines,
    pub(super) errors: Vec<ConfigError>,
    pub(super) warnings: Vec<ConfigError>,
}

impl Findings {
    pub(super) fn of(file: &str, text: &str) -> Self {
        Self { file: file.to_owned(), lines: Lines::of(text), errors: Vec::new(), warnings: Vec::new() }
    }

    pub(super) fn position(&self, at: &Range<usize>) -> Position {
        self.lines.position(at.start)
    }

    pub(super) fn error(&mut self, at: &Range<usize>, code: &'static str, message: String, hint: Option<String>) {
        let found = self.finding(at, code, message, hint);
        self.errors.push(found);
    }

    pub(super) fn warn(&mut self, at: &Range<usize>, code: &'static str, message: String, hint: Option<String>) {
        let found = self.finding(at, code, message, hint);
        self.warnings.push(found);
    }

    fn finding(&self, at: &Range<usize>, code: &'static str, message: String, hint: Option<String>) -> ConfigError {
        let Position { line, column } = self.position(at);
        ConfigError { file: self.file.clone(), line, column, message, hint, code }
    }
}

/// `did you mean "x"?` with the nearest of `known`, when one is near enough to be meant.
pub(super) fn suggestion<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let near = known.into_iter().map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate)).min()?;
    let limit = (word.chars().count() / 3).clamp(1, 3);
    (near.0 <= limit).then(|| format!("did you mean \"{}\"?", near.1))
}

/// The words as a list for a message: `"a", "b" or "c"`.
pub(super) fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
