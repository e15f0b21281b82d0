//! Pages by hour class, each by the clock of whom it reached.

use std::collections::BTreeMap;

use fairlead_domain::{RecordKind, Window};
use fairlead_metrics::pages::{HourClass, hour_class};

use super::super::answer::ChangeLine;
use super::super::gather::{Place, Settings, hours_of, key_of};
use crate::views::freshness::Freshness;
use crate::views::pages::Notified;
use crate::views::wording::counted as so_many;

pub(super) fn line(
    settings: Settings<'_>,
    freshness: &Freshness,
    notified: &Notified,
    window: Window,
) -> Option<ChangeLine> {
    if !freshness.sources.values().any(|source| source.streams_of(RecordKind::Page).next().is_some()) {
        return None;
    }
    let mut classes: BTreeMap<HourClass, usize> = BTreeMap::new();
    let mut unknown = 0;
    for (at, first) in notified.pages(&settings.config.page, window) {
        let place = || {
            let (id, name) = (first.service.as_deref(), first.service_name.as_deref());
            Place::called(settings.config, &first.source, id, name)
        };
        if !settings.is_asked_at(place) {
            continue;
        }
        match key_of(settings.aliases, first) {
            Some(_) => *classes.entry(hour_class(at, &hours_of(settings, first), false)).or_default() += 1,
            None => unknown += 1,
        }
    }
    text(&classes, unknown).map(|text| ChangeLine {
        kind: "pages".to_owned(),
        text,
        link: Some("/health".to_owned()),
        rows: Vec::new(),
    })
}

fn text(classes: &BTreeMap<HourClass, usize>, unknown: usize) -> Option<String> {
    let total: usize = classes.values().sum::<usize>() + unknown;
    let words = [
        (HourClass::Business, "in working hours"),
        (HourClass::Off, "off hours"),
        (HourClass::Sleep, "in sleeping hours"),
    ];
    let of = |class: HourClass| classes.get(&class).copied().unwrap_or_default();
    let known = words.into_iter().map(|(class, words)| (of(class), words));
    let parts: Vec<String> = known
        .chain([(unknown, "at an hour that is not known")])
        .filter(|(n, _)| *n > 0)
        .map(|(n, words)| format!("{n} {words}"))
        .collect();
    (total > 0).then(|| format!("{}: {}", so_many(total, "page"), parts.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_by_class_and_the_unknown_apart() {
        let classes = BTreeMap::from([(HourClass::Sleep, 2), (HourClass::Business, 1)]);
        let expected = "5 pages: 1 in working hours, 2 in sleeping hours, 2 at an hour that is not known";
        assert_eq!(text(&classes, 2).as_deref(), Some(expected));
        assert_eq!(text(&BTreeMap::new(), 0), None);
    }
}
