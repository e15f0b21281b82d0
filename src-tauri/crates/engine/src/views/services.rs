//! Services, and what sources call them; what is not mapped comes first.

use std::collections::BTreeSet;

use fairlead_domain::Timestamp;
use serde::Serialize;
use specta::Type;

use super::answer::Warning;
use super::freshness::Freshness;
use crate::EngineError;
use crate::lookup;
use crate::mapping::Mapping;
use crate::workspace::Workspace;

/// Every service that a source names.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Services {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What limits it.
    pub warnings: Vec<Warning>,
    /// The unmapped first, then by source and name.
    pub services: Vec<ServiceEntry>,
    /// How many are not mapped.
    pub unmapped: u32,
    /// Words for a severity that mean none yet, by source and word.
    pub severities: Vec<SeverityEntry>,
}

/// A service as a source names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
pub struct ServiceEntry {
    /// Whether `[service]` or a mapping says something of it.
    pub mapped: bool,
    /// The source.
    pub source: String,
    /// What the source calls it.
    pub name: String,
    /// The configured or mapped service.
    pub service: Option<String>,
    /// 1 (most important) to 4.
    pub tier: Option<u8>,
    /// The owning team.
    pub team: Option<String>,
    /// The source's id, where it has one.
    pub external_id: Option<String>,
    /// Who says so: `configuration` or `mapping`.
    pub by: Option<String>,
}

/// A source's word for a severity that means none yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SeverityEntry {
    /// The source.
    pub source: String,
    /// Its word.
    pub word: String,
    /// How many incidents have it.
    pub incidents: u32,
}

/// Every service that a source names: in its catalogue, or by an SLO.
///
/// # Errors
/// What the databases say.
pub async fn services(workspace: &Workspace, as_of: Timestamp) -> Result<Services, EngineError> {
    let plan = workspace.plan();
    let Mapping { config, .. } = Mapping::at(workspace, as_of).await?;
    let (listed, measured, severities, warnings) = workspace
        .synced
        .read(move |reader| {
            let listed = reader.services(as_of)?;
            let measured = reader.slos(as_of)?.into_iter().filter_map(|row| Some((row.source, row.slo.service?)));
            let measured: Vec<(String, String)> = measured.collect();
            let warnings = Freshness::read(reader, &plan, as_of)?.warnings();
            Ok((listed, measured, reader.unmapped_severities(as_of)?, warnings))
        })
        .await?;
    let mut names: BTreeSet<(String, String, Option<String>)> =
        listed.into_iter().map(|row| (row.source, row.name, Some(row.ext_id))).collect();
    let known: BTreeSet<(String, String)> =
        names.iter().map(|(source, name, _)| (source.clone(), name.clone())).collect();
    names
        .extend(measured.into_iter().filter(|place| !known.contains(place)).map(|(source, name)| (source, name, None)));
    let mut services: Vec<ServiceEntry> = names
        .into_iter()
        .map(|(source, name, external_id)| {
            let id = external_id.as_deref();
            let said = lookup::service_of(&config, &source, id, Some(&name));
            let written = lookup::service_of(&workspace.config, &source, id, Some(&name)).is_some();
            ServiceEntry {
                mapped: said.is_some(),
                service: said.map(|(key, _)| key.to_owned()),
                tier: said.and_then(|(_, service)| service.tier),
                team: said.and_then(|(_, service)| service.team.clone()),
                by: said.map(|_| if written { "configuration" } else { "mapping" }.to_owned()),
                source,
                name,
                external_id,
            }
        })
        .collect();
    services.sort();
    let unmapped = services.iter().filter(|service| !service.mapped).count();
    let severity = |row: fairlead_store::synced::UnmappedSeverity| SeverityEntry {
        source: row.source,
        word: row.word,
        incidents: row.incidents,
    };
    Ok(Services {
        as_of,
        warnings,
        services,
        unmapped: u32::try_from(unmapped).unwrap_or(u32::MAX),
        severities: severities.into_iter().map(severity).collect(),
    })
}
