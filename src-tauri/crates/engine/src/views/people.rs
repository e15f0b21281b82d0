//! People, and the identities in sources that make them up; who could not be matched comes first.

mod suggest;

use std::collections::{BTreeMap, HashMap};

use fairlead_domain::time::DAY_MS;
use fairlead_domain::{Timestamp, Window};
use fairlead_store::authored::{PersonAliases, PersonKind};
use fairlead_store::synced::IdentityRow;
use serde::Serialize;
use specta::Type;
use uuid::Uuid;

pub use suggest::Suggestion;

use super::answer::Warning;
use super::freshness::Freshness;
use super::unmapped::is_unmapped;
use crate::EngineError;
use crate::config::{Config, Member};
use crate::workspace::Workspace;

/// Shifts of so many days before and after are looked at for accounts that hold several at once.
const LOOK_MS: i64 = 28 * DAY_MS;

/// Everyone known.
#[derive(Debug, Clone, Serialize, Type)]
pub struct People {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What limits it.
    pub warnings: Vec<Warning>,
    /// The unmapped first, then by name.
    pub people: Vec<PersonEntry>,
    /// How many are not mapped.
    pub unmapped: u32,
    /// What could be said of them; never done by itself.
    pub suggestions: Vec<Suggestion>,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PersonEntry {
    /// Stable key.
    pub key: String,
    /// Display name.
    pub name: String,
    /// E-mail.
    pub email: Option<String>,
    /// IANA zone: what was said for that time, else the configured one, else the upstream's.
    pub timezone: Option<String>,
    /// Whether the person is known by an e-mail, or was merged, mapped or marked by hand. One who is not may be the same
    /// as another.
    pub mapped: bool,
    /// How sources know the person.
    pub identities: Vec<IdentityEntry>,
    /// `person`, `shared` or `bot`; the last two count on coverage and in no person's numbers.
    pub kind: String,
    /// Working hours, `HH:MM-HH:MM`: what was said for that time, else the configured ones.
    pub hours: Option<String>,
    /// Zone and hours that were said by hand, oldest first.
    pub dated: Vec<DatedHours>,
}

/// Zone and working hours for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DatedHours {
    /// From when on.
    #[specta(type = String)]
    pub valid_from: Timestamp,
    /// Until when; `None`: until further notice.
    #[specta(type = Option<String>)]
    pub valid_to: Option<Timestamp>,
    /// IANA zone; `None`: as before.
    pub timezone: Option<String>,
    /// Working hours; `None`: as before.
    pub hours: Option<String>,
}

/// How a source knows a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct IdentityEntry {
    /// The source.
    pub source: String,
    /// The source's id.
    pub external_id: String,
    /// Name there.
    pub name: String,
    /// Whether the source still lists them as active.
    pub active: bool,
}

/// Everyone known, with merges resolved.
///
/// # Errors
/// What the databases say.
pub async fn people(workspace: &Workspace, as_of: Timestamp) -> Result<People, EngineError> {
    let aliases = workspace.authored.read(move |reader| reader.person_aliases(as_of)).await?;
    let plan = workspace.plan();
    let look = Window::new(as_of.plus_millis(-LOOK_MS), as_of.plus_millis(LOOK_MS));
    let (identities, shifts, warnings) = workspace
        .synced
        .read(move |reader| {
            let warnings = Freshness::read(reader, &plan, as_of)?.warnings();
            Ok((reader.identities()?, reader.shifts(look)?, warnings))
        })
        .await?;
    let people = entries(&workspace.config, &aliases, identities, as_of);
    let unmapped = people.iter().filter(|person| !person.mapped).count();
    let suggestions = suggest::suggestions(&people, &aliases, &shifts, &workspace.config.teams);
    Ok(People { as_of, warnings, people, unmapped: u32::try_from(unmapped).unwrap_or(u32::MAX), suggestions })
}

/// The people behind `identities` at an instant, with merges resolved; the unmapped first, then by name.
pub(crate) fn entries(
    config: &Config,
    aliases: &PersonAliases,
    identities: Vec<IdentityRow>,
    as_of: Timestamp,
) -> Vec<PersonEntry> {
    let members = members(config);
    let mut people: BTreeMap<Uuid, PersonEntry> = BTreeMap::new();
    for row in identities {
        let key = aliases.resolve(&row.source, &row.ext_id, row.person.key);
        let given = key != row.person.key;
        let configured = row.person.email.as_deref().and_then(|email| members.get(email));
        let entry = people.entry(key).or_insert_with(|| blank(key, &row.person.name, aliases));
        if !given && entry.email.is_none() {
            entry.name.clone_from(&row.person.name);
        }
        entry.mapped |= !is_unmapped(aliases, &row.source, &row.person);
        // Whoever was given away has an address of somebody else's.
        entry.email = if given { entry.email.take() } else { row.person.email.clone().or_else(|| entry.email.take()) }
            .or(row.person.email);
        if entry.timezone.is_none() || configured.is_some() {
            let zone = configured.and_then(|member| member.timezone).map(|zone| zone.name().to_owned());
            entry.timezone = zone.or_else(|| entry.timezone.take()).or(row.timezone);
        }
        let hours = configured.and_then(|member| member.hours).map(|hours| wording(hours.from, hours.to));
        entry.hours = entry.hours.take().or(hours);
        entry.identities.push(IdentityEntry {
            source: row.source,
            external_id: row.ext_id,
            name: row.person.name,
            active: row.active,
        });
    }
    for (key, entry) in &mut people {
        let zone = aliases.timezone(*key, as_of).map(str::to_owned);
        entry.timezone = zone.or_else(|| entry.timezone.take());
        let hours = aliases.hours(*key, as_of).map(|(from, to)| wording(from, to));
        entry.hours = hours.or_else(|| entry.hours.take());
    }
    let mut people: Vec<PersonEntry> = people.into_values().collect();
    people.sort_by(|a, b| (a.mapped, &a.name, &a.key).cmp(&(b.mapped, &b.name, &b.key)));
    people
}

fn blank(key: Uuid, name: &str, aliases: &PersonAliases) -> PersonEntry {
    let rows = aliases.hours_rows(key);
    let ends = rows.iter().skip(1).map(|row| Some(row.valid_from)).chain([None]);
    PersonEntry {
        key: key.to_string(),
        name: name.to_owned(),
        email: None,
        timezone: None,
        mapped: false,
        identities: Vec::new(),
        kind: aliases.mark(key).unwrap_or(PersonKind::Person).word().to_owned(),
        hours: None,
        dated: rows
            .iter()
            .zip(ends)
            .map(|(row, valid_to)| DatedHours {
                valid_from: row.valid_from,
                valid_to,
                timezone: row.timezone.clone(),
                hours: row.hours.map(|(from, to)| wording(from, to)),
            })
            .collect(),
    }
}

fn members(config: &Config) -> HashMap<&str, &Member> {
    config.teams.iter().flat_map(|team| &team.members).map(|member| (member.email.as_str(), member)).collect()
}

/// `09:00-17:00`.
fn wording(from: u16, to: u16) -> String {
    format!("{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
}
