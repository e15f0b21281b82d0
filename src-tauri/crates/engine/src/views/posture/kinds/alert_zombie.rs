//! An alert that should page fires for more than a day, and nobody has silenced it.

use fairlead_domain::RecordKind;
use fairlead_domain::time::HOUR_MS;
use fairlead_metrics::posture::{Class, Part};

use super::super::facts::{AlertFact, Facts};
use super::super::gather::pages;
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::duration;

pub(super) const KIND: Kind = Kind { name: "alert_zombie", judge };

/// Firing for longer than this is too long, in milliseconds.
const TOO_LONG_MS: i64 = 24 * HOUR_MS;

fn judge(facts: &Facts) -> Outcome {
    let Some(alerts) = &facts.alerts else {
        return Outcome::NotWatched(facts.lacking(RecordKind::Alert, "alerts"));
    };
    let pages = |alert: &&AlertFact| pages(alert.severity.as_deref());
    let heard = |alert: &&AlertFact| !alert.silenced;
    let old = |alert: &&AlertFact| facts.now.since(alert.start) > TOO_LONG_MS;
    Outcome::Found(alerts.iter().filter(pages).filter(heard).filter(old).map(|alert| finding(facts, alert)).collect())
}

fn finding(facts: &Facts, alert: &AlertFact) -> Finding {
    let mut row = plain_row(KIND.name, &alert.id, Class::Today, alert.start);
    row.tier = alert.tier;
    row.part = Part::Symptom;
    row.service.clone_from(&alert.service);
    row.sources = vec![alert.source.clone()];
    row.unknown = facts.is_blind(&alert.source, KIND.name);
    let age = facts.now.since(alert.start);
    row.value = Some(super::seconds(age));
    let severity = alert.severity.as_deref().unwrap_or_default();
    Finding {
        title: format!("{} fires on and on", alert.name),
        reason: format!("Firing for {}", duration(age)),
        unit: Some("secs"),
        team: None,
        action: action("Silence or fix", None),
        why: why(
            "an alert of paging severity fires for more than a day and no silence holds it back",
            Some("24 h"),
            vec![format!("severity {severity}, firing since {}", alert.start)],
            Some(&alert.source),
        ),
        row,
    }
}
