//! Services, and what sources call them; what is not mapped comes first.

use std::collections::BTreeSet;

use fairlead_domain::Timestamp;
use fairlead_store::StoreError;
use fairlead_store::synced::Reader;
use serde::Serialize;
use specta::Type;

use super::answer::Warning;
use super::freshness::Freshness;
use crate::EngineError;
use crate::config::Config;
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
    let written = workspace.config.clone();
    let Mapping { config, .. } = Mapping::at(workspace, as_of).await?;
    let (services, severities, warnings) = workspace
        .synced
        .read(move |reader| {
            let warnings = Freshness::read(reader, &plan, as_of)?.warnings();
            Ok((entries(reader, &config, &written, as_of)?, reader.unmapped_severities(as_of)?, warnings))
        })
        .await?;
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

/// Every service that a source names, the unmapped first, then by source and name. `config` holds also what was mapped by
/// hand, `written` what the file says alone.
pub(crate) fn entries(
    reader: &Reader<'_>,
    config: &Config,
    written: &Config,
    as_of: Timestamp,
) -> Result<Vec<ServiceEntry>, StoreError> {
    let listed = reader.services(as_of)?;
    let measured = reader.slo_services(as_of)?.into_iter().filter_map(|(source, service)| Some((source, service?)));
    let measured: Vec<(String, String)> = measured.collect();
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
            let said = lookup::service_of(config, &source, id, Some(&name));
            let by_hand = lookup::service_of(written, &source, id, Some(&name)).is_none();
            ServiceEntry {
                mapped: said.is_some(),
                service: said.map(|(key, _)| key.to_owned()),
                tier: said.and_then(|(_, service)| service.tier),
                team: said.and_then(|(_, service)| service.team.clone()),
                by: said.map(|_| if by_hand { "mapping" } else { "configuration" }.to_owned()),
                source,
                name,
                external_id,
            }
        })
        .collect();
    services.sort();
    Ok(services)
}
