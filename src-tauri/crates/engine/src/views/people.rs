//! People, and the identities in sources that make them up; who could not be matched comes first.

use std::collections::{BTreeMap, HashMap};

use fairlead_domain::Timestamp;
use fairlead_store::authored::PersonAliases;
use fairlead_store::synced::IdentityRow;
use serde::Serialize;
use specta::Type;
use uuid::Uuid;

use super::answer::Warning;
use super::freshness::Freshness;
use crate::EngineError;
use crate::config::Config;
use crate::workspace::Workspace;

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
    /// IANA zone: the configured one, else the upstream's.
    pub timezone: Option<String>,
    /// Whether the person is known by an e-mail, or was merged by hand. One who is not may be the same as another.
    pub mapped: bool,
    /// How sources know the person.
    pub identities: Vec<IdentityEntry>,
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
    let (identities, warnings) = workspace
        .synced
        .read(move |reader| Ok((reader.identities()?, Freshness::read(reader, &plan, as_of)?.warnings())))
        .await?;
    let people = entries(&workspace.config, &aliases, identities);
    Ok(People { as_of, warnings, people })
}

/// The people behind `identities`, with merges resolved; the unmapped first, then by name.
pub(crate) fn entries(config: &Config, aliases: &PersonAliases, identities: Vec<IdentityRow>) -> Vec<PersonEntry> {
    let members: HashMap<&str, &str> = config
        .teams
        .iter()
        .flat_map(|team| &team.members)
        .filter_map(|member| Some((member.email.as_str(), member.timezone?.name())))
        .collect();
    let mut people: BTreeMap<Uuid, PersonEntry> = BTreeMap::new();
    for row in identities {
        let key = aliases.resolve(&row.source, &row.ext_id, row.person.key);
        let merged = key != row.person.key;
        let configured =
            row.person.email.as_deref().and_then(|email| members.get(email)).map(|zone| (*zone).to_owned());
        let entry = people.entry(key).or_insert_with(|| PersonEntry {
            key: key.to_string(),
            name: row.person.name.clone(),
            email: None,
            timezone: None,
            mapped: merged,
            identities: Vec::new(),
        });
        if !merged && entry.email.is_none() {
            entry.name.clone_from(&row.person.name);
        }
        entry.mapped |= row.person.email.is_some();
        entry.email = entry.email.take().or(row.person.email);
        entry.timezone = configured.or_else(|| entry.timezone.take()).or(row.timezone);
        entry.identities.push(IdentityEntry {
            source: row.source,
            external_id: row.ext_id,
            name: row.person.name,
            active: row.active,
        });
    }
    let mut people: Vec<PersonEntry> = people.into_values().collect();
    people.sort_by(|a, b| (a.mapped, &a.name, &a.key).cmp(&(b.mapped, &b.name, &b.key)));
    people
}
