//! Whose a shift is, and in which role: from the attendees, else from what producers write into the summary.

use std::sync::LazyLock;

use fairlead_domain::person::PersonRef;
use fairlead_domain::schedule::ShiftRole;
use fairlead_domain::text::{clean_line, normalise_email};
use regex::Regex;

use super::feed::{Attendee, Event};
use crate::phone::without_phones;

/// What the summary and the attendees of an event say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Whose {
    /// Who; empty when the event names nobody.
    pub(super) people: Vec<PersonRef>,
    /// The role where it is stated.
    pub(super) role: Option<ShiftRole>,
    /// The level where it is stated, the first is 1.
    pub(super) level: Option<u32>,
    /// The schedule's name where the producer writes it into each event.
    pub(super) schedule: Option<String>,
    /// The end is where the producer stopped, not where the shift ends.
    pub(super) end_open: bool,
    /// The event says that somebody is away; it is no shift.
    pub(super) away: bool,
    /// The summary says that this is a shift, perhaps of a role, and not whose.
    pub(super) nameless: bool,
}

/// A pattern that is known to be good; a bad one matches nothing (the tests show that none is).
fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

static PAGERDUTY: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^On Call - (?P<person>.+?)(?: - (?P<schedule>.+))?$"));
static GOALERT: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^(?:(?P<person>.+?) )?On-Call \([^:()]*: (?P<schedule>.+)\)(?P<open> Begins\*)?$"));
static OPSGENIE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)^(?P<schedule>[^:]*\S_schedule)\s*:\s*(?P<person>.+)$"));
static LINKEDIN: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^(?P<schedule>.+?) (?P<role>\S+) shift: (?P<person>.+)$"));
static GRAFANA_LEVEL: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^\[L(?P<level>\d{1,2})\]\s*(?P<person>.+)$"));
static ROLE_WORD: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)\b(?P<role>primary|secondary|backup|shadow|manager|l1|l2|l3)\b"));
static NOISE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:is\s+)?on[\s-]?call|oncall|pager\s?duty|rota|duty|shift|primary|secondary|backup|shadow|manager|l1|l2|l3)\b",
    )
});

/// Words that stand beside those for being on call and are nobody's name.
const NO_NAMES: [&str; 8] =
    ["the", "engineer", "engineers", "person", "responder", "responders", "rotation", "schedule"];

/// Reads an event of an on-call calendar. With `own` (the configured pattern) the summary must match it; else the
/// attendees name the people, else the summary.
pub(super) fn read(event: &Event, own: Option<&Regex>) -> Whose {
    let summary = without_phones(&clean_line(&event.summary));
    let summary = summary.trim();
    let mut whose = by_producer(summary).unwrap_or_else(|| by_words(summary));
    let invited: Vec<_> = event.attendees.iter().filter_map(person_of).collect();
    if let Some(found) = own.and_then(|own| own.captures(summary)) {
        let group = |name| found.name(name).map(|m| m.as_str().trim()).filter(|text| !text.is_empty());
        if let Some(role) = group("role") {
            (whose.role, whose.level) = role_of(role);
            whose.away = is_away(role);
        }
        if let Some(person) = group("person") {
            let named = named(person);
            let same = |other: &&PersonRef| other.name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(person));
            whose.people = vec![invited.iter().find(same).cloned().unwrap_or(named)];
        }
        return whose;
    }
    if own.is_some() {
        whose = Whose::default();
    }
    if !invited.is_empty() {
        let said = whose.people.pop().and_then(|person| person.name).filter(|_| by_producer(summary).is_some());
        whose.people = invited;
        // A producer's own form names the one who is invited, often by a bare address.
        if let ([only], Some(said)) = (whose.people.as_mut_slice(), said) {
            only.name.get_or_insert(said);
        }
    }
    whose
}

fn by_producer(summary: &str) -> Option<Whose> {
    for known in [&PAGERDUTY, &GOALERT, &OPSGENIE, &LINKEDIN, &GRAFANA_LEVEL] {
        let Some(found) = known.as_ref().and_then(|known| known.captures(summary)) else { continue };
        let group = |name: &str| found.name(name).map(|m| m.as_str().trim()).filter(|text| !text.is_empty());
        let (role, level) = group("role").map_or((None, None), role_of);
        return Some(Whose {
            people: group("person").map(named).into_iter().collect(),
            role,
            level: level.or_else(|| group("level").and_then(|digits| digits.parse().ok()).filter(|level| *level > 0)),
            schedule: group("schedule").map(str::to_owned),
            end_open: group("open").is_some(),
            away: group("role").is_some_and(is_away),
            nameless: false,
        });
    }
    None
}

/// A summary of no known form: the role words and the words for being on call go, what is left is the name. Nothing may be
/// left: "Primary on call" is no person.
fn by_words(summary: &str) -> Whose {
    let role = ROLE_WORD
        .as_ref()
        .and_then(|words| words.captures(summary))
        .and_then(|found| found.name("role").map(|role| role_of(role.as_str())));
    let (role, level) = role.unwrap_or_default();
    if let Some(address) = only_address(summary) {
        return Whose { people: vec![PersonRef::by_email(address)], role, level, ..Whose::default() };
    }
    let rest = NOISE.as_ref().map_or_else(|| summary.to_owned(), |noise| noise.replace_all(summary, " ").into_owned());
    let name = tidy(&rest);
    if name.split_whitespace().all(|word| NO_NAMES.contains(&word.to_lowercase().as_str())) {
        return Whose { role, level, nameless: !tidy(summary).is_empty(), ..Whose::default() };
    }
    Whose { people: vec![named(&name)], role, level, ..Whose::default() }
}

/// The e-mail address in a summary that holds exactly one.
fn only_address(summary: &str) -> Option<&str> {
    let edge = |c: char| matches!(c, '(' | ')' | '<' | '>' | '[' | ']' | ',' | ';' | ':' | '"' | '\'');
    let mut found =
        summary.split_whitespace().map(|word| word.trim_matches(edge)).filter(|w| normalise_email(w).is_some());
    found.next().filter(|_| found.next().is_none())
}

/// White space folded; brackets that became empty and separators at the ends dropped.
pub(super) fn tidy(text: &str) -> String {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (from, to) in [("( ", "("), (" )", ")"), ("[ ", "["), (" ]", "]"), ("()", ""), ("[]", "")] {
        text = text.replace(from, to);
    }
    let edge =
        |c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '|' | '/' | ',' | ';' | '@' | '*' | '·');
    text.trim_matches(edge).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A person by what a summary says: an e-mail address, or a name.
pub(super) fn named(text: &str) -> PersonRef {
    match normalise_email(text) {
        Some(_) => PersonRef::by_email(text.trim()),
        None => PersonRef::by_name(&tidy(text)),
    }
}

/// The person of an attendee; `None` for rooms, for those who declined, and without an e-mail or a name.
pub(super) fn person_of(attendee: &Attendee) -> Option<PersonRef> {
    if attendee.absent {
        return None;
    }
    let email = normalise_email(&attendee.address).map(|_| {
        let address = attendee.address.trim();
        address
            .get(..7)
            .filter(|scheme| scheme.eq_ignore_ascii_case("mailto:"))
            .map_or(address, |_| &address[7..])
            .to_owned()
    });
    let name = attendee.name.as_deref().map(|name| tidy(&without_phones(&clean_line(name))));
    let name = name.filter(|name| !name.is_empty() && normalise_email(name).is_none());
    (email.is_some() || name.is_some()).then_some(PersonRef { ext_id: None, email, name })
}

/// The role and level of a word; both unknown for other words.
fn role_of(word: &str) -> (Option<ShiftRole>, Option<u32>) {
    match word.trim().to_lowercase().as_str() {
        "primary" => (Some(ShiftRole::Primary), None),
        "l1" => (Some(ShiftRole::Primary), Some(1)),
        "secondary" | "backup" => (Some(ShiftRole::Secondary), None),
        "l2" => (Some(ShiftRole::Secondary), Some(2)),
        "l3" => (Some(ShiftRole::Secondary), Some(3)),
        "shadow" => (Some(ShiftRole::Shadow), None),
        "manager" => (Some(ShiftRole::Manager), None),
        "info" => (Some(ShiftRole::Info), None),
        _ => (None, None),
    }
}

/// Roles that say that somebody is not there.
fn is_away(role: &str) -> bool {
    matches!(role.trim().to_lowercase().as_str(), "vacation" | "unavailable")
}
