//! Checks a source's table against what its kind declares, and remembers where each value stands.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono_tz::Tz;
use fairlead_connectors::setting::{Setting, Value};
use fairlead_domain::Timestamp;

use super::document::{Node, NodeValue, Table};
use super::fault::{Findings, Position, one_of, suggestion};
use super::granting;
use super::section::wrong_type;

/// The four ways to keep a secret, for messages.
pub(super) const FOUR_WAYS: &str =
    "write { env = \"NAME\" }, { keychain = \"NAME\" }, { command = \"…\" } or { file = \"…\" } instead";

const PLACES: [&str; 4] = ["env", "keychain", "command", "file"];

/// Where each value of a table stands, by its keys and list indexes.
type Places = BTreeMap<Vec<String>, Position>;

/// Where the values of each source and of its `[[slo]]` stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Marks {
    sources: BTreeMap<String, Places>,
    /// By source and name, with the number of the file.
    slos: BTreeMap<(String, String), (usize, Places)>,
}

impl Marks {
    /// Remembers the places of a source's table.
    pub(super) fn note_source(&mut self, source: &str, table: &Table, at: &Range<usize>, findings: &Findings) {
        self.sources.insert(source.to_owned(), places(table, at, findings));
    }

    /// Remembers the places of a `[[slo]]` in file number `file`.
    pub(super) fn note_slo(&mut self, (source, name): (&str, &str), file: usize, places: Places) {
        self.slos.insert((source.to_owned(), name.to_owned()), (file, places));
    }

    /// The place of `path` in a source's table, or of the nearest key above it.
    pub(super) fn locate<S: AsRef<str>>(&self, source: &str, path: &[S]) -> Option<Position> {
        nearest(self.sources.get(source)?, path)
    }

    /// The file and the place of what a connector names: `slo`, the name of a `[[slo]]` and its keys, or a setting.
    pub(super) fn locate_issue(&self, source: &str, path: &[String]) -> Option<(usize, Position)> {
        if let [first, name, keys @ ..] = path
            && first == "slo"
            && let Some((file, places)) = self.slos.get(&(source.to_owned(), name.clone()))
        {
            return nearest(places, keys).map(|position| (*file, position));
        }
        self.locate(source, path).map(|position| (0, position))
    }
}

fn nearest<S: AsRef<str>>(places: &Places, path: &[S]) -> Option<Position> {
    let path: Vec<String> = path.iter().map(|key| key.as_ref().to_owned()).collect();
    (0..=path.len()).rev().find_map(|length| places.get(&path[..length]).copied())
}

/// The places of everything in a table, which itself stands at `at`.
pub(super) fn places(table: &Table, at: &Range<usize>, findings: &Findings) -> Places {
    let mut places = Places::from([(Vec::new(), findings.position(at))]);
    note_table(table, &mut Vec::new(), &mut places, findings);
    places
}

fn note_table(table: &Table, path: &mut Vec<String>, places: &mut Places, findings: &Findings) {
    for entry in &table.0 {
        path.push(entry.key.clone());
        note_node(&entry.node, path, places, findings);
        path.pop();
    }
}

fn note_node(node: &Node, path: &mut Vec<String>, places: &mut Places, findings: &Findings) {
    places.insert(path.clone(), findings.position(&node.at));
    match &node.value {
        NodeValue::Table(table) => note_table(table, path, places, findings),
        NodeValue::List(nodes) => {
            for (index, item) in nodes.iter().enumerate() {
                path.push(index.to_string());
                note_node(item, path, places, findings);
                path.pop();
            }
        }
        _ => {}
    }
}

/// Checks `table` against the declared settings. `always` are keys that every such table may have.
pub(super) fn check_table(
    (title, at): (&str, &Range<usize>),
    table: &Table,
    settings: &[Setting],
    always: &[&str],
    findings: &mut Findings,
) {
    let known: Vec<&str> = always.iter().copied().chain(settings.iter().map(|setting| setting.key)).collect();
    for entry in &table.0 {
        if let Some(setting) = settings.iter().find(|setting| setting.key == entry.key) {
            check(&entry.node, setting.key, &setting.value, findings);
        } else if !known.contains(&entry.key.as_str()) {
            let hint =
                suggestion(&entry.key, known.iter().copied()).unwrap_or_else(|| format!("keys: {}", known.join(", ")));
            findings.error(&entry.at, "unknown_key", format!("{title} has no key \"{}\"", entry.key), Some(hint));
        }
    }
    for setting in settings.iter().filter(|setting| setting.required && table.get(setting.key).is_none()) {
        let message = format!("{title} needs \"{}\"", setting.key);
        findings.error(at, "missing_key", message, Some(setting.doc.to_owned()));
    }
}

/// Checks one value. No message repeats a value: it may be a secret in the wrong place.
fn check(node: &Node, key: &str, due: &Value, findings: &mut Findings) {
    match (due, &node.value) {
        (Value::Text, NodeValue::Text(text)) => check_text(text, node, key, findings),
        (Value::Word(words), NodeValue::Text(text)) => check_word(text, node, key, words, findings),
        (Value::Integer { min, max }, NodeValue::Integer(number)) => {
            if !(min..=max).contains(&number) {
                findings.error(&node.at, "bad_value", format!("\"{key}\" must be between {min} and {max}"), None);
            }
        }
        (Value::Bool, NodeValue::Bool(_)) => {}
        (Value::Moment, NodeValue::Text(text) | NodeValue::Date(text)) => check_moment(text, node, key, findings),
        (Value::Texts, NodeValue::List(nodes)) => check_each(nodes, key, &Value::Text, findings),
        (Value::Words(words), NodeValue::List(nodes)) => check_each(nodes, key, &Value::Word(words), findings),
        (Value::Secret, _) | (Value::TextOrSecret, NodeValue::Table(_)) => check_secret(node, key, findings),
        (Value::TextOrSecret, NodeValue::Text(_)) if is_secret_key(key) => plain_secret(&node.at, key, findings),
        (Value::TextOrSecret, NodeValue::Text(text)) => check_text(text, node, key, findings),
        (Value::Table(settings), NodeValue::Table(table)) => {
            check_table((key, &node.at), table, settings, &[], findings);
        }
        (Value::WordOrTable(words, _), NodeValue::Text(text)) => check_word(text, node, key, words, findings),
        (Value::WordOrTable(_, settings), NodeValue::Table(table)) => {
            check_choice(table, node, key, settings, findings);
        }
        (Value::Tables(settings), NodeValue::List(nodes)) => check_each(nodes, key, &Value::Table(settings), findings),
        (Value::Map(due), NodeValue::Table(table)) => {
            for entry in &table.0 {
                check(&entry.node, &entry.key, due, findings);
            }
        }
        (Value::Either(choices), _) => check_either(node, key, choices, findings),
        _ => wrong_type(node, key, &described(due), findings),
    }
}

fn check_each(nodes: &[Node], key: &str, due: &Value, findings: &mut Findings) {
    for node in nodes {
        check(node, key, due, findings);
    }
}

fn check_text(text: &str, node: &Node, key: &str, findings: &mut Findings) {
    if has_userinfo(text) {
        let message = format!("\"{key}\" holds a user name or a password in its address");
        let hint = format!("take it out of the address and {FOUR_WAYS}");
        findings.error(&node.at, "plain_secret", message, Some(hint));
    } else if text.trim().is_empty() {
        findings.error(&node.at, "bad_value", format!("\"{key}\" is empty"), None);
    } else if key == "url" && !is_address(text) {
        let hint = Some("an address begins with https:// and names a host".to_owned());
        findings.error(&node.at, "bad_value", format!("\"{key}\" is no address"), hint);
    } else if key == "url" && granting::grants_access(text) {
        let message = format!("\"{key}\" looks like an address that grants access by itself, and stands in plain text");
        findings.warn(&node.at, "plain_address", message, Some(format!("if it does, {FOUR_WAYS}")));
    }
}

fn check_word(text: &str, node: &Node, key: &str, words: &[&str], findings: &mut Findings) {
    if !words.contains(&text) {
        let hint = suggestion(text, words.iter().copied());
        findings.error(&node.at, "bad_value", format!("\"{key}\" must be {}", one_of(words)), hint);
    }
}

fn check_moment(text: &str, node: &Node, key: &str, findings: &mut Findings) {
    if Timestamp::parse_written(text, Tz::UTC).is_none() {
        let hint = Some("write \"2026-12-31\" or \"2026-12-31T09:00:00Z\"".to_owned());
        findings.error(&node.at, "bad_value", format!("\"{key}\" is no date"), hint);
    }
}

/// A table that must have exactly one of the keys.
fn check_choice(table: &Table, node: &Node, key: &str, settings: &[Setting], findings: &mut Findings) {
    // "Required" cannot be meant of keys of which only one may stand there.
    let optional: Vec<Setting> = settings.iter().map(|setting| Setting { required: false, ..*setting }).collect();
    check_table((key, &node.at), table, &optional, &[], findings);
    if table.0.len() != 1 {
        let keys: Vec<&str> = settings.iter().map(|setting| setting.key).collect();
        findings.error(&node.at, "bad_value", format!("\"{key}\" needs exactly one of {}", one_of(&keys)), None);
    }
}

fn check_secret(node: &Node, key: &str, findings: &mut Findings) {
    let NodeValue::Table(table) = &node.value else {
        return plain_secret(&node.at, key, findings);
    };
    for entry in &table.0 {
        let message = if !PLACES.contains(&entry.key.as_str()) {
            format!("\"{key}\" cannot be kept in \"{}\"", entry.key)
        } else {
            match &entry.node.value {
                NodeValue::Text(text) if text.trim().is_empty() => format!("\"{}\" is empty", entry.key),
                NodeValue::Text(text) if entry.key == "env" && !is_variable(text) => {
                    format!("\"{key}\": this is no name of an environment variable")
                }
                NodeValue::Text(_) => continue,
                _ => format!("\"{}\" must be text, not {}", entry.key, entry.node.what()),
            }
        };
        findings.error(&entry.node.at, "bad_value", message, Some(FOUR_WAYS.to_owned()));
    }
    if table.0.len() != 1 {
        let message = format!("\"{key}\" needs exactly one of {}", one_of(&PLACES));
        findings.error(&node.at, "bad_value", message, Some(FOUR_WAYS.to_owned()));
    }
}

fn plain_secret(at: &Range<usize>, key: &str, findings: &mut Findings) {
    let message = format!("\"{key}\" is a secret and must not stand here in plain text");
    findings.error(at, "plain_secret", message, Some(FOUR_WAYS.to_owned()));
}

/// What is said against the choice that fits the type; when no choice does, all of them are named.
fn check_either(node: &Node, key: &str, choices: &[Value], findings: &mut Findings) {
    let mut nearest = None;
    for choice in choices {
        let before = findings.errors.len();
        check(node, key, choice, findings);
        let said = findings.errors.split_off(before);
        if said.is_empty() {
            return;
        }
        if said.iter().any(|error| error.code != "wrong_type") && nearest.is_none() {
            nearest = Some(said);
        }
    }
    match nearest {
        Some(said) => findings.errors.extend(said),
        None => wrong_type(node, key, &all(choices), findings),
    }
}

fn all(choices: &[Value]) -> String {
    choices.iter().map(described).collect::<Vec<_>>().join(" or ")
}

fn described(due: &Value) -> String {
    match due {
        Value::Text => "text".to_owned(),
        Value::Word(words) => one_of(words),
        Value::Integer { min, max } => format!("a whole number between {min} and {max}"),
        Value::Bool => "true or false".to_owned(),
        Value::Moment => "a date".to_owned(),
        Value::Texts => "a list of texts".to_owned(),
        Value::Words(words) => format!("a list of {}", one_of(words)),
        Value::Secret => "a reference to a secret".to_owned(),
        Value::TextOrSecret => "text or a reference to a secret".to_owned(),
        Value::Table(_) | Value::Map(_) => "a table".to_owned(),
        Value::WordOrTable(words, _) => format!("{} or a table", one_of(words)),
        Value::Tables(_) => "a list of tables".to_owned(),
        Value::Either(choices) => all(choices),
    }
}

/// Names of keys and headers whose text is always a secret, also where an address may stand.
fn is_secret_key(key: &str) -> bool {
    let key: String = key.to_ascii_lowercase().replace(['-', '_'], "");
    key == "cookie" || ["authorization", "token", "apikey", "secret", "password"].iter().any(|word| key.contains(word))
}

fn is_variable(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.chars().all(plain) && !text.starts_with(|c: char| c.is_ascii_digit())
}

/// The part of an address between the scheme and the path.
fn authority(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    Some((scheme, rest.split(['/', '?', '#']).next().unwrap_or_default()))
}

fn has_userinfo(text: &str) -> bool {
    authority(text).is_some_and(|(_, authority)| authority.contains('@'))
}

/// Whether the text may be an address. Without a scheme it may be a file, which its connector judges.
fn is_address(text: &str) -> bool {
    let schemes = ["http", "https", "webcal", "webcals", "file"];
    let Some((scheme, host)) = authority(text) else { return true };
    let scheme = scheme.to_ascii_lowercase();
    let has_host = scheme == "file" || !host.is_empty() && !host.starts_with(':');
    schemes.contains(&scheme.as_str()) && has_host && !text.contains(char::is_whitespace)
}
