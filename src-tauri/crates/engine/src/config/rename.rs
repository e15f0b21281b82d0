//! Renames a source in the text: only the names themselves change, every other byte stays.

use std::ops::Range;

use fairlead_domain::source::is_source_name;

use super::document::{Node, NodeValue, Table, parse};
use super::edit::EditError;
use super::fault::Findings;
use super::{FILE, fault};

/// The text of [`FILE`] with the source `old` renamed to `new`, wherever it is named: its table, `[[slo]]`, and every
/// `old:…` of teams, schedules, services and page rules.
///
/// # Errors
/// When the file is no TOML, there is no such source, or the new name cannot be taken.
pub fn rename_source(text: &str, old: &str, new: &str) -> Result<String, EditError> {
    free_name(text, new)?;
    let root = tree(text)?;
    let names: Vec<&Node> = each(&root, "source").filter_map(|source| source.get("name")).collect();
    let Some(name) = names.into_iter().find(|name| is(name, old)) else {
        return Err(EditError::Missing(format!("source \"{old}\"")));
    };
    splice(text, &root, Some(name), (old, new))
}

/// That `name` can name a source and no other has it.
pub(super) fn free_name(text: &str, name: &str) -> Result<(), EditError> {
    if !is_source_name(name) {
        let rule = "use 1 to 64 letters, digits, _ - or ., beginning with a letter or a digit";
        return Err(EditError::Name(name.to_owned(), rule));
    }
    let root = tree(text)?;
    let taken = each(&root, "source").filter_map(|source| source.get("name")).any(|taken| is(taken, name));
    if taken { Err(EditError::Name(name.to_owned(), "another source has it")) } else { Ok(()) }
}

/// The same for an included file, which mentions sources but has none.
///
/// # Errors
/// When the file is no TOML.
pub fn rename_in_included(text: &str, old: &str, new: &str) -> Result<String, EditError> {
    splice(text, &tree(text)?, None, (old, new))
}

fn tree(text: &str) -> Result<Table, EditError> {
    let mut findings = Findings::of(FILE, text);
    parse(text, &mut findings).ok_or_else(|| {
        let said = findings.errors.first().map(|error: &fault::ConfigError| error.message.clone());
        EditError::Syntax(said.unwrap_or_default())
    })
}

fn splice(text: &str, root: &Table, name: Option<&Node>, (old, new): (&str, &str)) -> Result<String, EditError> {
    let mut found = places(root, old);
    found.extend(name.map(|name| (name.at.clone(), String::new())));
    found.sort_by_key(|(at, _)| at.start);
    found.dedup();
    let mut renamed = String::with_capacity(text.len());
    let mut done = 0;
    for (at, rest) in found {
        renamed.push_str(text.get(done..at.start).unwrap_or_default());
        renamed.push_str(&toml_edit::Value::from(format!("{new}{rest}")).to_string());
        done = at.end;
    }
    renamed.push_str(text.get(done..).unwrap_or_default());
    // Dotted keys name a table in many places, of which the tree knows one.
    let whole = tree(&renamed).is_ok_and(|root| places(&root, old).is_empty());
    if whole {
        Ok(renamed)
    } else {
        Err(EditError::Missing(format!("plain way to rename \"{old}\": write each table once")))
    }
}

/// Where the source is mentioned, and what follows its name there (`:id` or nothing).
fn places(root: &Table, old: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    for slo in each(root, "slo") {
        found.extend(slo.get("source").and_then(|node| whole(node, old)));
    }
    for team in each(root, "team") {
        let schedules = texts(team.get("schedules"));
        found.extend(schedules.into_iter().filter_map(|node| whole(node, old).or_else(|| prefixed(node, old))));
        found.extend(texts(team.get("services")).into_iter().filter_map(|node| prefixed(node, old)));
        let source = team.get("slo").and_then(table).and_then(|slo| slo.get("source"));
        found.extend(texts(source).into_iter().filter_map(|node| whole(node, old)));
    }
    for schedule in root.get("schedule").and_then(table).map(|table| &table.0).into_iter().flatten() {
        found.extend(rest_of(&schedule.key, old).map(|rest| (schedule.at.clone(), rest)));
        found.extend(table(&schedule.node).and_then(|t| t.get("backup")).and_then(|node| prefixed(node, old)));
    }
    for service in root.get("service").and_then(table).map(|table| &table.0).into_iter().flatten() {
        let also = texts(table(&service.node).and_then(|t| t.get("also")));
        found.extend(also.into_iter().filter_map(|node| prefixed(node, old)));
    }
    let rules = root.get("page").and_then(table).into_iter().flat_map(|page| each(page, "drop"));
    found.extend(rules.filter_map(|rule| rule.get("service")).filter_map(|node| prefixed(node, old)));
    found
}

/// The tables of the list at `key`.
fn each<'t>(root: &'t Table, key: &str) -> impl Iterator<Item = &'t Table> {
    texts(root.get(key)).into_iter().filter_map(table)
}

const fn table(node: &Node) -> Option<&Table> {
    match &node.value {
        NodeValue::Table(table) => Some(table),
        _ => None,
    }
}

/// The entries of a list, or the one that stands for it.
fn texts(node: Option<&Node>) -> Vec<&Node> {
    match node.map(|node| (node, &node.value)) {
        Some((_, NodeValue::List(nodes))) => nodes.iter().collect(),
        Some((node, _)) => vec![node],
        None => Vec::new(),
    }
}

fn is(node: &Node, name: &str) -> bool {
    matches!(&node.value, NodeValue::Text(text) if text == name)
}

fn whole(node: &Node, old: &str) -> Option<(Range<usize>, String)> {
    is(node, old).then(|| (node.at.clone(), String::new()))
}

fn prefixed(node: &Node, old: &str) -> Option<(Range<usize>, String)> {
    let NodeValue::Text(text) = &node.value else { return None };
    rest_of(text, old).map(|rest| (node.at.clone(), rest))
}

fn rest_of(text: &str, old: &str) -> Option<String> {
    text.strip_prefix(old).filter(|rest| rest.starts_with(':')).map(str::to_owned)
}
