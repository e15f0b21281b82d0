//! Alerts as they are listed. Pure.

use std::collections::BTreeMap;

use fairlead_domain::alert::{Alert, AlertStatus};
use fairlead_domain::text::clean_line;
use fairlead_domain::{Item, Record, Timestamp};
use serde_json::{Value, json};

use super::wire::WireAlert;
use crate::alert_labels;
use crate::phone::without_marked_phones;

/// What an answer held.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Every alert that could be understood, as firing.
    pub alerts: Vec<Alert>,
    /// Documents by fingerprint, after their list of allowed fields.
    pub documents: BTreeMap<String, Value>,
    /// Names of alerts that could not.
    pub odd: Vec<String>,
}

pub(super) fn read(listed: Vec<WireAlert>) -> Read {
    let mut read = Read::default();
    for wire in listed {
        let document = document(&wire);
        match alert(wire) {
            Ok(alert) => {
                read.documents.insert(alert.fingerprint.clone(), document);
                read.alerts.push(alert);
            }
            Err(name) => read.odd.push(name),
        }
    }
    read
}

/// The alert as firing; its name when its start is no instant.
fn alert(wire: WireAlert) -> Result<Alert, String> {
    // An empty label is the same as none, and these two are of the series, not of the alert.
    let mut labels = wire.labels;
    labels.retain(|key, value| !value.is_empty() && key != "__name__" && key != "alertstate");
    let name = alert_labels::name(&labels);
    let start = Timestamp::parse_rfc3339(&wire.starts_at).ok();
    let Some(start) = start.filter(|at| (Timestamp::EARLIEST..=Timestamp::LATEST).contains(at)) else {
        return Err(name);
    };
    Ok(Alert {
        fingerprint: alert_labels::fingerprint(&labels),
        name,
        start,
        end: None,
        resolution_secs: 0,
        status: if wire.status.state == "suppressed" { AlertStatus::Suppressed } else { AlertStatus::Firing },
        severity_raw: alert_labels::severity(&labels),
        service: alert_labels::service(&labels),
        labels,
    })
}

/// What is kept beside the record. Times are left out, because they change with every sending; annotations but the
/// summary are left out, because people put telephone numbers and instructions there.
fn document(wire: &WireAlert) -> Value {
    let line = |text: &str| clean_line(&without_marked_phones(&clean_line(text)));
    let receivers: Vec<String> = wire.receivers.iter().map(|receiver| line(&receiver.name)).collect();
    json!({
        "receivers": receivers,
        "silencedBy": wire.status.silenced_by,
        "inhibitedBy": wire.status.inhibited_by,
        "summary": wire.annotations.get("summary").map(|text| line(text)),
    })
}

/// Records with their documents. The document is of the moment at which the alert was first seen, or changed its
/// status: summaries often hold numbers that change all the time.
pub(super) fn items(found: Vec<Alert>, known: &[Alert], mut documents: BTreeMap<String, Value>) -> Vec<Item> {
    let is_known = |alert: &Alert| {
        known.iter().any(|k| k.fingerprint == alert.fingerprint && k.start == alert.start && k.status == alert.status)
    };
    let item = |alert: Alert| {
        let document = documents.remove(&alert.fingerprint).filter(|_| alert.end.is_none() && !is_known(&alert));
        Item { record: Record::from(alert), raw: document }
    };
    // Those that fire go first, so that an occurrence that has just ended does not take their document.
    let (firing, over): (Vec<Alert>, Vec<Alert>) = found.into_iter().partition(|alert| alert.end.is_none());
    firing.into_iter().chain(over).map(item).collect()
}
