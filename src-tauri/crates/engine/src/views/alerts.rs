//! Alerts over all sources: what several of them tell of one occurrence is counted once. Rows stay per source, so that
//! another rule, or another configuration, holds for the past too.

use std::collections::BTreeMap;

use fairlead_domain::{Timestamp, Window};
use fairlead_metrics::alerts::{Occurrence, SAME_START_MS, Telling, occurrences};
use fairlead_store::StoreError;
use fairlead_store::synced::{AlertRow, Reader};

use crate::config::Config;

/// The occurrences that were firing at `at`, also the suppressed, oldest first. One that any source saw end is over.
///
/// # Errors
/// Returns why the database could not be read.
pub fn firing(reader: &Reader<'_>, config: &Config, at: Timestamp) -> Result<Vec<Occurrence>, StoreError> {
    // Twice as near: a row may be the same as one that is the same as a firing one.
    let rows = reader.firing_alerts_and_like(at, 2 * SAME_START_MS)?;
    let mut found = once(rows, config);
    found.retain(|occurrence| occurrence.alert.end.is_none_or(|end| end > at));
    Ok(found)
}

/// The occurrences that reach into a window, oldest first. As far as they began before the window, they are those that
/// some source still told of within it.
///
/// # Errors
/// Returns why the database could not be read.
pub fn within(reader: &Reader<'_>, config: &Config, window: Window) -> Result<Vec<Occurrence>, StoreError> {
    let mut found = once(reader.alerts(window)?, config);
    found.retain(|occurrence| occurrence.alert.end.is_none_or(|end| end > window.start));
    Ok(found)
}

fn once(rows: Vec<AlertRow>, config: &Config) -> Vec<Occurrence> {
    let mut outside: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let telling = |AlertRow { source, alert }: AlertRow| {
        let added = outside.entry(source.clone()).or_insert_with(|| external_labels(config, &source));
        let mut labels = alert.labels.clone();
        for (key, value) in added.iter() {
            // As Prometheus does when it sends: a label of the alert's own stays.
            labels.entry(key.clone()).or_insert_with(|| value.clone());
        }
        Telling { source, labels, alert }
    };
    occurrences(rows.into_iter().map(telling).collect())
}

/// The labels that a source's alerts have elsewhere and not in its own history.
fn external_labels(config: &Config, source: &str) -> BTreeMap<String, String> {
    let settings = config.source(source).map(|source| &source.settings);
    let labels = settings.and_then(|settings| settings.get("external_labels")?.as_object());
    let text = |(key, value): (&String, &serde_json::Value)| Some((key.clone(), value.as_str()?.to_owned()));
    labels.into_iter().flatten().filter_map(text).collect()
}
