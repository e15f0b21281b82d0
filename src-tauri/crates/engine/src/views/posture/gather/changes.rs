//! Changes to services: those inside a freeze, and deploys after which a budget burns.

use fairlead_domain::change::ChangeKind;
use fairlead_domain::maintenance::MaintenanceKind;
use fairlead_domain::time::HOUR_MS;
use fairlead_domain::{Timestamp, Window};
use fairlead_store::StoreError;
use fairlead_store::synced::{ChangeRow, MaintenanceRow, Reader};

use super::super::facts::{ChangeFact, DeployFact, SloFact, Watched};
use super::place::Place;
use crate::config::Config;
use crate::views::freshness::Freshness;
use crate::views::slos::hour_burn_at;

/// The tier whose deploys are watched.
const WATCHED_TIER: u8 = 1;
/// Deploys younger than this are watched, in milliseconds.
const YOUNG_MS: i64 = 2 * HOUR_MS;

/// Changes of the last day that lie inside a freeze, oldest first.
pub(super) fn freeze_breaches(
    reader: &Reader<'_>,
    config: &Config,
    freshness: &Freshness,
) -> Result<Vec<ChangeFact>, StoreError> {
    let day = Window::new(freshness.as_of.plus_days(-1), freshness.as_of);
    let mut freezes = reader.maintenance(day)?;
    freezes.retain(|row| row.maintenance.kind == MaintenanceKind::Freeze);
    let breaches = reader.changes(day)?.into_iter().filter_map(|change| {
        let place = Place::of(config, &change.source, change.service.as_deref());
        let freeze = freezes.iter().find(|freeze| forbids(config, freeze, &place, change.at))?;
        Some(ChangeFact {
            kind: change.kind,
            tier: place.tier,
            title: change.title,
            service: place.service,
            at: change.at,
            source: change.source,
            freeze: freeze.maintenance.title.clone(),
        })
    });
    let mut breaches: Vec<ChangeFact> = breaches.collect();
    breaches.sort_by(|a, b| (a.at, &a.title).cmp(&(b.at, &b.title)));
    Ok(breaches)
}

/// Whether a freeze holds for a place then. It may call the service by another name than the change does.
fn forbids(config: &Config, freeze: &MaintenanceRow, place: &Place, at: Timestamp) -> bool {
    let MaintenanceRow { source, maintenance } = freeze;
    let named = |name: &String| Place::of(config, source, [name.as_str()]).service == place.service;
    let concerns = maintenance.services.is_empty() || place.service.is_none() || maintenance.services.iter().any(named);
    concerns && Window::new(maintenance.start, maintenance.end).contains(at)
}

/// The young deploys of tier 1, each with the SLO of its service that burns most now.
pub(super) fn young_deploys(
    reader: &Reader<'_>,
    config: &Config,
    freshness: &Freshness,
    slos: &[SloFact],
) -> Result<Watched<Vec<DeployFact>>, StoreError> {
    let now = freshness.as_of;
    let mut deploys = Vec::new();
    for change in reader.changes(Window::new(now.plus_millis(1 - YOUNG_MS), now))? {
        let place = Place::of(config, &change.source, change.service.as_deref());
        let Some(service) = place.service.clone().filter(|_| place.tier == Some(WATCHED_TIER)) else { continue };
        // A whole hour that ends before the deploy says nothing of it.
        let told = now.floor_hour() > change.at;
        let Some(slo) = hottest(slos, &service).filter(|_| change.kind == ChangeKind::Deploy && told) else { continue };
        let before = hour_burn_at(reader, &slo.entry.id, change.at)?;
        deploys.push(deploy(change, place, service, slo, before));
    }
    Ok(Ok(deploys))
}

fn hottest<'s>(slos: &'s [SloFact], service: &str) -> Option<&'s SloFact> {
    let mine = slos.iter().filter(|slo| slo.service.as_deref() == Some(service));
    mine.max_by(|a, b| {
        let burn = |slo: &SloFact| slo.entry.burn.h1.unwrap_or(f64::NEG_INFINITY);
        burn(a).total_cmp(&burn(b)).then_with(|| b.entry.id.cmp(&a.entry.id))
    })
}

fn deploy(change: ChangeRow, place: Place, service: String, slo: &SloFact, before: Option<f64>) -> DeployFact {
    DeployFact {
        id: format!("{}/{}", change.source, change.ext_id),
        source: change.source,
        title: change.title,
        service,
        tier: place.tier,
        team: place.team,
        at: change.at,
        url: change.url,
        slo: slo.entry.name.clone(),
        burn_before: before,
        burn_now: slo.entry.burn.h1,
    }
}
