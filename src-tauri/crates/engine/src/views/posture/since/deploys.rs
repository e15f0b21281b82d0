//! Deploys of services of tier 1 and 2.

use std::collections::BTreeMap;

use fairlead_domain::change::ChangeKind;
use fairlead_domain::{RecordKind, Window};
use fairlead_store::StoreError;
use fairlead_store::synced::Reader;

use super::super::answer::ChangeLine;
use super::super::gather::{Place, Settings};
use crate::views::freshness::Freshness;
use crate::views::wording::counted;

/// The last tier that is told.
const LAST_TIER: u8 = 2;

pub(super) fn line(
    reader: &Reader<'_>,
    settings: Settings<'_>,
    freshness: &Freshness,
    window: Window,
) -> Result<Option<ChangeLine>, StoreError> {
    if !freshness.sources.values().any(|source| source.streams_of(RecordKind::Change).next().is_some()) {
        return Ok(None);
    }
    let mut services: BTreeMap<(u8, String), usize> = BTreeMap::new();
    let mut rows = Vec::new();
    for change in reader.changes(window)?.into_iter().filter(|change| change.kind == ChangeKind::Deploy) {
        let place = Place::of(settings.config, &change.source, change.service.as_deref());
        if !settings.is_asked(place.team.as_deref()) {
            continue;
        }
        let told = place.tier.filter(|tier| *tier <= LAST_TIER);
        let Some((service, tier)) = place.service.zip(told) else { continue };
        rows.push(format!("{} at {}", change.title, change.at));
        *services.entry((tier, service)).or_default() += 1;
    }
    let names: Vec<String> = services
        .iter()
        .map(|((_, service), n)| if *n == 1 { service.clone() } else { format!("{service} {n}×") })
        .collect();
    Ok((!rows.is_empty()).then(|| ChangeLine {
        kind: "deploys".to_owned(),
        text: format!("{} on tier 1 and 2: {}", counted(rows.len(), "deploy"), super::few(&names)),
        link: Some("/slos".to_owned()),
        rows,
    }))
}
