//! Incidents opened and resolved, by severity.

use fairlead_domain::Window;
use fairlead_store::StoreError;
use fairlead_store::synced::{IncidentFilter, IncidentRow, Reader};

use super::super::answer::ChangeLine;
use super::super::gather::{Place, Settings};
use crate::views::hidden::hidden_by;

/// Most new incidents that are looked at.
const MOST: u32 = 10_000;

pub(super) fn lines(
    reader: &Reader<'_>,
    settings: Settings<'_>,
    window: Window,
) -> Result<Vec<ChangeLine>, StoreError> {
    let config = settings.config;
    let is_told = |row: &IncidentRow| {
        hidden_by(config, row).is_none() && settings.is_asked_at(|| Place::of_incident(config, row))
    };
    let opened = IncidentFilter { since: Some(window.start), limit: MOST, ..IncidentFilter::at(window.end) };
    let mut opened: Vec<IncidentRow> = reader.incidents(&opened)?.incidents;
    let mut resolved = reader.resolved_incidents(window)?;
    let severities = |rows: &mut Vec<IncidentRow>| -> Vec<Option<u8>> {
        rows.retain(is_told);
        rows.iter().map(|row| row.severity).collect()
    };
    let (resolved, severities) = (severities(&mut resolved), severities(&mut opened));
    let line = |kind: &str, verb: &str, severities: &[Option<u8>], rows: Vec<String>| {
        (!severities.is_empty()).then(|| ChangeLine {
            kind: kind.to_owned(),
            text: format!("{verb}: {}", by_severity(severities)),
            link: Some("/incidents".to_owned()),
            rows,
        })
    };
    let rows = opened.iter().map(named).collect();
    let found = [
        line("incidents_opened", "Opened", &severities, rows),
        line("incidents_resolved", "Resolved", &resolved, Vec::new()),
    ];
    Ok(found.into_iter().flatten().collect())
}

fn named(incident: &IncidentRow) -> String {
    let severity = incident.severity.map_or_else(String::new, |severity| format!("SEV{severity} "));
    let number = incident.number.as_ref().unwrap_or(&incident.ext_id);
    format!("{severity}{number} {}, {}", incident.title, incident.created_at)
}

/// `1 SEV2, 3 SEV3, 1 without severity`.
fn by_severity(severities: &[Option<u8>]) -> String {
    let count = |severity: Option<u8>| severities.iter().filter(|s| **s == severity).count();
    let known = (1..=5).map(|n| (count(Some(n)), format!("SEV{n}")));
    let all = known.chain([(count(None), "without severity".to_owned())]);
    let parts: Vec<String> = all.filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::by_severity;

    #[test]
    fn severities_are_counted_and_the_unmapped_said() {
        assert_eq!(by_severity(&[Some(3), None, Some(3), Some(1)]), "1 SEV1, 2 SEV3, 1 without severity");
    }
}
