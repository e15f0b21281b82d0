//! Alerts that fire, and silences that hold them back.

use std::collections::BTreeMap;

use fairlead_domain::alert::Alert;
use fairlead_domain::time::DAY_MS;
use fairlead_domain::{RecordKind, Timestamp, Window};
use fairlead_metrics::alerts::{Matchers, Occurrence};
use fairlead_store::StoreError;
use fairlead_store::synced::{AlertRow, Reader, SilenceRow};

use super::super::facts::{AlertFact, SilenceFact, Silenced};
use super::feeds::reads;
use super::place::Place;
use crate::config::Config;
use crate::views::freshness::Freshness;

/// Words of the `severity` label that mean "wake somebody".
const PAGING: [&str; 3] = ["page", "critical", "emergency"];

/// Whether an alert of this `severity` label is one that pages.
pub(in super::super) fn pages(severity: Option<&str>) -> bool {
    severity.is_some_and(|severity| PAGING.contains(&severity.to_ascii_lowercase().as_str()))
}

pub(super) fn alerts(
    reader: &Reader<'_>,
    config: &Config,
    freshness: &Freshness,
) -> Result<Option<Vec<AlertFact>>, StoreError> {
    if !reads(freshness, RecordKind::Alert) {
        return Ok(None);
    }
    let silences = in_force(reader, freshness.as_of)?;
    let facts = crate::views::alerts::firing(reader, config, freshness.as_of)?.into_iter().map(|row| {
        let place = Place::of(config, &row.source, row.alert.service.as_deref());
        AlertFact {
            id: format!("{}/{}@{}", row.source, row.alert.fingerprint, row.alert.start),
            tier: place.tier,
            silenced: is_silenced(freshness, &silences, &row),
            source: row.source,
            name: row.alert.name,
            severity: row.alert.severity_raw,
            service: place.service,
            start: row.alert.start,
        }
    });
    Ok(Some(facts.collect()))
}

/// The matchers of the silences in force, with their sources. What one matches whose matchers cannot be read is unknown:
/// it hides nothing.
fn in_force(reader: &Reader<'_>, now: Timestamp) -> Result<Vec<(String, Matchers)>, StoreError> {
    let rows = reader.silences(Window::new(now, now.plus_millis(1)))?.into_iter();
    Ok(rows.filter_map(|row| Some((row.source, Matchers::parse(&row.silence.matchers).ok()?))).collect())
}

/// Whether a silence holds an occurrence back: one of a source that tells of it, or, where none of those has silences of
/// its own, of any.
fn is_silenced(freshness: &Freshness, silences: &[(String, Matchers)], row: &Occurrence) -> bool {
    let silences_of = |source: &String| {
        let runs = freshness.sources.get(source);
        runs.is_some_and(|runs| runs.streams_of(RecordKind::Silence).next().is_some())
    };
    let own = row.told_by.iter().any(silences_of);
    let concerns = |source: &String| !own || row.told_by.contains(source);
    silences.iter().any(|(source, matchers)| concerns(source) && matchers.matches(&row.alert.labels))
}

/// The silences in force, each with what it holds back now and whether it held back anything within a day.
pub(super) fn silences(
    reader: &Reader<'_>,
    config: &Config,
    freshness: &Freshness,
) -> Result<Vec<SilenceFact>, StoreError> {
    let now = freshness.as_of;
    let in_force = reader.silences(Window::new(now, now.plus_millis(1)))?;
    if in_force.is_empty() {
        return Ok(Vec::new());
    }
    let day = Window::new(now.plus_millis(-DAY_MS), now);
    let lately = by_source(reader.alerts(day)?);
    let firing = by_source(reader.firing_alerts(now)?);
    let a_day_ago = reader.last_ok_runs(day.start)?;
    let facts = in_force.into_iter().map(|row| {
        let alerts_of = |alerts: &BTreeMap<String, Vec<Alert>>| alerts.get(&row.source).cloned().unwrap_or_default();
        // Alerts that nobody looked for a day ago may have fired then.
        let told = freshness.sources.get(&row.source).is_some_and(|source| {
            let told = |stream: &str| a_day_ago.iter().any(|run| Some(run.source) == source.id && run.stream == stream);
            source.streams_of(RecordKind::Alert).any(|(name, _)| told(name))
        });
        fact(config, &row, (&alerts_of(&firing), &alerts_of(&lately)), told, now)
    });
    Ok(facts.collect())
}

fn by_source(rows: Vec<AlertRow>) -> BTreeMap<String, Vec<Alert>> {
    let mut alerts: BTreeMap<String, Vec<Alert>> = BTreeMap::new();
    for row in rows {
        alerts.entry(row.source).or_default().push(row.alert);
    }
    alerts
}

/// `told`: the alerts of its source were read a day ago already, so that "none since" means none.
fn fact(
    config: &Config,
    row: &SilenceRow,
    (firing, lately): (&[Alert], &[Alert]),
    told: bool,
    now: Timestamp,
) -> SilenceFact {
    let silence = &row.silence;
    let matchers = Matchers::parse(&silence.matchers).ok();
    let held = |alert: &&Alert| matchers.as_ref().is_some_and(|matchers| matchers.matches(&alert.labels));
    let silenced = |alert: &Alert| {
        let place = Place::of(config, &row.source, alert.service.as_deref());
        let (name, pages) = (alert.name.clone(), pages(alert.severity_raw.as_deref()));
        Silenced { name, pages, service: place.service, tier: place.tier }
    };
    let old_enough = now.since(silence.start) >= DAY_MS && told && matchers.is_some();
    SilenceFact {
        source: row.source.clone(),
        ext_id: silence.ext_id.clone(),
        comment: silence.comment.clone().filter(|comment| !comment.trim().is_empty()),
        start: silence.start,
        end: silence.end,
        holds: firing.iter().filter(held).map(silenced).collect(),
        held_lately: old_enough.then(|| lately.iter().any(|alert| held(&alert))),
    }
}
