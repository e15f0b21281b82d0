//! A TOML file as a tree that knows where each key and value stands.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::Findings;

/// Longest file that is read, in bytes.
pub(super) const MAX_BYTES: usize = 1 << 20;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) at: Range<usize>,
    pub(super) value: NodeValue,
}

/// What stands there.
#[derive(Debug, Clone)]
pub(super) enum NodeValue {
    Text(String),
    Integer(i64),
    Float(f64),
    Bool(bool),
    Date(String),
    List(Vec<Node>),
    Table(Table),
}

/// Keys in the order in which they are written.
#[derive(Debug, Clone, Default)]
pub(super) struct Table(pub(super) Vec<Entry>);

/// A key, where it stands, and its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) at: Range<usize>,
    pub(super) node: Node,
}

impl Table {
    pub(super) fn entry(&self, key: &str) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.key == key)
    }

    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }
}

impl Node {
    /// What it is, for a message.
    pub(super) const fn what(&self) -> &'static str {
        match self.value {
            NodeValue::Text(_) => "text",
            NodeValue::Integer(_) => "a whole number",
            NodeValue::Float(_) => "a number",
            NodeValue::Bool(_) => "true or false",
            NodeValue::Date(_) => "a date",
            NodeValue::List(_) => "a list",
            NodeValue::Table(_) => "a table",
        }
    }

    pub(super) fn to_json(&self) -> serde_json::Value {
        match &self.value {
            NodeValue::Text(text) | NodeValue::Date(text) => text.as_str().into(),
            NodeValue::Integer(number) => (*number).into(),
            NodeValue::Float(number) => (*number).into(),
            NodeValue::Bool(yes) => (*yes).into(),
            NodeValue::List(nodes) => nodes.iter().map(Self::to_json).collect(),
            NodeValue::Table(table) => table.0.iter().map(|e| (e.key.clone(), e.node.to_json())).collect(),
        }
    }
}

/// Parses a file; every fault of syntax is reported to `findings`, and then there is no tree.
pub(super) fn parse(text: &str, findings: &mut Findings) -> Option<Table> {
    if text.len() > MAX_BYTES {
        findings.error(&(0..0), "too_large", format!("the file is larger than {} KiB", MAX_BYTES >> 10), None);
        return None;
    }
    let (tree, faults) = DeTable::parse_recoverable(text);
    for fault in &faults {
        let at = fault.span().unwrap_or(0..0);
        findings.error(&at, "toml_syntax", format!("this is no TOML: {}", fault.message()), None);
    }
    faults.is_empty().then(|| table(tree.get_ref()))
}

fn table(source: &DeTable<'_>) -> Table {
    let mut entries: Vec<Entry> = source
        .iter()
        .map(|(key, value)| Entry { key: key.get_ref().to_string(), at: key.span(), node: node(value) })
        .collect();
    entries.sort_by_key(|entry| entry.at.start);
    Table(entries)
}

fn node(source: &Spanned<DeValue<'_>>) -> Node {
    let value = match source.get_ref() {
        DeValue::String(text) => NodeValue::Text(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => NodeValue::Integer(number),
            // Beyond 64 bits no setting wants it; as a fraction it is refused where a whole number is due.
            Err(_) => NodeValue::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        },
        DeValue::Float(number) => NodeValue::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(yes) => NodeValue::Bool(*yes),
        DeValue::Datetime(date) => NodeValue::Date(date.to_string()),
        DeValue::Array(list) => NodeValue::List(list.iter().map(node).collect()),
        DeValue::Table(inner) => NodeValue::Table(table(inner)),
    };
    Node { at: source.span(), value }
}
