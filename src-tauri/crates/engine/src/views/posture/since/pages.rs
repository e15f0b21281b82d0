//! Pages by hour class, each by the clock of whom it reached.

use std::collections::BTreeMap;

use fairlead_domain::time::{DAY_MS, SECOND_MS};
use fairlead_domain::{RecordKind, Timestamp, Window};
use fairlead_metrics::pages::{HourClass, hour_class, interruptions};
use fairlead_store::StoreError;
use fairlead_store::synced::{PageRow, Reader};

use super::super::answer::ChangeLine;
use super::super::gather::{Settings, counted, hours_of, key_of};
use crate::views::freshness::Freshness;
use crate::views::wording::counted as so_many;

pub(super) fn line(
    reader: &Reader<'_>,
    settings: Settings<'_>,
    freshness: &Freshness,
    window: Window,
) -> Result<Option<ChangeLine>, StoreError> {
    if !freshness.sources.values().any(|source| source.streams_of(RecordKind::Page).next().is_some()) {
        return Ok(None);
    }
    // What rang just before the window may be what the first page inside it belongs to.
    let reach = Window::new(window.start.plus_millis(-DAY_MS), window.end);
    let mut people: BTreeMap<String, Vec<PageRow>> = BTreeMap::new();
    let mut unnamed: BTreeMap<String, Vec<Timestamp>> = BTreeMap::new();
    for (page, _) in counted(reader, settings.config, reach, window.end)? {
        match key_of(settings.aliases, &page) {
            Some(key) => people.entry(key).or_default().push(page),
            None => unnamed.entry(cause(&page)).or_default().push(page.sent_at),
        }
    }
    let merge = i64::from(settings.config.page.merge_secs) * SECOND_MS;
    let inside = |sent: &[Timestamp]| -> Vec<Timestamp> {
        interruptions(sent, merge).into_iter().filter(|at| window.contains(*at)).collect()
    };
    let mut classes: BTreeMap<HourClass, usize> = BTreeMap::new();
    for pages in people.values() {
        let Some(hours) = pages.first().map(|page| hours_of(settings.config, page)) else { continue };
        let sent: Vec<Timestamp> = pages.iter().map(|page| page.sent_at).collect();
        for at in inside(&sent) {
            *classes.entry(hour_class(at, &hours, false)).or_default() += 1;
        }
    }
    let unknown: usize = unnamed.values().map(|sent| inside(sent).len()).sum();
    Ok(text(&classes, unknown).map(|text| ChangeLine {
        kind: "pages".to_owned(),
        text,
        link: Some("/health".to_owned()),
        rows: Vec::new(),
    }))
}

/// What a page without a person is about: its notifications ring together.
fn cause(page: &PageRow) -> String {
    format!("{}/{}", page.source, page.incident.as_ref().or(page.service.as_ref()).unwrap_or(&page.ext_id))
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
