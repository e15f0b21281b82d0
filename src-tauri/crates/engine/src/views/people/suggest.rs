//! What could be said of people: who may be the same, and which accounts may be no person. Nothing is done by itself.
//! An e-mail is the same person, and was matched before; a login that equals the local part of one may be; a name never
//! is a reason.

use std::collections::{BTreeMap, BTreeSet};

use fairlead_domain::schedule::ShiftRole;
use fairlead_store::authored::PersonAliases;
use fairlead_store::synced::ShiftRow;
use serde::Serialize;
use specta::Type;
use uuid::Uuid;

use super::PersonEntry;
use crate::config::TeamConfig;

/// Something that could be said, with the words that say it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
pub struct Suggestion {
    /// `map` or `mark`.
    pub kind: String,
    /// Key of the person whom it is about.
    pub key: String,
    /// Their name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// The command that says so.
    pub command: String,
    /// What is said something of: an identity as `source:id` for `map`, a person's e-mail or key for `mark`.
    pub one: String,
    /// What is said of it: the e-mail or key of whom it is for `map`, the kind of account for `mark`.
    pub as_whom: String,
}

/// Words in addresses of several people.
const SHARED: &[&str] = &[
    "oncall",
    "duty",
    "rota",
    "pager",
    "alerts",
    "ops",
    "devops",
    "sre",
    "noc",
    "support",
    "helpdesk",
    "team",
    "group",
    "shared",
    "platform",
    "infra",
    "engineering",
    "admin",
];

/// Most shifts that one person is believed to hold at once: two, as the first and the second of two services.
const BELIEVED: usize = 2;

pub(super) fn suggestions(
    people: &[PersonEntry],
    aliases: &PersonAliases,
    shifts: &[ShiftRow],
    teams: &[TeamConfig],
) -> Vec<Suggestion> {
    let mut found = logins(people);
    let most = at_once(aliases, shifts);
    for person in people.iter().filter(|person| person.kind == "person") {
        let marked = person.key.parse::<Uuid>().is_ok_and(|key| aliases.mark(key).is_some());
        if marked {
            continue;
        }
        let mark = |kind: &str, reason: String| Suggestion {
            kind: "mark".to_owned(),
            key: person.key.clone(),
            name: person.name.clone(),
            reason,
            command: format!("people mark {} --as {kind}", person.email.as_deref().unwrap_or(&person.key)),
            one: person.email.as_deref().unwrap_or(&person.key).to_owned(),
            as_whom: kind.to_owned(),
        };
        if is_bot(person) {
            found.push(mark("bot", "its name is that of a program".to_owned()));
        } else if let Some(shifts) = most.get(&person.key).filter(|shifts| is_several(person, teams, **shifts)) {
            found.push(mark("shared", format!("it holds {shifts} shifts at once")));
        }
    }
    found.sort();
    found
}

/// Unmapped people whose login equals the local part of just one e-mail, or the login of just one person with an e-mail.
fn logins(people: &[PersonEntry]) -> Vec<Suggestion> {
    let mut known: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (place, person) in people.iter().enumerate() {
        let Some((local, _)) = person.email.as_deref().and_then(|email| email.split_once('@')) else { continue };
        let ids = person.identities.iter().filter_map(|identity| login(&identity.external_id));
        for word in ids.chain(login(local)) {
            known.entry(word).or_default().insert(place);
        }
    }
    let mut found = Vec::new();
    for person in people.iter().filter(|person| !person.mapped) {
        for identity in &person.identities {
            let Some(word) = login(&identity.external_id) else { continue };
            let Some(places) = known.get(&word).filter(|places| places.len() == 1) else { continue };
            let Some(same) = places.first().and_then(|place| people.get(*place)) else { continue };
            let who = same.email.as_deref().unwrap_or(&same.key);
            found.push(Suggestion {
                kind: "map".to_owned(),
                key: person.key.clone(),
                name: person.name.clone(),
                reason: format!("the login {word} is that of {who}"),
                command: format!("people map {}:{} {who}", identity.source, identity.external_id),
                one: format!("{}:{}", identity.source, identity.external_id),
                as_whom: who.to_owned(),
            });
        }
    }
    found
}

/// A text as a login is compared; a name with blanks is none, nor is an address.
fn login(text: &str) -> Option<String> {
    let word = text.trim().trim_start_matches('@').to_lowercase();
    (word.chars().count() > 1 && !word.contains(|c: char| c.is_whitespace() || c == '@')).then_some(word)
}

fn is_bot(person: &PersonEntry) -> bool {
    let local = person.email.as_deref().and_then(|email| email.split('@').next()).unwrap_or_default();
    let words = person.identities.iter().map(|identity| identity.external_id.as_str()).chain([&*person.name, local]);
    words.into_iter().any(|text| {
        let text = text.to_lowercase();
        let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
        text.ends_with("[bot]") || parts.contains(&"bot") || parts.contains(&"noreply") || text == "no-reply"
    })
}

/// Whether an account that holds so many shifts at once is one of several people. Two at once are common, so that its
/// address must say so too.
fn is_several(person: &PersonEntry, teams: &[TeamConfig], shifts: usize) -> bool {
    let local = person.email.as_deref().and_then(|email| email.split('@').next()).unwrap_or(&person.name);
    let local = local.to_lowercase();
    let joined: String = local.chars().filter(|c| c.is_alphanumeric()).collect();
    let says = |word: &str| joined == word || local.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
    let shared = SHARED.iter().any(|word| says(word)) || teams.iter().any(|team| says(&team.name.to_lowercase()));
    shifts > BELIEVED || (shifts > 1 && shared)
}

/// The most shifts that each person holds at the same time.
fn at_once(aliases: &PersonAliases, shifts: &[ShiftRow]) -> BTreeMap<String, usize> {
    let mut edges: BTreeMap<String, Vec<(fairlead_domain::Timestamp, i32)>> = BTreeMap::new();
    for row in shifts.iter().filter(|row| !matches!(row.role, ShiftRole::Shadow | ShiftRole::Info)) {
        let Some(person) = &row.person else { continue };
        let key = aliases.resolve(&row.source, &person.identity, person.key).to_string();
        let held = edges.entry(key).or_default();
        held.extend([(row.start, 1), (row.end, -1)]);
    }
    let most = |mut held: Vec<(fairlead_domain::Timestamp, i32)>| {
        // An end goes before a start of the same instant.
        held.sort_unstable();
        let running = held.iter().scan(0, |now, (_, change)| {
            *now += change;
            Some(*now)
        });
        usize::try_from(running.max().unwrap_or_default()).unwrap_or_default()
    };
    edges.into_iter().map(|(key, held)| (key, most(held))).collect()
}
