//! A team whose sources are all connected and have nothing to say, until a test tells them something. What is told comes
//! into the workspace by a sync, as a connector's records do.

use std::collections::BTreeMap;

use fairlead_connectors::{Backfill, Connector, ConnectorError, Mode};
use fairlead_domain::{Record, RecordKind, Timestamp, Window};
use fairlead_testkit::upstream::{Shelf, Upstream};

use super::records;
use crate::sync::tests::rig::{NOW, Rig};
use crate::views::posture::{Attention, AttentionClass, NotWatched, Posture, Since, posture};

/// What the team has said: who owns what, and that somebody is always on call.
pub const TEAM: &str = r#"
[[team]]
name = "Platform"
people = "individual"
[schedule."pd:primary"]
role = "primary"
coverage = "24x7"
backup = "secondary"
[service.checkout]
team = "Platform"
tier = 1
also = ["pd:SCHECK"]
[service.search]
team = "Platform"
tier = 2
"#;

/// Seconds between reads of every stream: a test is over within them.
pub const EVERY_SECS: u32 = 86_400;

/// Every source of the team, with the kinds that each brings.
const SOURCES: &[(&str, &[RecordKind])] = &[
    (
        "pd",
        &[
            RecordKind::Person,
            RecordKind::Service,
            RecordKind::EscalationPolicy,
            RecordKind::Schedule,
            RecordKind::Shift,
            RecordKind::TimelineEvent,
            RecordKind::Incident,
            RecordKind::Page,
        ],
    ),
    ("prom", &[RecordKind::Slo, RecordKind::SliHour]),
    ("am", &[RecordKind::Alert, RecordKind::Silence]),
    ("leave", &[RecordKind::Leave]),
    ("freezes", &[RecordKind::Maintenance]),
    ("ci", &[RecordKind::Change]),
    ("jira", &[RecordKind::ActionItem, RecordKind::Postmortem]),
];

/// The sources, before they are connected.
pub struct World {
    shelves: BTreeMap<&'static str, BTreeMap<usize, (RecordKind, Shelf)>>,
    tables: String,
}

impl World {
    /// Seven people take turns from day to day, and nothing happens.
    pub fn quiet() -> Self {
        Self::empty().tell_all(records::rota())
    }

    /// The same without anybody on call.
    pub fn empty() -> Self {
        let of = |kinds: &[RecordKind]| kinds.iter().map(|kind| (*kind, shelf(*kind))).enumerate().collect();
        let shelves = SOURCES.iter().map(|(name, kinds)| (*name, of(kinds))).collect();
        Self { shelves, tables: TEAM.to_owned() }
    }

    /// Only these sources.
    pub fn only(mut self, sources: &[&str]) -> Self {
        self.shelves.retain(|name, _| sources.contains(name));
        self
    }

    /// All but this source.
    pub fn without(mut self, source: &str) -> Self {
        self.shelves.remove(source);
        self
    }

    /// Lets the source that brings such records have this one.
    pub fn tell(mut self, record: impl Into<Record>) -> Self {
        let record = record.into();
        for (kind, shelf) in self.shelves.values_mut().flat_map(BTreeMap::values_mut) {
            if *kind == record.kind() {
                *shelf = shelf.clone().with_span(span(&record), record.clone());
            }
        }
        self
    }

    /// Lets the sources have these records.
    pub fn tell_all<R: Into<Record>>(self, records: impl IntoIterator<Item = R>) -> Self {
        records.into_iter().fold(self, Self::tell)
    }

    /// Has something else said of the team.
    pub fn said(mut self, tables: &str) -> Self {
        tables.clone_into(&mut self.tables);
        self
    }

    /// Connects the sources and reads them once.
    pub async fn read(self) -> Connected {
        let connected = self.unread().await;
        connected.rig.refresh().await;
        connected
    }

    /// The same while a source fails.
    pub async fn read_cut(self, source: &str, error: &ConnectorError) -> Connected {
        let connected = self.unread().await;
        connected.cut(source, error);
        connected.rig.refresh().await;
        connected
    }

    /// Connects the sources.
    pub async fn unread(self) -> Connected {
        let shelves = |kinds: BTreeMap<usize, (RecordKind, Shelf)>| kinds.into_values().map(|(_, shelf)| shelf);
        let upstreams: Vec<(&str, Upstream)> =
            self.shelves.into_iter().map(|(name, kinds)| (name, Upstream::new(shelves(kinds)))).collect();
        let named: Vec<(&str, &Upstream)> = upstreams.iter().map(|(name, upstream)| (*name, upstream)).collect();
        let rig = Rig::configured(&self.tables, &named).await;
        Connected { rig, upstreams: upstreams.into_iter().collect() }
    }

    /// Reads the sources, and asks at the same instant what needs the lead.
    pub async fn look(self) -> Posture {
        self.read().await.look().await
    }

    /// The same with another last look.
    pub async fn look_since(self, last: Timestamp) -> Posture {
        self.read().await.look_since(last).await
    }
}

/// The sources after they were read.
pub struct Connected {
    pub rig: Rig,
    upstreams: BTreeMap<&'static str, Upstream>,
}

impl Connected {
    /// What needs the lead now; the last look was a day ago.
    pub async fn look(&self) -> Posture {
        self.look_since(NOW.plus_days(-1)).await
    }

    pub async fn look_since(&self, last: Timestamp) -> Posture {
        posture(&self.rig.workspace, self.rig.workspace.clock.now(), Since::At(last)).await.unwrap()
    }

    /// Reads every source again after so many milliseconds.
    pub async fn read_again(&self, millis: i64) {
        self.rig.later(millis);
        self.rig.refresh().await;
    }

    /// Makes every request of a source fail from now on.
    pub fn cut(&self, source: &str, error: &ConnectorError) {
        for stream in self.upstreams[source].streams() {
            self.upstreams[source].break_stream(stream.name, error.clone());
        }
    }

    pub fn upstream(&self, source: &str) -> &Upstream {
        &self.upstreams[source]
    }
}

/// The stream that brings records of a kind, as the connectors read them.
fn shelf(kind: RecordKind) -> Shelf {
    const RECENT: Mode = Mode::Created { overlap_secs: 600 };
    const CHANGED: Mode = Mode::Updated { overlap_secs: 600 };
    const AHEAD: Mode = Mode::ReplaceWindow { back_days: 14, ahead_days: 60 };
    let (name, mode, kinds): (_, _, &'static [RecordKind]) = match kind {
        RecordKind::Person => ("people", Mode::Snapshot, &[RecordKind::Person]),
        RecordKind::Service => ("services", Mode::Snapshot, &[RecordKind::Service]),
        RecordKind::EscalationPolicy => ("policies", Mode::Snapshot, &[RecordKind::EscalationPolicy]),
        RecordKind::Schedule => ("schedules", Mode::Snapshot, &[RecordKind::Schedule]),
        RecordKind::Shift => ("shifts", AHEAD, &[RecordKind::Shift]),
        RecordKind::TimelineEvent => ("timeline", RECENT, &[RecordKind::TimelineEvent]),
        RecordKind::Incident => ("incidents", RECENT, &[RecordKind::Incident]),
        RecordKind::Page => ("pages", RECENT, &[RecordKind::Page]),
        RecordKind::Slo => ("slos", Mode::Snapshot, &[RecordKind::Slo]),
        RecordKind::SliHour => ("sli_counts", RECENT, &[RecordKind::SliHour]),
        RecordKind::Alert => ("alerts", Mode::Observed, &[RecordKind::Alert]),
        RecordKind::Silence => ("silences", Mode::Snapshot, &[RecordKind::Silence]),
        RecordKind::Leave => ("leave", Mode::Snapshot, &[RecordKind::Leave]),
        RecordKind::Maintenance => ("maintenance", Mode::Snapshot, &[RecordKind::Maintenance]),
        RecordKind::Change => ("changes", RECENT, &[RecordKind::Change]),
        RecordKind::ActionItem => ("action_items", CHANGED, &[RecordKind::ActionItem]),
        RecordKind::Postmortem => ("postmortems", CHANGED, &[RecordKind::Postmortem]),
        other => panic!("no source of the team brings {}", other.word()),
    };
    let past = Some(Backfill { chunk_days: 40, slo_depth: true });
    let shelf = Shelf::new(name, mode, kinds).every_secs(EVERY_SECS).pages_of(1_000);
    if matches!(mode, Mode::Created { .. } | Mode::Updated { .. }) { shelf.with_backfill(past) } else { shelf }
}

/// The time by which a stream finds a record.
fn span(record: &Record) -> Window {
    let instant = |at: Timestamp| Window::new(at, at.plus_millis(1));
    match record {
        Record::Shift(shift) => shift.window(),
        Record::Alert(alert) => Window::new(alert.start, NOW.plus_days(60)),
        Record::Incident(incident) => instant(incident.created_at),
        Record::TimelineEvent(entry) => instant(entry.at),
        Record::Page(page) => instant(page.sent_at),
        Record::SliHour(hour) => instant(hour.hour),
        Record::Change(change) => instant(change.at),
        Record::ActionItem(item) => instant(item.created_at),
        _ => instant(NOW.plus_millis(-1)),
    }
}

/// The rows of one kind, as the lead reads them: `class tier | title | reason | number | action`.
pub fn told(answer: &Posture, kind: &str) -> Vec<String> {
    answer.attention.iter().filter(|row| row.kind == kind).map(words).collect()
}

fn words(row: &Attention) -> String {
    let class = match row.class {
        AttentionClass::Now => "now",
        AttentionClass::Today => "today",
        AttentionClass::Week => "week",
    };
    let tier = row.tier.map_or_else(String::new, |tier| format!(" T{tier}"));
    format!("{class}{tier} | {} | {} | {} | {}", row.title, row.reason, number(row), row.action.verb)
}

/// The number of a row with its unit.
pub fn number(row: &Attention) -> String {
    match (row.value, &row.unit) {
        (Some(value), Some(unit)) => format!("{} {unit}", (value * 1_000.0).round() / 1_000.0),
        (None, None) => "no number".to_owned(),
        (None, Some(unit)) => format!("unknown {unit}"),
        (Some(value), None) => format!("{value} of nothing"),
    }
}

/// Every row, by kind.
pub fn kinds(answer: &Posture) -> Vec<&str> {
    answer.attention.iter().map(|row| row.kind.as_str()).collect()
}

/// Why a kind is not watched; `None` when it is.
pub fn unwatched<'a>(answer: &'a Posture, kind: &str) -> Option<&'a str> {
    let of = |not: &&NotWatched| not.kind == kind;
    answer.not_watched.iter().find(of).map(|not| not.reason.as_str())
}
