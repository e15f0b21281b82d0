//! What is which service, and whose, said by hand beside the configuration, which goes before.

use fairlead_store::authored::{MappingArea, MappingStep, ServiceOwnerRow};

use crate::EngineError;
use crate::lookup;
use crate::views::services::services;
use crate::workspace::Workspace;

/// Says that what a source calls a service, written `source:id` or `source:name`, is ours of this name, and if wanted
/// its tier and team.
///
/// # Errors
/// [`EngineError::Unknown`] when no source names it, [`EngineError::Usage`] when `fairlead.toml` says something else.
pub async fn map(
    workspace: &Workspace,
    place: &str,
    name: &str,
    tier: Option<u8>,
    team: Option<&str>,
) -> Result<(), EngineError> {
    let now = workspace.clock.now();
    let unknown = || EngineError::Unknown {
        what: "service",
        name: place.to_owned(),
        hint: Some("write source:id or source:name, as `fairleadctl services` lists it".to_owned()),
    };
    let (source, called) = place.split_once(':').ok_or_else(unknown)?;
    let known = services(workspace, now).await?.services;
    let is = |external_id: Option<&str>, listed: &str| external_id == Some(called) || listed == called;
    let service = known
        .iter()
        .find(|service| service.source == source && is(service.external_id.as_deref(), &service.name))
        .ok_or_else(unknown)?;
    let name = name.trim();
    if name.is_empty() {
        return Err(EngineError::Usage { message: "the service needs a name".to_owned() });
    }
    let id = service.external_id.as_deref();
    let written = lookup::service_of(&workspace.config, source, id, Some(&service.name));
    if let Some((configured, _)) = written.filter(|(configured, _)| *configured != name) {
        return Err(spoken_for(&format!("{place} is {configured:?}")));
    }
    let configured = workspace.config.services.get(name);
    if let (Some(tier), Some(said)) = (tier, configured.and_then(|service| service.tier))
        && tier != said
    {
        return Err(spoken_for(&format!("{name} has tier {said}")));
    }
    if let (Some(team), Some(said)) = (team, configured.and_then(|service| service.team.as_deref()))
        && team != said
    {
        return Err(spoken_for(&format!("{name} belongs to {said}")));
    }
    let owner = owner(workspace, name, tier, team).await?;
    let (by, title) = (super::by(workspace), format!("map {place} to {name}"));
    // By the id where there is one: a name may change upstream.
    let (source, called) = (source.to_owned(), id.unwrap_or(&service.name).to_owned());
    let (name, is_new) = (name.to_owned(), written.is_none());
    let write = workspace.authored.write(move |w| {
        w.map(MappingArea::Services, &title, &by, |w| {
            if is_new {
                w.set_service_alias(&source, &called, Some(&name), &by)?;
            }
            owner.iter().try_for_each(|owner| w.set_service_owner(owner, &by).map(drop))
        })
    });
    write.await?;
    Ok(())
}

/// What is to be said of a service: what was said, and what is said now over it. `None`: nothing is.
async fn owner(
    workspace: &Workspace,
    name: &str,
    tier: Option<u8>,
    team: Option<&str>,
) -> Result<Option<ServiceOwnerRow>, EngineError> {
    if tier.is_none() && team.is_none() {
        return Ok(None);
    }
    let now = workspace.clock.now();
    let owners = workspace.authored.read(move |reader| reader.service_owners(now)).await?;
    let before = owners.into_iter().find(|owner| owner.service == name);
    let before =
        before.unwrap_or(ServiceOwnerRow { service: name.to_owned(), team: None, tier: None, lifecycle: None });
    Ok(Some(ServiceOwnerRow { tier: tier.or(before.tier), team: team.map(str::to_owned).or(before.team), ..before }))
}

/// Takes back the last thing that the author said of services and did not take back yet.
///
/// # Errors
/// [`EngineError::Usage`] when there is nothing, and the store's conflict when somebody changed it since.
pub async fn undo(workspace: &Workspace) -> Result<MappingStep, EngineError> {
    super::undo_mapping(workspace, MappingArea::Services).await
}

fn spoken_for(what: &str) -> EngineError {
    EngineError::Usage { message: format!("fairlead.toml says that {what}, and goes before: change it there") }
}
