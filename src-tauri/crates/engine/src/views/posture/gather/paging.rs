//! Pages that nobody acknowledged, and the nights of those who were paged.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use fairlead_domain::incident::IncidentStatus;
use fairlead_domain::time::DAY_MS;
use fairlead_domain::{RecordKind, Timestamp, Window};
use fairlead_store::StoreError;
use fairlead_store::synced::{IncidentRow, PageRow, Reader};

use super::super::facts::PageFact;
use super::feeds::reads;
use super::place::Place;
use super::{Settings, Shared};
use crate::config::Config;
use crate::views::freshness::Freshness;
use crate::views::hidden::hidden_by;
use crate::views::pages::Notified;

/// Notifications of an incident that are older than so many milliseconds are not looked for.
const BACK_MS: i64 = 7 * DAY_MS;
/// Without an incident a page says nothing of the present any more after so many milliseconds.
const LOOSE_MS: i64 = DAY_MS;

/// The notifications that the last look, now, and what came between rest on.
pub(super) fn notified(
    reader: &Reader<'_>,
    settings: Settings<'_>,
    then: &Freshness,
    now: &Freshness,
) -> Result<Notified, StoreError> {
    if ![then, now].into_iter().any(|freshness| reads(freshness, RecordKind::Page)) {
        return Ok(Notified::nobody());
    }
    let (first, last) = (then.as_of.min(now.as_of), then.as_of.max(now.as_of));
    let window = Window::new(first.plus_millis(-BACK_MS), last.plus_millis(1));
    Notified::read(reader, settings.config, settings.aliases, window, settings.config.page.merge_secs)
}

/// The pages that nobody has acknowledged at `now`: those of the open incidents, and those without an incident.
pub(super) fn unacknowledged(
    reader: &Reader<'_>,
    shared: &Shared<'_>,
    open: &[IncidentRow],
    now: Timestamp,
) -> Result<Vec<PageFact>, StoreError> {
    let config = shared.settings.config;
    let week = Window::new(now.plus_millis(-BACK_MS), now.plus_millis(1));
    let pages = shared.notified.counted(&config.page, week);
    let timeouts = timeouts(reader, now)?;
    // The first of each incident.
    let mut sent: HashMap<(&str, &str), Timestamp> = HashMap::new();
    for page in &pages {
        if let Some(incident) = &page.incident {
            sent.entry((page.source.as_str(), incident.as_str())).or_insert(page.sent_at);
        }
    }
    let mut facts = Vec::new();
    for incident in open {
        let waits = incident.status == IncidentStatus::Open && incident.acked_at.is_none_or(|at| at > now);
        if !waits || hidden_by(config, incident).is_some() {
            continue;
        }
        let first = sent.get(&(incident.source.as_str(), incident.ext_id.as_str()));
        let Some(since) = first.copied() else { continue };
        let place = Place::of_incident(config, incident);
        facts.push(PageFact {
            id: format!("{}/{}", incident.source, incident.ext_id),
            subject: place.service.clone().unwrap_or_else(|| incident.title.clone()),
            service: place.service,
            tier: place.tier,
            team: place.team,
            since,
            timeout_secs: timeouts.get(&incident.source).copied().flatten(),
            url: incident.url.clone(),
            source: incident.source.clone(),
        });
    }
    facts.extend(loose(config, &pages, &timeouts, now));
    Ok(facts)
}

/// Pages without a stored incident that came after the last answer in their service.
fn loose(
    config: &Config,
    pages: &[&PageRow],
    timeouts: &BTreeMap<String, Option<u32>>,
    now: Timestamp,
) -> Vec<PageFact> {
    // The title is the incident's: without one none is stored.
    let loose: Vec<&PageRow> = pages.iter().copied().filter(|page| page.title.is_none()).collect();
    let mut groups: BTreeMap<(&str, Option<&str>), Vec<&PageRow>> = BTreeMap::new();
    for page in loose.iter().filter(|page| now.since(page.sent_at) < LOOSE_MS) {
        groups.entry((page.source.as_str(), page.service.as_deref())).or_default().push(page);
    }
    let answers = |page: &&PageRow| page.answered_at.filter(|at| *at <= now);
    // A source that never tells of an answer does not tell that one is missing.
    let tells = |source: &str| pages.iter().any(|page| page.source == source && page.answered_at.is_some());
    let fact = |((source, service), group): ((&str, Option<&str>), Vec<&PageRow>)| {
        let answered = group.iter().filter_map(answers).max();
        let first = group.iter().find(|page| answered.is_none_or(|at| page.sent_at > at)).filter(|_| tells(source))?;
        let place = Place::of(config, source, service);
        Some(PageFact {
            id: format!("{source}/{}", first.ext_id),
            source: source.to_owned(),
            subject: place.service.clone().unwrap_or_else(|| source.to_owned()),
            service: place.service,
            tier: place.tier,
            team: place.team,
            since: first.sent_at,
            timeout_secs: timeouts.get(source).copied().flatten(),
            url: None,
        })
    };
    groups.into_iter().filter_map(fact).collect()
}

/// Of each source the seconds after which its policies ask the next level; `None` where they differ: which policy a page
/// follows is not told.
fn timeouts(reader: &Reader<'_>, now: Timestamp) -> Result<BTreeMap<String, Option<u32>>, StoreError> {
    let mut told: BTreeMap<String, BTreeSet<Option<u32>>> = BTreeMap::new();
    for row in reader.escalation_policies(now)?.into_iter().filter(|row| row.level == 1) {
        told.entry(row.source).or_default().insert(row.timeout_secs);
    }
    let only = |secs: BTreeSet<Option<u32>>| if secs.len() == 1 { secs.into_iter().next().flatten() } else { None };
    Ok(told.into_iter().map(|(source, secs)| (source, only(secs))).collect())
}
