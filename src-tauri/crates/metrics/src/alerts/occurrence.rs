//! The same occurrence, told by several sources, counted once.

use std::collections::BTreeMap;

use fairlead_domain::Timestamp;
use fairlead_domain::alert::{Alert, AlertStatus};
use fairlead_domain::time::MINUTE_MS;

/// Starts of one occurrence that two sources tell differ by this at most, in milliseconds: `ALERTS` is read on whole
/// minutes, and a minute is Prometheus' default evaluation interval.
pub const SAME_START_MS: i64 = MINUTE_MS;

/// What one source tells of one occurrence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// The source's name.
    pub source: String,
    /// The labels to compare by: those of the alert, and those that the source is known to leave out.
    pub labels: BTreeMap<String, String>,
    /// What it says.
    pub alert: Alert,
}

/// One occurrence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// The source whose row begins first, else the first by name: the occurrence is known by its name for that row.
    pub source: String,
    /// What that source says, with the labels to compare by, and the status and the end that all tell together.
    pub alert: Alert,
    /// Every source that tells of it, sorted.
    pub told_by: Vec<String>,
}

/// The occurrences that `rows` tell of, by start. Each row counts in exactly one of them.
///
/// Rows of different sources are one occurrence when their labels are equal and they begin within [`SAME_START_MS`] of
/// the first; rows of one source never are. An occurrence is over when any source saw its end, and ends where the
/// source says that knows best (`resolution_secs`), else earliest: a source that was not read since still says that it
/// fires. It is suppressed when any source says so, because the others cannot see silences.
#[must_use]
pub fn occurrences(mut rows: Vec<Telling>) -> Vec<Occurrence> {
    rows.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut groups: Vec<Vec<Telling>> = Vec::new();
    // The oldest group that may still take a row: rows come by labels and start.
    let mut open = 0;
    for row in rows {
        while groups.get(open).is_some_and(|group| !is_near(group, &row)) {
            open += 1;
        }
        match groups.iter_mut().skip(open).find(|group| takes(group, &row)) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    let mut found: Vec<Occurrence> = groups.into_iter().filter_map(one).collect();
    found.sort_by(|a, b| {
        (a.alert.start, &a.source, &a.alert.fingerprint).cmp(&(b.alert.start, &b.source, &b.alert.fingerprint))
    });
    found
}

fn order(row: &Telling) -> (&BTreeMap<String, String>, Timestamp, &str, Option<Timestamp>, &str) {
    (&row.labels, row.alert.start, &row.source, row.alert.end, &row.alert.fingerprint)
}

fn is_near(group: &[Telling], row: &Telling) -> bool {
    let near = |first: &Telling| row.alert.start.since(first.alert.start) <= SAME_START_MS;
    group.first().is_some_and(|first| first.labels == row.labels && near(first))
}

fn takes(group: &[Telling], row: &Telling) -> bool {
    is_near(group, row) && group.iter().all(|told| told.source != row.source)
}

fn one(group: Vec<Telling>) -> Option<Occurrence> {
    let end = group.iter().filter_map(|told| Some((told.alert.resolution_secs, told.alert.end?))).min();
    let says = |status: AlertStatus| group.iter().any(|told| told.alert.status == status);
    let status = match end {
        Some(_) => AlertStatus::Resolved,
        None if says(AlertStatus::Suppressed) => AlertStatus::Suppressed,
        None if says(AlertStatus::Firing) => AlertStatus::Firing,
        None => group.first()?.alert.status,
    };
    let mut told_by: Vec<String> = group.iter().map(|told| told.source.clone()).collect();
    told_by.sort_unstable();
    let severity_raw = group.iter().find_map(|told| told.alert.severity_raw.clone());
    let service = group.iter().find_map(|told| told.alert.service.clone());
    let first = group.into_iter().next()?;
    let resolution_secs = end.map_or(first.alert.resolution_secs, |(secs, _)| secs);
    let end = end.map(|(_, end)| end);
    let alert = Alert { end, resolution_secs, status, severity_raw, service, labels: first.labels, ..first.alert };
    Some(Occurrence { source: first.source, alert, told_by })
}
