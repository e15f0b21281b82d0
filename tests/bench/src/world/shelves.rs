//! What the sources answer when they are asked again: what was last read of them.

use fairlead_connectors::Mode;
use fairlead_domain::record::{Item, Record, RecordKind};
use fairlead_domain::{Timestamp, Window};
use fairlead_testkit::upstream::{Shelf, Upstream};

use super::config::SOURCES;
use super::days::{Day, STREAMS};
use super::{Extent, LAST_READ, NOW, SEED, standing};

const FEED: Mode = Mode::Feed { overlap_secs: 900 };
const HOUR: Mode = Mode::Created { overlap_secs: 3_600 };
const ROTA: Mode = Mode::ReplaceWindow { back_days: 14, ahead_days: 60 };

/// A stream of a source.
pub(super) struct Told {
    /// Place of its source.
    pub(super) source: usize,
    /// Its name.
    pub(super) name: &'static str,
    mode: Mode,
    /// Minutes between reads.
    pub(super) minutes: u32,
    kinds: &'static [RecordKind],
}

const fn told(source: usize, name: &'static str, mode: Mode, minutes: u32, kinds: &'static [RecordKind]) -> Told {
    Told { source, name, mode, minutes, kinds }
}

/// Every stream, read as often as those of real connectors.
pub(super) const TOLD: &[Told] = &[
    told(0, "users", Mode::Snapshot, 360, &[RecordKind::Person]),
    told(0, "services", Mode::Snapshot, 360, &[RecordKind::Service]),
    told(0, "policies", Mode::Snapshot, 360, &[RecordKind::EscalationPolicy]),
    told(0, "schedules", Mode::Snapshot, 360, &[RecordKind::Schedule]),
    told(0, "shifts", ROTA, 30, &[RecordKind::Shift]),
    told(0, "log_entries", FEED, 1, &[RecordKind::TimelineEvent, RecordKind::Page]),
    told(0, "incidents", FEED, 5, &[RecordKind::Incident]),
    told(1, "slos", Mode::Snapshot, 5, &[RecordKind::Slo]),
    told(1, "sli_counts", Mode::Created { overlap_secs: 3 * 3_600 }, 5, &[RecordKind::SliHour]),
    told(1, "alerts", HOUR, 1, &[RecordKind::Alert]),
    told(1, "silences", HOUR, 1, &[RecordKind::Silence]),
    told(2, "action_items", HOUR, 15, &[RecordKind::ActionItem]),
    told(2, "postmortems", HOUR, 60, &[RecordKind::Postmortem]),
    told(2, "changes", HOUR, 5, &[RecordKind::Change]),
    told(3, "leave", ROTA, 60, &[RecordKind::Leave]),
    told(3, "maintenance", ROTA, 60, &[RecordKind::Maintenance]),
];

/// One upstream for each source, in their order.
pub(super) fn upstreams(extent: Extent) -> Vec<Upstream> {
    let standing = standing::of(extent);
    let mut days: Vec<Vec<Item>> = vec![Vec::new(); STREAMS.len()];
    for back in (-60..=14).rev() {
        for (place, items) in Day::of(SEED, extent, back).items(LAST_READ).into_iter().enumerate() {
            // Of what only grows nobody asks for more than the last hours.
            let spans = TOLD.iter().any(|told| told.name == STREAMS[place].1 && told.mode == ROTA);
            if back <= 1 || spans {
                days[place].extend(items);
            }
        }
    }
    let rows = |name: &str| -> Vec<Item> {
        let lasting = standing::STREAMS.iter().position(|(_, stream)| *stream == name);
        let daily = STREAMS.iter().position(|(_, stream)| *stream == name);
        lasting
            .map(|place| standing[place].clone())
            .or_else(|| daily.map(|place| days[place].clone()))
            .unwrap_or_default()
    };
    let shelf = |told: &Told| {
        let empty = Shelf::new(told.name, told.mode, told.kinds).with_backfill(None).pages_of(1_000);
        let empty = empty.every_secs(told.minutes * 60);
        rows(told.name).into_iter().fold(empty, |shelf, item| {
            let span = span(&item.record);
            if span.end > NOW.plus_days(-20) && (span.start > NOW.plus_hours(-5) || is_span(&item.record)) {
                shelf.with_span(span, item.record)
            } else {
                shelf
            }
        })
    };
    let of_source = |place: usize| TOLD.iter().filter(move |told| told.source == place).map(shelf);
    (0..SOURCES.len()).map(|place| Upstream::new(of_source(place).collect::<Vec<_>>())).collect()
}

/// Whether a record is listed whole, or by the time that it spans.
const fn is_span(record: &Record) -> bool {
    !matches!(
        record,
        Record::TimelineEvent(_) | Record::Page(_) | Record::Incident(_) | Record::SliHour(_) | Record::Alert(_)
    )
}

/// The time by which a record is found.
fn span(record: &Record) -> Window {
    let at = |at: Timestamp| Window::new(at, at.plus_millis(1));
    match record {
        Record::Shift(shift) => Window::new(shift.start, shift.end),
        Record::Leave(leave) => Window::new(leave.start, leave.end),
        Record::Maintenance(work) => Window::new(work.start, work.end),
        Record::TimelineEvent(event) => at(event.at),
        Record::Page(page) => at(page.sent_at),
        Record::Incident(incident) => at(incident.created_at),
        Record::SliHour(hour) => at(hour.hour),
        Record::Alert(alert) => at(alert.start),
        Record::Silence(silence) => at(silence.start),
        Record::Change(change) => at(change.at),
        Record::ActionItem(item) => at(item.created_at),
        Record::Postmortem(review) => at(review.published_at.unwrap_or(Timestamp::EARLIEST)),
        _ => Window::new(NOW.plus_days(-1), NOW),
    }
}
