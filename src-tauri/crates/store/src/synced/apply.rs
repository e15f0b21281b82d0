//! The one upsert policy for every kind of record.

use fairlead_domain::record::{Item, Record};
use fairlead_domain::{RecordKind, Timestamp};

use super::upsert::Stored;
use super::{SourceId, Writer};
use crate::error::StoreError;

/// What a sync stored, in facts: parts of a fact count with it; documents, runs and roll-ups do not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Facts that were not there.
    pub inserted: u64,
    /// Facts whose content changed, or that came back.
    pub updated: u64,
    /// Facts read again as they were.
    pub unchanged: u64,
    /// Facts that vanished upstream.
    pub tombstoned: u64,
}

impl Counts {
    /// Whether anything was stored that a reader could see.
    #[must_use]
    pub const fn is_news(&self) -> bool {
        self.inserted + self.updated + self.tombstoned > 0
    }

    /// Adds the counts of another step.
    pub const fn add(&mut self, other: Self) {
        self.inserted += other.inserted;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.tombstoned += other.tombstoned;
    }

    const fn count(&mut self, stored: Stored) {
        match stored {
            Stored::Inserted => self.inserted += 1,
            Stored::Updated => self.updated += 1,
            Stored::Unchanged => self.unchanged += 1,
        }
    }
}

impl Writer<'_> {
    /// Stores records of a stream. A record that is stored already like this writes nothing. In a walk that was begun
    /// with [`Writer::begin_walk`], the records' keys are noted as seen.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn apply(
        &mut self,
        source: SourceId,
        stream: &str,
        items: &[Item],
        now: Timestamp,
    ) -> Result<Counts, StoreError> {
        let walking = self.is_walking(source, stream)?;
        let mut counts = Counts::default();
        for item in items {
            let (kind, key) = (item.record.kind(), item.record.key());
            let stored = self.put((source, stream), &item.record, now)?;
            counts.count(stored);
            if stored == Stored::Updated {
                self.exhume(source, kind, &key)?;
            }
            if let Some(document) = &item.raw {
                self.put_raw(source, kind, &key, document)?;
            }
            if walking {
                self.saw(source, stream, kind, &key)?;
            }
        }
        self.index_words()?;
        self.roll_up_days()?;
        Ok(counts)
    }

    fn put(&mut self, place: (SourceId, &str), record: &Record, now: Timestamp) -> Result<Stored, StoreError> {
        let (source, _) = place;
        match record {
            Record::Person(r) => self.put_person(source, r),
            Record::Team(r) => self.put_team(source, r, now),
            Record::Service(r) => self.put_service(source, r),
            Record::Schedule(r) => self.put_schedule(source, r),
            Record::Rotation(r) => self.put_rotation(source, r),
            Record::EscalationPolicy(r) => self.put_policy(source, r),
            Record::Shift(r) => self.put_shift(place, r, now),
            Record::Incident(r) => self.put_incident(source, r, now),
            Record::TimelineEvent(r) => self.put_timeline_event(source, r),
            Record::Page(r) => self.put_page(source, r),
            Record::Alert(r) => self.put_alert(source, r),
            Record::Silence(r) => self.put_silence(source, r),
            Record::Change(r) => self.put_change(source, r),
            Record::Leave(r) => self.put_leave(source, r),
            Record::Holiday(r) => self.put_holiday(source, r),
            Record::Maintenance(r) => self.put_maintenance(source, r),
            Record::Postmortem(r) => self.put_postmortem(source, r),
            Record::ActionItem(r) => self.put_action_item(source, r),
            Record::Slo(r) => self.put_slo(source, r, now),
            Record::SliHour(r) => self.put_hour(source, r),
            Record::SloUpstream(r) => self.put_upstream(source, r),
            Record::Terms(r) => self.put_terms(source, r, now),
        }
    }
}

/// Kinds whose rows stand for a span of time of which the upstream states all within a window.
pub(super) const fn is_span(kind: RecordKind) -> bool {
    matches!(kind, RecordKind::Shift | RecordKind::Leave | RecordKind::Holiday | RecordKind::Maintenance)
}
