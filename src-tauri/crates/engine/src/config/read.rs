//! From text to a [`Config`]: the files, then what holds between their parts.

use std::ops::Range;

use chrono_tz::Tz;
use fairlead_connectors::Kind;
use fairlead_domain::source::is_source_name;

use super::document::{Node, NodeValue, Table, parse};
use super::fault::{ConfigError, ConfigErrors, Findings, one_of, suggestion};
use super::model::{PageRules, SourceConfig, Workspace};
use super::section::{Section, Text, understood};
use super::setting::{Marks, check_table};
use super::shared::{Parts, read_shared};
use super::{Config, FILE, ReadFile, page, values};

/// Most files that one configuration may include.
const MAX_FILES: usize = 32;

/// Sections that an included file may have, beside `[workspace]` with `include` alone.
const SHARED: [&str; 4] = ["team", "schedule", "service", "slo"];

/// Reads `text` as [`FILE`] and, through `read`, what it includes.
pub(super) fn config(text: &str, kinds: &[Kind], read: ReadFile<'_>) -> Result<Config, ConfigErrors> {
    let mut findings = vec![Findings::of(FILE, text)];
    let mut parts = Parts::default();
    let Some(root) = parse(text, &mut findings[0]) else { return Err(errors(findings)) };
    let main = Main::read(&root, kinds, &mut parts.marks, &mut findings[0]);
    read_shared(&root, main.workspace.timezone, (0, &mut findings[0]), &mut parts);
    let mut files = Files { names: vec![FILE.to_owned()], findings, read, timezone: main.workspace.timezone };
    files.include(&main.include, 0, &mut parts);
    let Files { names, mut findings, .. } = files;
    parts.relate(&main.sources, &mut findings);
    let warnings = findings.iter_mut().flat_map(|file| std::mem::take(&mut file.warnings)).collect();
    let errors = errors(findings);
    if !errors.0.is_empty() {
        return Err(errors);
    }
    let Parts { teams, schedules, services, slos, marks, .. } = parts;
    let Main { workspace, page, sources, .. } = main;
    let services = services.into();
    Ok(Config { workspace, teams, schedules, services, page, sources, slos, warnings, files: names, marks })
}

fn errors(findings: Vec<Findings>) -> ConfigErrors {
    let in_order = findings.into_iter().flat_map(|mut file| {
        file.errors.sort_by_key(|error| (error.line, error.column));
        file.errors
    });
    ConfigErrors(in_order.collect::<Vec<ConfigError>>())
}

/// What stands in [`FILE`] alone.
struct Main {
    workspace: Workspace,
    page: PageRules,
    sources: Vec<SourceConfig>,
    include: Vec<(String, Range<usize>)>,
}

impl Main {
    fn read(root: &Table, kinds: &[Kind], marks: &mut Marks, findings: &mut Findings) -> Self {
        let top = Section { title: FILE, table: root, at: &(0..0) };
        top.only(&["workspace", "team", "schedule", "service", "page", "source", "slo"], findings);
        let (workspace, include) = workspace(&top, findings);
        let page = root.get("page").map(|node| page::read(node, findings)).unwrap_or_default();
        let sources = sources(root, kinds, marks, findings);
        if root.get("source").is_none() {
            let hint = "add a [[source]]".to_owned();
            findings.warn(&(0..0), "no_source", "no source is configured: there is nothing to read".into(), Some(hint));
        }
        Self { workspace, page, sources, include }
    }
}

fn workspace(top: &Section<'_>, findings: &mut Findings) -> (Workspace, Vec<(String, Range<usize>)>) {
    let mut workspace =
        Workspace { name: String::new(), timezone: Tz::UTC, timezone_given: false, me: None, include: Vec::new() };
    let Some(node) = top.table.get("workspace") else {
        let hint = "write [workspace] and below it name = \"…\"".to_owned();
        findings.error(top.at, "missing_key", format!("{FILE} needs [workspace] with a name"), Some(hint));
        return (workspace, Vec::new());
    };
    let Some(section) = Section::of("[workspace]", node, findings) else { return (workspace, Vec::new()) };
    section.only(&["name", "timezone", "me", "include"], findings);
    workspace.name = section.required("name", findings).map(|name| name.text.trim().to_owned()).unwrap_or_default();
    if let Some(timezone) = section.parsed("timezone", findings, values::zone) {
        (workspace.timezone, workspace.timezone_given) = (timezone, true);
    }
    workspace.me = section.parsed("me", findings, values::email);
    let include: Vec<_> = included(&section, findings);
    workspace.include = include.iter().map(|(name, _)| name.clone()).collect();
    (workspace, include)
}

fn included(section: &Section<'_>, findings: &mut Findings) -> Vec<(String, Range<usize>)> {
    section.texts("include", findings).into_iter().map(|Text { text, at }| (text.to_owned(), at.clone())).collect()
}

fn sources(root: &Table, kinds: &[Kind], marks: &mut Marks, findings: &mut Findings) -> Vec<SourceConfig> {
    let mut sources: Vec<SourceConfig> = Vec::new();
    for node in tables(root, "source", findings) {
        let Some(section) = Section::of("[[source]]", node, findings) else { continue };
        let name = section.required("name", findings).and_then(|name| {
            let known: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
            source_name(&name, &known, findings)
        });
        let kind = section.required("kind", findings).and_then(|kind| known_kind(&kind, kinds, findings));
        if let Some(kind) = kind {
            let title = name.as_ref().map_or_else(|| "[[source]]".to_owned(), |name| format!("source \"{name}\""));
            check_table((&title, &node.at), section.table, kind.settings, &["name", "kind"], findings);
        }
        let (Some(name), Some(kind)) = (name, kind) else { continue };
        marks.note_source(&name, section.table, &node.at, findings);
        sources.push(SourceConfig { name, kind: kind.name.to_owned(), settings: settings(node) });
    }
    sources
}

fn settings(node: &Node) -> serde_json::Value {
    let mut settings = node.to_json();
    if let Some(table) = settings.as_object_mut() {
        table.retain(|key, _| key != "name" && key != "kind");
    }
    settings
}

fn source_name(name: &Text<'_>, known: &[&str], findings: &mut Findings) -> Option<String> {
    if known.contains(&name.text) {
        let hint = "a source's name is its identity: choose another".to_owned();
        findings.error(name.at, "duplicate_name", format!("there are two sources \"{}\"", name.text), Some(hint));
        return None;
    }
    understood(name, "name", findings, |text| {
        let rule = "1 to 64 letters, digits, _ - or ., beginning with a letter or a digit".to_owned();
        if is_source_name(text) {
            Ok(text.to_owned())
        } else {
            Err(("this cannot name a source".to_owned(), Some(rule)))
        }
    })
}

fn known_kind<'k>(kind: &Text<'_>, kinds: &'k [Kind], findings: &mut Findings) -> Option<&'k Kind> {
    let found = kinds.iter().find(|known| known.name == kind.text);
    if found.is_none() {
        let names: Vec<&str> = kinds.iter().map(|kind| kind.name).collect();
        let hint = suggestion(kind.text, names.iter().copied());
        let message = format!("there is no kind \"{}\"; kinds: {}", kind.text, one_of(&names));
        findings.error(kind.at, "unknown_kind", message, hint);
    }
    found
}

/// The tables of `[[key]]`.
pub(super) fn tables<'a>(root: &'a Table, key: &str, findings: &mut Findings) -> &'a [Node] {
    match root.get(key).map(|node| (&node.value, node)) {
        None => &[],
        Some((NodeValue::List(nodes), _)) => nodes,
        Some((_, node)) => {
            let message = format!("\"{key}\" is a list of tables");
            findings.error(&node.at, "wrong_type", message, Some(format!("write [[{key}]] for each")));
            &[]
        }
    }
}

/// The files of one configuration while they are read.
struct Files<'r> {
    names: Vec<String>,
    findings: Vec<Findings>,
    read: ReadFile<'r>,
    timezone: Tz,
}

impl Files<'_> {
    /// Reads what file number `by` includes.
    fn include(&mut self, paths: &[(String, Range<usize>)], by: usize, parts: &mut Parts) {
        for (path, at) in paths {
            match self.open(path, by) {
                Ok((name, text)) => self.read_file(name, &text, parts),
                Err(reason) => {
                    let message = format!("\"{path}\" cannot be included: {reason}");
                    self.findings[by].error(at, "include", message, None);
                }
            }
        }
    }

    fn open(&self, path: &str, by: usize) -> Result<(String, String), String> {
        let name = relative(&self.names[by], path)?;
        if self.names.contains(&name) {
            return Err("it is part of the configuration already, and no file may include itself".to_owned());
        }
        if self.names.len() > MAX_FILES {
            return Err(format!("more than {MAX_FILES} files"));
        }
        (self.read)(&name).map(|text| (name, text)).map_err(|error| error.to_string())
    }

    fn read_file(&mut self, name: String, text: &str, parts: &mut Parts) {
        let mut findings = Findings::of(&name, text);
        let number = self.names.len();
        self.names.push(name);
        let root = parse(text, &mut findings);
        let mut include = Vec::new();
        if let Some(root) = &root {
            include = only_shared(root, &mut findings);
            read_shared(root, self.timezone, (number, &mut findings), parts);
        }
        self.findings.push(findings);
        self.include(&include, number, parts);
    }
}

/// Reports what has no place in a shared file, and gives what it includes.
fn only_shared(root: &Table, findings: &mut Findings) -> Vec<(String, Range<usize>)> {
    for entry in root.0.iter().filter(|entry| entry.key != "workspace" && !SHARED.contains(&entry.key.as_str())) {
        let message = format!("\"{}\" has no place in an included file", entry.key);
        let hint = if ["source", "page"].contains(&entry.key.as_str()) {
            format!("it belongs into {FILE}")
        } else {
            format!("included files may have {}", one_of(&SHARED))
        };
        findings.error(&entry.at, "unknown_key", message, Some(hint));
    }
    let Some(section) = root.get("workspace").and_then(|node| Section::of("[workspace]", node, findings)) else {
        return Vec::new();
    };
    section.only(&["include"], findings);
    included(&section, findings)
}

/// `path` seen from the workspace folder, when it is written in the file `by`.
fn relative(by: &str, path: &str) -> Result<String, String> {
    use std::path::{Component, Path};
    let mut parts: Vec<&str> = by.split('/').collect();
    parts.pop();
    for component in Path::new(path).components() {
        match component {
            Component::Normal(name) => parts.push(name.to_str().unwrap_or_default()),
            Component::ParentDir if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            Component::ParentDir => parts.push(".."),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return Err("its path must be relative".to_owned()),
        }
    }
    if parts.is_empty() { Err("it is a folder".to_owned()) } else { Ok(parts.join("/")) }
}

/// The entries of `[key.*]`, each a table.
pub(super) fn entries<'a>(root: &'a Table, key: &str, findings: &mut Findings) -> &'a [super::document::Entry] {
    match root.get(key).map(|node| (&node.value, node)) {
        None => &[],
        Some((NodeValue::Table(table), _)) => &table.0,
        Some((_, node)) => {
            let message = format!("\"{key}\" is a table of tables");
            findings.error(&node.at, "wrong_type", message, Some(format!("write [{key}.\"NAME\"] for each")));
            &[]
        }
    }
}
