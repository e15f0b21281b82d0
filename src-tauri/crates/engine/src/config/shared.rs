//! Sections that may stand in [`super::FILE`] and in included files: teams, schedules, services, SLOs.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono_tz::Tz;
use fairlead_domain::coverage::Coverage;
use fairlead_domain::schedule::ShiftRole;

use super::document::{Node, NodeValue, Table};
use super::fault::{Findings, suggestion};
use super::model::{Member, People, ScheduleConfig, ServiceConfig, SloConfig, SourceConfig, TeamConfig};
use super::read::{entries, tables};
use super::section::{Section, Text, list_of, text_of, understood, word};
use super::setting::{Marks, places};
use super::values;

/// What the files have said so far.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) teams: Vec<TeamConfig>,
    pub(super) schedules: BTreeMap<String, ScheduleConfig>,
    pub(super) services: BTreeMap<String, ServiceConfig>,
    pub(super) slos: Vec<SloConfig>,
    pub(super) marks: Marks,
    mentions: Vec<Mention>,
}

/// A name that should mean something elsewhere in the configuration.
struct Mention {
    file: usize,
    at: Range<usize>,
    name: String,
    of: Mentioned,
}

#[derive(Clone, Copy)]
enum Mentioned {
    /// A source, by an SLO: nothing can be measured without it.
    Source,
    /// A team, by a service.
    Team,
    /// `source:id`, a source, or a name that only the data can tell.
    Upstream,
}

/// Reads the shared sections of file number `file`.
pub(super) fn read_shared(root: &Table, timezone: Tz, (file, findings): (usize, &mut Findings), parts: &mut Parts) {
    let mut reader = Reader { timezone, file, findings, parts };
    for node in tables(root, "team", reader.findings) {
        reader.team(node);
    }
    for entry in entries(root, "schedule", reader.findings) {
        reader.schedule(&entry.key, &entry.at, &entry.node);
    }
    for entry in entries(root, "service", reader.findings) {
        reader.service(&entry.key, &entry.at, &entry.node);
    }
    for node in tables(root, "slo", reader.findings) {
        reader.slo(node);
    }
}

struct Reader<'f, 'p> {
    timezone: Tz,
    file: usize,
    findings: &'f mut Findings,
    parts: &'p mut Parts,
}

impl Reader<'_, '_> {
    fn mention(&mut self, text: &Text<'_>, of: Mentioned) {
        let (at, name) = (text.at.clone(), text.text.to_owned());
        self.parts.mentions.push(Mention { file: self.file, at, name, of });
    }

    fn duplicate(&mut self, at: &Range<usize>, what: &str, name: &str) {
        let message = format!("there are two {what} \"{name}\"");
        self.findings.error(at, "duplicate_name", message, Some("keep one of them".to_owned()));
    }

    /// The texts at `key`, each of which should mean something upstream.
    fn upstream(&mut self, section: &Section<'_>, key: &str) -> Vec<String> {
        let texts = section.texts(key, self.findings);
        for text in &texts {
            self.mention(text, Mentioned::Upstream);
        }
        texts.into_iter().map(|text| text.text.to_owned()).collect()
    }

    fn team(&mut self, node: &Node) {
        let Some(section) = Section::of("[[team]]", node, self.findings) else { return };
        section.only(&["name", "people", "members", "schedules", "services", "slo"], self.findings);
        let name = section.required("name", self.findings);
        let words: Vec<&str> = People::ALL.iter().map(|people| people.word()).collect();
        let people = section.parsed("people", self.findings, |text| word(text, &words, People::from_word));
        let members = self.members(&section);
        let schedules = self.upstream(&section, "schedules");
        let services = section.texts("services", self.findings).into_iter().map(|text| text.text.to_owned()).collect();
        let slo = self.selectors(&section);
        let Some(name) = name else { return };
        if self.parts.teams.iter().any(|team| team.name == name.text) {
            return self.duplicate(name.at, "teams", name.text);
        }
        let (name, people) = (name.text.to_owned(), people.unwrap_or(People::Team));
        self.parts.teams.push(TeamConfig { name, people, members, schedules, services, slo });
    }

    fn members(&mut self, section: &Section<'_>) -> Vec<Member> {
        let mut members: Vec<Member> = Vec::new();
        for node in section.list("members", self.findings) {
            let Some(member) = self.member(node) else { continue };
            if members.iter().any(|other| other.email == member.email) {
                self.duplicate(&node.at, "members", &member.email);
            } else {
                members.push(member);
            }
        }
        members
    }

    fn member(&mut self, node: &Node) -> Option<Member> {
        if let NodeValue::Text(text) = &node.value {
            let email = understood(&Text { text, at: &node.at }, "members", self.findings, values::email)?;
            return Some(Member { email, names: Vec::new(), timezone: None, hours: None, holidays: None });
        }
        let section = Section::of("members", node, self.findings)?;
        section.only(&["email", "name", "also", "timezone", "hours", "holidays"], self.findings);
        let email = section.required("email", self.findings);
        let name = section.text("name", self.findings);
        let names = name.into_iter().chain(section.texts("also", self.findings));
        let names = names.map(|name| name.text.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        let timezone = section.parsed("timezone", self.findings, values::zone);
        let hours = section.parsed("hours", self.findings, values::hours);
        let holidays = section.parsed("holidays", self.findings, values::holidays);
        let email = understood(&email?, "email", self.findings, values::email)?;
        Some(Member { email, names, timezone, hours, holidays })
    }

    /// `slo = { label = ["value"] }`; one text stands for a list of one.
    fn selectors(&mut self, section: &Section<'_>) -> BTreeMap<String, Vec<String>> {
        let Some(node) = section.table.get("slo") else { return BTreeMap::new() };
        let Some(selectors) = Section::of("slo", node, self.findings) else { return BTreeMap::new() };
        let mut chosen = BTreeMap::new();
        for entry in &selectors.table.0 {
            let nodes = match &entry.node.value {
                NodeValue::Text(_) => std::slice::from_ref(&entry.node),
                _ => list_of(&entry.node, &entry.key, self.findings),
            };
            let texts: Vec<Text<'_>> =
                nodes.iter().filter_map(|node| text_of(node, &entry.key, self.findings)).collect();
            chosen.insert(entry.key.clone(), texts.iter().map(|text| text.text.to_owned()).collect());
            if entry.key == "source" {
                texts.iter().for_each(|text| self.mention(text, Mentioned::Upstream));
            }
        }
        chosen
    }

    fn schedule(&mut self, key: &str, at: &Range<usize>, node: &Node) {
        let title = format!("[schedule.\"{key}\"]");
        let Some(section) = Section::of(&title, node, self.findings) else { return };
        section.only(&["role", "coverage", "backup"], self.findings);
        self.mention(&Text { text: key, at }, Mentioned::Upstream);
        let words: Vec<&str> = ["primary", "secondary", "shadow", "manager", "info"].to_vec();
        let role = section.parsed("role", self.findings, |text| {
            word(text, &words, |text| ShiftRole::from_word(text).filter(|role| *role != ShiftRole::Unknown))
        });
        let timezone = self.timezone;
        let coverage = section.parsed("coverage", self.findings, |text| {
            let hint = "write \"24x7\" or for example \"Mon-Fri 09:00-18:00 Europe/Berlin\"";
            Coverage::parse(text, timezone).map_err(|error| (error.reason, Some(hint.to_owned())))
        });
        let backup = section.text("backup", self.findings);
        if let Some(backup) = &backup {
            self.mention(backup, Mentioned::Upstream);
        }
        let backup = backup.map(|text| text.text.to_owned());
        if self.parts.schedules.contains_key(key) {
            return self.duplicate(at, "schedules", key);
        }
        self.parts.schedules.insert(key.to_owned(), ScheduleConfig { role, coverage, backup });
    }

    fn service(&mut self, key: &str, at: &Range<usize>, node: &Node) {
        let title = format!("[service.\"{key}\"]");
        let Some(section) = Section::of(&title, node, self.findings) else { return };
        section.only(&["team", "tier", "also"], self.findings);
        let team = section.text("team", self.findings);
        if let Some(team) = &team {
            self.mention(team, Mentioned::Team);
        }
        let team = team.map(|text| text.text.to_owned());
        let tier = section.integer("tier", (1, 4), self.findings).and_then(|tier| u8::try_from(tier).ok());
        let also = self.upstream(&section, "also");
        if self.parts.services.contains_key(key) {
            return self.duplicate(at, "services", key);
        }
        self.parts.services.insert(key.to_owned(), ServiceConfig { team, tier, also });
    }

    fn slo(&mut self, node: &Node) {
        let Some(section) = Section::of("[[slo]]", node, self.findings) else { return };
        let keys = ["name", "source", "service", "good", "total", "objective", "window", "description"];
        section.only(&keys, self.findings);
        let name = section.required("name", self.findings);
        let source = section.required("source", self.findings);
        for key in ["service", "description"] {
            section.text(key, self.findings);
        }
        for key in ["good", "total"] {
            section.required(key, self.findings);
        }
        self.objective(&section);
        if let Some(window) = section.required("window", self.findings) {
            understood(&window, "window", self.findings, values::slo_window);
        }
        let (Some(name), Some(source)) = (name, source) else { return };
        self.mention(&source, Mentioned::Source);
        if self.parts.slos.iter().any(|slo| slo.name == name.text && slo.source == source.text) {
            return self.duplicate(name.at, "SLOs", name.text);
        }
        let places = places(section.table, section.at, self.findings);
        self.parts.marks.note_slo((source.text, name.text), self.file, places);
        let (name, source) = (name.text.to_owned(), source.text.to_owned());
        self.parts.slos.push(SloConfig { name, source, table: node.to_json() });
    }

    fn objective(&mut self, section: &Section<'_>) {
        let Some(node) = section.table.get("objective") else {
            return self.findings.error(section.at, "missing_key", "[[slo]] needs \"objective\"".to_owned(), None);
        };
        match node.value {
            NodeValue::Float(ratio) if ratio > 0.0 && ratio < 1.0 => {}
            NodeValue::Float(_) | NodeValue::Integer(_) => {
                let message = "\"objective\" must be more than 0 and less than 1".to_owned();
                self.findings.error(&node.at, "bad_value", message, Some("99.9 % is 0.999".to_owned()));
            }
            _ => super::section::wrong_type(node, "objective", "a number", self.findings),
        }
    }
}

impl Parts {
    /// Reports names that mean nothing. What the upstream decides is a warning, what the files decide an error.
    pub(super) fn relate(&self, sources: &[SourceConfig], findings: &mut [Findings]) {
        let source_names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
        let team_names: Vec<&str> = self.teams.iter().map(|team| team.name.as_str()).collect();
        for Mention { file, at, name, of } in &self.mentions {
            let Some(findings) = findings.get_mut(*file) else { continue };
            match of {
                Mentioned::Source if !source_names.contains(&name.as_str()) => {
                    let message = format!("there is no source \"{name}\"");
                    findings.error(at, "unknown_source", message, suggestion(name, source_names.iter().copied()));
                }
                Mentioned::Team if !team_names.contains(&name.as_str()) => {
                    let message = format!("there is no team \"{name}\"");
                    findings.warn(at, "unknown_team", message, suggestion(name, team_names.iter().copied()));
                }
                Mentioned::Upstream => {
                    let Some((source, _)) = name.split_once(':') else { continue };
                    if !source_names.contains(&source) {
                        let message = format!("\"{name}\" names the source \"{source}\", which is not configured");
                        findings.warn(at, "unknown_source", message, suggestion(source, source_names.iter().copied()));
                    }
                }
                Mentioned::Source | Mentioned::Team => {}
            }
        }
    }
}
