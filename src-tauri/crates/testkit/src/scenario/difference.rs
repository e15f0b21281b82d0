//! What differs between the oracle and what a connector made of it, in lines that a person can read.
//!
//! Not compared, because vendors or connectors may rightly differ: keys of shifts (shifts are matched by what they say),
//! the order of rotations and the names of those without a name of their own, addresses of pages on the web, names within
//! references to people, responders beyond being truly involved, whom an override replaced, and one-line texts other than
//! notes. `answered_at` of a page may be missing, not wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use fairlead_domain::incident::{Incident, TimelineEvent, TimelineKind};
use fairlead_domain::page::Page;
use fairlead_domain::person::{Person, PersonRef};
use fairlead_domain::record::{Record, RecordKind};
use fairlead_domain::schedule::{ScheduleSystem, Shift};
use serde_json::{Value, json};

use super::oracle::Oracle;

/// Lines of one kind that are shown.
const SHOWN: usize = 12;

/// The differences, by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences(BTreeMap<RecordKind, Vec<String>>);

impl Differences {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The lines of a kind.
    #[must_use]
    pub fn of(&self, kind: RecordKind) -> &[String] {
        self.0.get(&kind).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, kind: RecordKind, line: String) {
        self.0.entry(kind).or_default().push(line);
    }
}

impl fmt::Display for Differences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, lines) in &self.0 {
            writeln!(f, "{kind}: {} differences", lines.len())?;
            for line in lines.iter().take(SHOWN) {
                writeln!(f, "  {line}")?;
            }
            if lines.len() > SHOWN {
                writeln!(f, "  … {} more", lines.len() - SHOWN)?;
            }
        }
        Ok(())
    }
}

/// Compares. Of stored shifts only those count that reach into the oracle's window; kinds that the oracle does not hold
/// are not looked at.
#[must_use]
pub fn compare<'a>(oracle: &Oracle, stored: impl IntoIterator<Item = &'a Record>) -> Differences {
    let people = Faces::new(oracle);
    let mut differences = Differences::default();
    let mut wanted: BTreeMap<(RecordKind, String), Vec<Value>> = BTreeMap::new();
    for record in oracle.records.values() {
        wanted.entry((record.kind(), match_key(record, &people))).or_default().push(people.plain(record));
    }
    let kinds: Vec<RecordKind> = oracle.records.keys().map(|(kind, _)| *kind).collect();
    for record in stored {
        let (kind, key) = (record.kind(), match_key(record, &people));
        let outside = matches!(record, Record::Shift(shift) if !shift.window().overlaps(oracle.window));
        if kinds.binary_search(&kind).is_err() || outside || oracle.allowed.contains(&(kind, record.key())) {
            continue;
        }
        let found = people.plain(record);
        match wanted.get_mut(&(kind, key.clone())).and_then(Vec::pop) {
            None => differences.add(kind, format!("{key}: not expected: {found}")),
            Some(right) => {
                for line in unlike(&right, &found) {
                    differences.add(kind, format!("{key}: {line}"));
                }
            }
        }
    }
    for ((kind, key), missing) in wanted {
        missing.into_iter().for_each(|right| differences.add(kind, format!("{key}: missing: {right}")));
    }
    differences
}

/// By which two records are the same fact.
fn match_key(record: &Record, people: &Faces) -> String {
    match record {
        Record::Shift(shift) => {
            let who = shift.person.as_ref().map_or_else(|| "nobody".to_owned(), |who| people.face(who));
            format!("{} {who} {}..{}", shift.schedule, shift.start, shift.end)
        }
        other => other.key(),
    }
}

/// Fields whose values differ, as `field: right, found`.
fn unlike(right: &Value, found: &Value) -> Vec<String> {
    let (Some(right), Some(found)) = (right.as_object(), found.as_object()) else {
        return if right == found { Vec::new() } else { vec![format!("{right}, found {found}")] };
    };
    let value = |value: Option<&Value>| value.unwrap_or(&Value::Null).clone();
    let differs = |field: &&String| value(right.get(*field)) != value(found.get(*field));
    let line = |field: &String| format!("{field} is {}, found {}", value(right.get(field)), value(found.get(field)));
    right.keys().filter(differs).map(line).collect()
}

/// People by id, so that any way of naming them can be compared.
struct Faces {
    /// Schedules whose rotations have no name of their own.
    shift_schedules: BTreeSet<String>,
    ids: BTreeMap<String, String>,
    answers: BTreeMap<String, Value>,
}

impl Faces {
    fn new(oracle: &Oracle) -> Self {
        let people = oracle.records.values().filter_map(|record| match record {
            Record::Person(person) => Some((PersonRef::by_email(person.email.as_deref()?).normal_email()?, person)),
            _ => None,
        });
        let answers = oracle.records.values().filter_map(|record| match record {
            Record::Page(page) => Some((page.ext_id.clone(), json!(page.answered_at))),
            _ => None,
        });
        let shift_schedules = oracle.records.values().filter_map(|record| match record {
            Record::Schedule(at) if at.system == ScheduleSystem::Shift => Some(at.ext_id.clone()),
            _ => None,
        });
        let shift_schedules = shift_schedules.collect();
        Self {
            shift_schedules,
            ids: people.map(|(email, person)| (email, person.ext_id.clone())).collect(),
            answers: answers.collect(),
        }
    }

    fn face(&self, who: &PersonRef) -> String {
        let by_email = || who.normal_email().map(|email| self.ids.get(&email).cloned().unwrap_or(email));
        who.ext_id.clone().or_else(by_email).or_else(|| who.identity()).unwrap_or_default()
    }

    fn faces(&self, people: impl IntoIterator<Item = PersonRef>) -> Vec<String> {
        let mut faces: Vec<String> = people.into_iter().map(|who| self.face(&who)).collect();
        faces.sort_unstable();
        faces
    }

    /// What of a record is compared.
    fn plain(&self, record: &Record) -> Value {
        match record {
            // Letters of an e-mail may be stored as they are compared.
            Record::Person(person) => {
                let email = person.email.as_deref().and_then(|email| PersonRef::by_email(email).normal_email());
                json!(Person { email, ..person.clone() })
            }
            Record::Team(team) => {
                let member =
                    |at: &fairlead_domain::team::TeamMember| format!("{}:{:?}", self.face(&at.person), at.role);
                let mut members: Vec<String> = team.members.iter().map(member).collect();
                members.sort_unstable();
                json!({ "name": team.name, "members": members })
            }
            Record::EscalationPolicy(policy) => {
                let levels = policy.levels.iter().map(|level| {
                    let people = self.faces(level.people.iter().cloned());
                    json!([level.level, level.timeout_secs, level.schedules, people])
                });
                json!({ "name": policy.name, "levels": levels.collect::<Vec<_>>() })
            }
            Record::Schedule(at) => {
                json!({ "name": at.name, "system": at.system, "timezone": at.timezone, "team": at.team })
            }
            Record::Rotation(rotation) => {
                let named = !self.shift_schedules.contains(&rotation.schedule);
                json!({ "schedule": rotation.schedule, "name": named.then_some(&rotation.name) })
            }
            Record::Shift(shift) => self.shift(shift),
            Record::Incident(incident) => Self::incident(incident),
            Record::TimelineEvent(event) => self.event(event),
            Record::Page(page) => self.page(page),
            other => json!(other),
        }
    }

    fn shift(&self, shift: &Shift) -> Value {
        json!({
            "origin": shift.origin,
            "role": shift.role,
            "level": shift.level,
            "end_open": shift.end_open,
            "withheld": shift.withheld,
            "person": shift.person.as_ref().map(|who| self.face(who)),
        })
    }

    fn incident(incident: &Incident) -> Value {
        let mut teams = incident.teams.clone();
        teams.sort_unstable();
        let whole = Incident { teams, responders: Vec::new(), url: None, ..incident.clone() };
        json!(whole)
    }

    fn event(&self, event: &TimelineEvent) -> Value {
        let kind = match (event.kind, event.raw_type.as_deref()) {
            // A trigger after a resolve may be read as a return.
            (TimelineKind::Reopen, Some(word)) if word.starts_with("trigger") => TimelineKind::Trigger,
            (kind, _) => kind,
        };
        let text = (kind == TimelineKind::Note).then_some(&event.text);
        json!({
            "incident": event.incident,
            "at": event.at,
            "kind": kind,
            "actor": event.actor.as_ref().map(|who| self.face(who)),
            "text": text,
            // Two words are in use for one type.
            "raw_type": event.raw_type.as_deref().map(|word| word.replace("acknowledgement_log", "acknowledge_log")),
        })
    }

    fn page(&self, page: &Page) -> Value {
        let answered = page
            .answered_at
            .map_or_else(|| self.answers.get(&page.ext_id).cloned().unwrap_or_default(), |at| json!(at));
        json!({
            "person": page.person.as_ref().map(|who| self.face(who)),
            "incident": page.incident,
            "sent_at": page.sent_at,
            "channel": page.channel,
            "status": page.status,
            "service": page.service,
            "answered_at": answered,
        })
    }
}
