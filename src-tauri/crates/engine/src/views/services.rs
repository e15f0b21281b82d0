//! Services, and what sources call them; what is not configured comes first.

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
}

/// A service as a source names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
pub struct ServiceEntry {
    /// Whether `[service]` says something of it.
    pub mapped: bool,
    /// The source.
    pub source: String,
    /// What the source calls it.
    pub name: String,
    /// The configured service.
    pub service: Option<String>,
    /// 1 (most important) to 4.
    pub tier: Option<u8>,
    /// The owning team.
    pub team: Option<String>,
}

/// Every service that a source names: in its catalogue, or by an SLO.
///
/// # Errors
/// What the database says.
pub async fn services(workspace: &Workspace, as_of: Timestamp) -> Result<Services, EngineError> {
    let (plan, config) = (workspace.plan(), workspace.config.clone());
    let (services, warnings) = workspace
        .synced
        .read(move |reader| {
            let warnings = Freshness::read(reader, &plan, as_of)?.warnings();
            Ok((entries(reader, &config, as_of)?, warnings))
        })
        .await?;
    Ok(Services { as_of, warnings, services })
}

/// Every service that a source names, the unmapped first, then by source and name.
pub(crate) fn entries(reader: &Reader<'_>, config: &Config, as_of: Timestamp) -> Result<Vec<ServiceEntry>, StoreError> {
    let listed = reader.services(as_of)?.into_iter().map(|row| (row.source, row.name));
    let measured = reader.slos(as_of)?.into_iter().filter_map(|row| Some((row.source, row.slo.service?)));
    let mut names: Vec<(String, String)> = listed.chain(measured).collect();
    names.sort();
    names.dedup();
    let entry = |(source, name): (String, String)| {
        let configured = lookup::service(config, &source, &name);
        ServiceEntry {
            mapped: configured.is_some(),
            service: configured.map(|(key, _)| key.to_owned()),
            tier: configured.and_then(|(_, service)| service.tier),
            team: configured.and_then(|(_, service)| service.team.clone()),
            source,
            name,
        }
    };
    let mut services: Vec<ServiceEntry> = names.into_iter().map(entry).collect();
    services.sort();
    Ok(services)
}
