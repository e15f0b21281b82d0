//! The configuration together with what people mapped beside it, as of an instant.

use fairlead_domain::Timestamp;
use fairlead_store::authored::{PersonAliases, ServiceAliasRow, ServiceOwnerRow};

use crate::EngineError;
use crate::config::{Config, ServiceConfig};
use crate::lookup;
use crate::workspace::Workspace;

/// Who is who and what is which service.
#[derive(Debug, Clone)]
pub(crate) struct Mapping {
    /// The configuration; `services` also hold what was mapped by hand.
    pub config: Config,
    /// People who were merged, marked, and given zone and hours by hand.
    pub aliases: PersonAliases,
}

impl Mapping {
    /// What is configured now and was mapped by hand at `as_of`.
    pub(crate) async fn at(workspace: &Workspace, as_of: Timestamp) -> Result<Self, EngineError> {
        let (aliases, services, owners) = workspace
            .authored
            .read(move |reader| {
                Ok((reader.person_aliases(as_of)?, reader.service_aliases(as_of)?, reader.service_owners(as_of)?))
            })
            .await?;
        let mut config = workspace.config.clone();
        lay_over(&mut config, services, owners);
        Ok(Self { config, aliases })
    }
}

/// Adds services that were mapped by hand. Where the configuration speaks, it goes before.
fn lay_over(config: &mut Config, aliases: Vec<ServiceAliasRow>, owners: Vec<ServiceOwnerRow>) {
    let blank = || ServiceConfig { team: None, tier: None, also: Vec::new() };
    let new = aliases.into_iter().filter(|alias| lookup::service(config, &alias.source, &alias.ext_id).is_none());
    let new: Vec<ServiceAliasRow> = new.collect();
    let known = config.services.change();
    for ServiceAliasRow { source, ext_id, service } in new {
        known.entry(service).or_insert_with(blank).also.push(format!("{source}:{ext_id}"));
    }
    for ServiceOwnerRow { service, team, tier, .. } in owners {
        let entry = known.entry(service).or_insert_with(blank);
        entry.team = entry.team.take().or(team);
        entry.tier = entry.tier.or(tier);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alias(ext_id: &str, service: &str) -> ServiceAliasRow {
        ServiceAliasRow { source: "pd".into(), ext_id: ext_id.into(), service: service.into() }
    }

    #[test]
    fn the_configuration_goes_before_what_was_mapped_by_hand() {
        let text = "[workspace]\nname = \"Desk\"\n[service.checkout]\ntier = 1\nalso = [\"pd:P1\"]\n";
        let mut config = Config::parse(text, fairlead_connectors::kinds()).unwrap();
        let owner = |service: &str, tier| ServiceOwnerRow {
            service: service.into(),
            team: Some("platform".into()),
            tier: Some(tier),
            lifecycle: None,
        };
        lay_over(
            &mut config,
            vec![alias("P1", "ledger"), alias("P2", "ledger"), alias("P3", "checkout")],
            vec![owner("checkout", 3), owner("ledger", 2)],
        );
        let told = |id: &str| {
            let (name, service) = lookup::service(&config, "pd", id).unwrap();
            (name, service.tier, service.team.as_deref())
        };
        assert_eq!(told("P1"), ("checkout", Some(1), Some("platform")), "its tier and its name are configured");
        assert_eq!(told("P2"), ("ledger", Some(2), Some("platform")));
        assert_eq!(told("P3").0, "checkout");
    }
}
