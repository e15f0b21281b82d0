//! Reading one table: what is known, what is required, what type is due.

use std::ops::Range;

use super::document::{Node, NodeValue, Table};
use super::fault::{Findings, one_of, suggestion};

/// A text and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Text<'a> {
    pub(super) text: &'a str,
    pub(super) at: &'a Range<usize>,
}

/// One table while it is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Section<'a> {
    /// How messages call it, for example `[[team]]`.
    pub(super) title: &'a str,
    pub(super) table: &'a Table,
    pub(super) at: &'a Range<usize>,
}

impl<'a> Section<'a> {
    /// The table that `node` is; anything else is reported.
    pub(super) fn of(title: &'a str, node: &'a Node, findings: &mut Findings) -> Option<Self> {
        match &node.value {
            NodeValue::Table(table) => Some(Self { title, table, at: &node.at }),
            _ => {
                wrong_type(node, title, "a table", findings);
                None
            }
        }
    }

    /// Reports every key that is not in `known`.
    pub(super) fn only(&self, known: &[&str], findings: &mut Findings) {
        for entry in &self.table.0 {
            if !known.contains(&entry.key.as_str()) {
                let hint = suggestion(&entry.key, known.iter().copied())
                    .unwrap_or_else(|| format!("keys: {}", known.join(", ")));
                let message = format!("{} has no key \"{}\"", self.title, entry.key);
                findings.error(&entry.at, "unknown_key", message, Some(hint));
            }
        }
    }

    /// The text at `key`, if any; another type is reported.
    pub(super) fn text(&self, key: &str, findings: &mut Findings) -> Option<Text<'a>> {
        let node = self.table.get(key)?;
        text_of(node, key, findings)
    }

    /// The text at `key`; that it is missing or empty is reported.
    pub(super) fn required(&self, key: &str, findings: &mut Findings) -> Option<Text<'a>> {
        if self.table.get(key).is_none() {
            findings.error(self.at, "missing_key", format!("{} needs \"{key}\"", self.title), None);
            return None;
        }
        let text = self.text(key, findings)?;
        if text.text.trim().is_empty() {
            findings.error(text.at, "bad_value", format!("\"{key}\" is empty"), None);
            return None;
        }
        Some(text)
    }

    /// The value at `key` as `parse` understands it; what it says against it is reported.
    pub(super) fn parsed<T>(
        &self,
        key: &str,
        findings: &mut Findings,
        parse: impl FnOnce(&str) -> Result<T, Fault>,
    ) -> Option<T> {
        let text = self.text(key, findings)?;
        understood(&text, key, findings, parse)
    }

    /// The texts at `key`; without the key, none.
    pub(super) fn texts(&self, key: &str, findings: &mut Findings) -> Vec<Text<'a>> {
        let Some(node) = self.table.get(key) else { return Vec::new() };
        list_of(node, key, findings).iter().filter_map(|item| text_of(item, key, findings)).collect()
    }

    /// The nodes of the list at `key`; without the key, none.
    pub(super) fn list(&self, key: &str, findings: &mut Findings) -> &'a [Node] {
        self.table.get(key).map(|node| list_of(node, key, findings)).unwrap_or_default()
    }

    /// The whole number at `key`, within bounds.
    pub(super) fn integer(&self, key: &str, bounds: (i64, i64), findings: &mut Findings) -> Option<i64> {
        let node = self.table.get(key)?;
        match node.value {
            NodeValue::Integer(number) if (bounds.0..=bounds.1).contains(&number) => Some(number),
            NodeValue::Integer(_) => {
                let message = format!("\"{key}\" must be between {} and {}", bounds.0, bounds.1);
                findings.error(&node.at, "bad_value", message, None);
                None
            }
            _ => {
                wrong_type(node, key, "a whole number", findings);
                None
            }
        }
    }
}

/// Why a value is not understood: what is wrong, and what to write instead.
pub(crate) type Fault = (String, Option<String>);

/// `text` as `parse` understands it.
pub(super) fn understood<T>(
    text: &Text<'_>,
    key: &str,
    findings: &mut Findings,
    parse: impl FnOnce(&str) -> Result<T, Fault>,
) -> Option<T> {
    match parse(text.text) {
        Ok(value) => Some(value),
        Err((message, hint)) => {
            findings.error(text.at, "bad_value", format!("\"{key}\": {message}"), hint);
            None
        }
    }
}

/// `text` as one of `words`.
pub(super) fn word<T>(text: &str, words: &[&str], from_word: impl FnOnce(&str) -> Option<T>) -> Result<T, Fault> {
    from_word(text).ok_or_else(|| {
        let hint = suggestion(text, words.iter().copied());
        (format!("\"{text}\" is not {}", one_of(words)), hint)
    })
}

pub(super) fn text_of<'a>(node: &'a Node, key: &str, findings: &mut Findings) -> Option<Text<'a>> {
    match &node.value {
        NodeValue::Text(text) => Some(Text { text, at: &node.at }),
        _ => {
            wrong_type(node, key, "text", findings);
            None
        }
    }
}

pub(super) fn list_of<'a>(node: &'a Node, key: &str, findings: &mut Findings) -> &'a [Node] {
    match &node.value {
        NodeValue::List(nodes) => nodes,
        _ => {
            wrong_type(node, key, "a list", findings);
            &[]
        }
    }
}

pub(super) fn wrong_type(node: &Node, key: &str, due: &str, findings: &mut Findings) {
    findings.error(&node.at, "wrong_type", format!("\"{key}\" must be {due}, not {}", node.what()), None);
}
