//! Services out of a catalogue: Backstage's `catalog-info.yaml`, or CSV. What it would change is shown, what
//! `fairlead.toml` says stays, and reading the same again changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fairlead_connectors::import::{Catalog, CatalogAlias, CatalogService};
use fairlead_domain::Timestamp;
use fairlead_store::authored::{MappingArea, ServiceAliasRow, ServiceOwnerRow, Writer};
use serde::Serialize;
use specta::Type;

use crate::EngineError;
use crate::lookup;
use crate::views::answer::Warning;
use crate::workspace::Workspace;

/// What an import did, or would do.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ServiceImport {
    /// When.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What could not be read, by line, and where the configuration goes before.
    pub warnings: Vec<Warning>,
    /// Nothing was written.
    pub dry_run: bool,
    /// Services of the file.
    pub services: u32,
    /// Entities of the file that are no services.
    pub others: u32,
    /// Things in the file that could not be read.
    pub faults: u32,
    /// Services that are the same already.
    pub unchanged: u32,
    /// What changes, by service.
    pub changes: Vec<ServiceImportChange>,
}

/// One thing that changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
pub struct ServiceImportChange {
    /// Our service.
    pub service: String,
    /// Where it stands in the file.
    pub line: u32,
    /// `name`, `team`, `tier`, `lifecycle` or `also`.
    pub what: String,
    /// What it was; `None`: nothing was said.
    pub before: Option<String>,
    /// What it is then.
    pub after: Option<String>,
}

/// Takes services out of a file. With `dry_run` nothing is written.
///
/// # Errors
/// [`EngineError::Folder`] when the file cannot be read, [`EngineError::Usage`] when it holds no service.
pub async fn import_services(workspace: &Workspace, file: &Path, dry_run: bool) -> Result<ServiceImport, EngineError> {
    let folder = |source| EngineError::Folder { path: file.to_path_buf(), source };
    let text = std::fs::read_to_string(file).map_err(folder)?;
    let extension = file.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    let catalog = Catalog::read(&text, matches!(extension.as_deref(), Some("yaml" | "yml")));
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if let (true, Some(fault)) = (catalog.services.is_empty(), catalog.faults.first()) {
        return Err(EngineError::Usage { message: format!("{name}:{}: {}", fault.line, fault.message) });
    }
    let now = workspace.clock.now();
    let known = workspace.authored.read(move |r| Ok((r.service_aliases(now)?, r.service_owners(now)?))).await?;
    let read = workspace.synced.read(|reader| reader.sources()).await?;
    let mut difference = Difference::new(workspace, &name, known);
    difference.sources.extend(read.into_iter().map(|row| row.name));
    for fault in &catalog.faults {
        difference.warn("row_skipped", fault.line, &fault.message);
    }
    for service in &catalog.services {
        difference.service(service);
    }
    let Difference { warnings, mut changes, unchanged, aliases, owners, .. } = difference;
    changes.sort();
    if !dry_run && !changes.is_empty() {
        let (by, title) = (super::by(workspace), format!("import {name}"));
        let write = move |w: &mut Writer<'_>| {
            w.map(MappingArea::Services, &title, &by, |w| {
                for row in &aliases {
                    w.set_service_alias(&row.source, &row.ext_id, Some(&row.service), &by)?;
                }
                owners.iter().try_for_each(|owner| w.set_service_owner(owner, &by).map(drop))
            })
        };
        workspace.authored.write(write).await?;
    }
    Ok(ServiceImport {
        as_of: now,
        warnings,
        dry_run,
        services: small(catalog.services.len()),
        others: small(catalog.others),
        faults: small(catalog.faults.len()),
        unchanged,
        changes,
    })
}

/// What a catalogue would change.
struct Difference<'w> {
    workspace: &'w Workspace,
    file: &'w str,
    /// Configured ones, and those of imported files.
    sources: BTreeSet<String>,
    known_aliases: BTreeMap<(String, String), String>,
    known_owners: BTreeMap<String, ServiceOwnerRow>,
    warnings: Vec<Warning>,
    changes: Vec<ServiceImportChange>,
    unchanged: u32,
    aliases: Vec<ServiceAliasRow>,
    owners: Vec<ServiceOwnerRow>,
}

impl<'w> Difference<'w> {
    fn new(
        workspace: &'w Workspace,
        file: &'w str,
        (aliases, owners): (Vec<ServiceAliasRow>, Vec<ServiceOwnerRow>),
    ) -> Self {
        Self {
            workspace,
            file,
            sources: workspace.config.sources.iter().map(|source| source.name.clone()).collect(),
            known_aliases: aliases.into_iter().map(|row| ((row.source, row.ext_id), row.service)).collect(),
            known_owners: owners.into_iter().map(|row| (row.service.clone(), row)).collect(),
            warnings: Vec::new(),
            changes: Vec::new(),
            unchanged: 0,
            aliases: Vec::new(),
            owners: Vec::new(),
        }
    }

    fn warn(&mut self, code: &str, line: usize, message: &str) {
        self.warnings.push(Warning::general(code, format!("{}:{line}: {message}", self.file)));
    }

    fn service(&mut self, service: &CatalogService) {
        let before = self.changes.len();
        self.owner(service);
        for (source, ext_id) in self.places(service) {
            self.alias(service, source, ext_id);
        }
        if self.changes.len() == before {
            self.unchanged += 1;
        }
    }

    /// Team, tier and lifecycle. What the file leaves open stays.
    fn owner(&mut self, service: &CatalogService) {
        let name = &service.name;
        let none = ServiceOwnerRow { service: name.clone(), team: None, tier: None, lifecycle: None };
        let before = self.known_owners.get(name).cloned().unwrap_or(none);
        let mut after =
            ServiceOwnerRow { lifecycle: service.lifecycle.clone().or(before.lifecycle.clone()), ..before.clone() };
        let configured = self.workspace.config.services.get(name);
        let (own_team, own_tier) = (configured.and_then(|s| s.team.clone()), configured.and_then(|s| s.tier));
        match (&own_team, &service.team) {
            (Some(own), Some(team)) if own != team => {
                let message = format!("{name} belongs to {own} by fairlead.toml, which goes before {team}");
                self.warn("configured", service.line, &message);
            }
            (Some(_), _) => {}
            (None, team) => after.team = team.clone().or(after.team),
        }
        match (own_tier, service.tier) {
            (Some(own), Some(tier)) if own != tier => {
                let message = format!("{name} has tier {own} by fairlead.toml, which goes before {tier}");
                self.warn("configured", service.line, &message);
            }
            (Some(_), _) => {}
            (None, tier) => after.tier = tier.or(after.tier),
        }
        // A service that is named and nothing more is known by its name.
        let is_new = !self.known_owners.contains_key(name) && configured.is_none();
        if after == before && !is_new {
            return;
        }
        let tier = |row: &ServiceOwnerRow| row.tier.map(|tier| tier.to_string());
        self.change(service, "team", before.team.clone(), after.team.clone());
        self.change(service, "tier", tier(&before), tier(&after));
        self.change(service, "lifecycle", before.lifecycle.clone(), after.lifecycle.clone());
        if is_new && after == before {
            self.changes.push(ServiceImportChange {
                service: name.clone(),
                line: small(service.line),
                what: "name".to_owned(),
                before: None,
                after: Some(name.clone()),
            });
        }
        self.owners.push(after);
    }

    fn alias(&mut self, service: &CatalogService, source: String, ext_id: String) {
        let place = format!("{source}:{ext_id}");
        if let Some((own, _)) = lookup::service(&self.workspace.config, &source, &ext_id) {
            if own != service.name {
                let message = format!("{place} is {own} by fairlead.toml, which goes before {}", service.name);
                self.warn("configured", service.line, &message);
            }
            return;
        }
        let before = self.known_aliases.get(&(source.clone(), ext_id.clone())).cloned();
        if before.as_ref() == Some(&service.name) {
            return;
        }
        let said = |name: Option<String>| name.map(|name| format!("{place} = {name}"));
        self.change(service, "also", said(before), said(Some(service.name.clone())));
        self.aliases.push(ServiceAliasRow { source, ext_id, service: service.name.clone() });
    }

    fn change(&mut self, service: &CatalogService, what: &str, before: Option<String>, after: Option<String>) {
        if before != after {
            let (service, line) = (service.name.clone(), small(service.line));
            self.changes.push(ServiceImportChange { service, line, what: what.to_owned(), before, after });
        }
    }

    /// Where a service is called something, by source; an annotation means every source of its kind.
    fn places(&mut self, service: &CatalogService) -> Vec<(String, String)> {
        let mut places = Vec::new();
        for alias in &service.also {
            match alias {
                CatalogAlias::Source(source, id) if self.sources.contains(source) => {
                    places.push((source.clone(), id.clone()));
                }
                CatalogAlias::Source(source, id) => {
                    let message = format!("{source}:{id} names a source that is not known");
                    self.warn("unknown_source", service.line, &message);
                }
                CatalogAlias::Kind(kind, id) => {
                    let of_kind = self.workspace.config.sources.iter().filter(|source| source.kind == *kind);
                    places.extend(of_kind.map(|source| (source.name.clone(), id.clone())));
                }
            }
        }
        places
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
