//! Alerts in tables and for all inputs.

mod matcher;
mod occurrence;

use std::collections::BTreeMap;

use fairlead_domain::Timestamp;
use fairlead_domain::alert::{Alert, AlertStatus};

/// An instant, so many seconds after a round one.
fn at(secs: i64) -> Timestamp {
    Timestamp::from_secs(1_795_000_000 + secs)
}

fn labels(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// An alert that fires from `start` on, until `end` where there is one.
fn alert(name: &str, start: i64, end: Option<i64>) -> Alert {
    Alert {
        fingerprint: name.to_owned(),
        name: name.to_owned(),
        start: at(start),
        end: end.map(at),
        resolution_secs: 60,
        status: if end.is_some() { AlertStatus::Resolved } else { AlertStatus::Firing },
        severity_raw: None,
        service: None,
        labels: labels(&[("alertname", name)]),
    }
}
