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

    /// Of what `source` calls by an id and a name: services are mapped by either.
    pub(in super::super) fn called(config: &Config, source: &str, id: Option<&str>, name: Option<&str>) -> Self {
        Self::of(config, source, id.into_iter().chain(name))
    }

    /// Of an incident.
    pub(in super::super) fn of_incident(config: &Config, row: &IncidentRow) -> Self {
        Self::called(config, &row.source, row.service.as_deref(), row.service_name.as_deref())
    }
}
