//! Calendar feeds (iCalendar, RFC 5545): rotas, leave, change freezes and public holidays. See README.md beside this.

mod absence;
mod expand;
mod feed;
mod reading;
mod records;
mod remark;
mod rule;
mod series;
mod settings;
mod source;
mod timing;
mod walk;
mod whose;
mod zone;

#[cfg(test)]
pub(crate) mod tests;

use std::sync::Arc;

use async_trait::async_trait;
use fairlead_domain::{Clock, RecordKind, Timestamp, Window};

use crate::{Backfill, Batch, Build, Check, ConfigIssue, Connector, ConnectorError, Kind, Mode, Note, Request, Stream};
use settings::{Settings, Use};
use source::Source;

pub(crate) use zone::by_name as zone_by_name;

/// Largest feed that is read, in MiB.
const LIMIT_MIB: u64 = 10;
/// Days read back and ahead at each reading. A feed is read whole each time, so that a rota made by hand gives more than a
/// year of history at once.
const DAYS: u32 = 400;
/// Seconds between readings.
const INTERVAL_SECS: u32 = 1_800;

/// Calendars.
pub(crate) const KIND: Kind = Kind {
    name: "ical",
    title: "Calendar (iCal)",
    settings: settings::SETTINGS,
    streams: |values| Use::of(values).map(streams).unwrap_or_default(),
    build,
};

/// The instant of a wall clock time in a zone, as calendars read it: a skipped time with the offset before the change, a
/// repeated one as the first.
pub(crate) fn instant_in(zone: chrono_tz::Tz, local: chrono::NaiveDateTime) -> Timestamp {
    zone::Zone::Named(zone).instant(local)
}

/// A calendar feed or file.
struct Calendar {
    settings: Settings,
    source: Source,
    clock: Arc<dyn Clock>,
}

fn build(values: &serde_json::Value, build: &Build<'_>) -> Result<Box<dyn Connector>, ConfigIssue> {
    let settings = Settings::read(values, build)?;
    let source = Source::open(&settings.place, values, build)?;
    Ok(Box::new(Calendar { settings, source, clock: Arc::clone(&build.clock) }))
}

impl Calendar {
    async fn read(&self, window: Window, now: Timestamp) -> Result<Batch, ConnectorError> {
        let (host, bytes) = self.source.bytes().await?;
        let settings = self.settings.clone();
        let place = host.clone();
        let reading = tokio::task::spawn_blocking(move || reading::read(&bytes, &place, &settings, window, now));
        reading.await.unwrap_or_else(|_| {
            Err(ConnectorError::Decode {
                host,
                expected: "a calendar".to_owned(),
                reason: "reading it was broken off".to_owned(),
            })
        })
    }
}

/// A calendar has one stream, named after what it holds.
fn streams(kind: Use) -> Vec<Stream> {
    let (name, kinds): (_, &'static [RecordKind]) = match kind {
        Use::Oncall => ("shifts", &[RecordKind::Schedule, RecordKind::Person, RecordKind::Shift]),
        Use::Leave => ("leave", &[RecordKind::Leave]),
        Use::Freeze => ("freezes", &[RecordKind::Maintenance]),
        Use::Holiday => ("holidays", &[RecordKind::Holiday]),
    };
    vec![Stream {
        name,
        mode: Mode::ReplaceWindow { back_days: DAYS, ahead_days: DAYS },
        kinds,
        interval_secs: INTERVAL_SECS,
        backfill: Some(Backfill { chunk_days: DAYS, slo_depth: false }),
    }]
}

#[async_trait]
impl Connector for Calendar {
    fn streams(&self) -> Vec<Stream> {
        streams(self.settings.kind)
    }

    async fn check(&self) -> Result<Vec<Check>, ConnectorError> {
        let now = self.clock.now();
        let days = i64::from(DAYS);
        let batch = self.read(Window::new(now.plus_days(-days), now.plus_days(days)), now).await?;
        let of = |kind| batch.items.iter().filter(|item| item.record.kind() == kind).count();
        let lines = self.streams().into_iter().flat_map(|stream| stream.kinds);
        let found: Vec<_> = lines.map(|kind| format!("{} {kind}", of(*kind))).collect();
        let mut checks = vec![Check::new("read the calendar", true, format!("found {}", found.join(", ")))];
        let line = |note: &Note| Check::new(note.code, !note.incomplete, note.message.clone());
        checks.extend(batch.notes.iter().map(line));
        Ok(checks)
    }

    async fn fetch(&self, request: Request<'_>) -> Result<Batch, ConnectorError> {
        self.read(request.window, request.now).await
    }

    fn requests(&self) -> u64 {
        self.source.requests()
    }

    fn clock_skew_millis(&self) -> Option<i64> {
        self.source.clock_skew_millis()
    }
}
