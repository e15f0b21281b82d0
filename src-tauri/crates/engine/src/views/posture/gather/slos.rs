//! SLOs with the service that they are of.

use super::super::answer::SloCounts;
use super::super::facts::SloFact;
use super::place::Place;
use crate::config::Config;
use crate::views::slos::JudgedSlo;

pub(super) fn fact(config: &Config, slo: JudgedSlo) -> SloFact {
    let place = Place::of(config, &slo.entry.source, slo.entry.service.as_deref());
    SloFact {
        service: place.service,
        tier: place.tier,
        team: place.team,
        window_hours: slo.window_hours,
        newest_hour: slo.newest_hour,
        first_hour: slo.first_hour,
        source_failed: slo.stream_failed,
        entry: slo.entry,
    }
}

pub(super) fn count(slos: &[SloFact]) -> SloCounts {
    let mut counts = SloCounts::default();
    for slo in slos {
        counts.count(&slo.entry.state, slo.entry.too_few_events.is_some());
    }
    counts
}
