//! Where a thing that a source names belongs: the configured service, its tier and team.

use fairlead_store::synced::IncidentRow;

use crate::config::Config;
use crate::lookup;

/// The service of a thing.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Place {
    /// The configured service, else what the source calls it.
    pub service: Option<String>,
    /// Its tier.
    pub tier: Option<u8>,
    /// The owning team.
    pub team: Option<String>,
}

impl Place {
    /// Of what `source` calls by one of these names, of which the last is for people.
    pub(in super::super) fn of<'n>(
        config: &Config,
        source: &str,
        names: impl IntoIterator<Item = &'n str> + Clone,
    ) -> Self {
        let known = names.clone().into_iter().find_map(|name| lookup::service(config, source, name));
        Self {
            service: known.map(|(name, _)| name).or_else(|| names.into_iter().last()).map(str::to_owned),
            tier: known.and_then(|(_, service)| service.tier),
            team: known.and_then(|(_, service)| service.team.clone()),
        }
    }

    /// Of an incident: sources are mapped by the service's id or by its name.
    pub(in super::super) fn of_incident(config: &Config, row: &IncidentRow) -> Self {
        let names: Vec<&str> = [&row.service, &row.service_name].into_iter().flatten().map(String::as_str).collect();
        Self::of(config, &row.source, names)
    }
}
