//! What the labels of an alert say, alike for every source of alerts, so that the same alert is recognised in each.

use std::collections::BTreeMap;

use fairlead_domain::text::clean_line;

/// The digest of labels that Alertmanager shows as `fingerprint`: FNV-1a, 64 bits, over the sorted names and values,
/// each followed by the byte 255; 16 digits.
pub(crate) fn fingerprint(labels: &BTreeMap<String, String>) -> String {
    const SEPARATOR: [u8; 1] = [255];
    let parts = labels.iter().flat_map(|(k, v)| [k.as_bytes(), &SEPARATOR, v.as_bytes(), &SEPARATOR]);
    let digest = parts
        .flatten()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{digest:016x}")
}

/// The rule's name; empty without one.
pub(crate) fn name(labels: &BTreeMap<String, String>) -> String {
    text(labels, "alertname").unwrap_or_default()
}

/// How bad it is, as given.
pub(crate) fn severity(labels: &BTreeMap<String, String>) -> Option<String> {
    text(labels, "severity").or_else(|| text(labels, "sloth_severity"))
}

/// The service it is about.
pub(crate) fn service(labels: &BTreeMap<String, String>) -> Option<String> {
    text(labels, "service").or_else(|| text(labels, "sloth_service"))
}

/// One line that can be shown. An empty label is no label.
fn text(labels: &BTreeMap<String, String>, key: &str) -> Option<String> {
    labels.get(key).map(|value| clean_line(value)).filter(|value| !value.is_empty())
}
