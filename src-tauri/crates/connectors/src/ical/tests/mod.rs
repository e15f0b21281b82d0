mod bounds;
mod peers;
mod people;
mod reach;
mod time;

use std::sync::Arc;

use fairlead_domain::schedule::Shift;
use fairlead_domain::secret::SecretRef;
use fairlead_domain::time::FixedClock;
use fairlead_domain::{Record, Timestamp, Window};
use serde_json::{Value, json};

use super::reading;
use super::settings::Settings;
use crate::{Batch, Build, ConfigIssue, ConnectorError};

/// Monday evening of a November week.
pub(super) const NOW: &str = "2026-11-23T18:00:00Z";

pub(super) struct NoSecrets;

#[async_trait::async_trait]
impl crate::http::Secrets for NoSecrets {
    async fn reveal(&self, reference: &SecretRef, _: bool) -> Result<secrecy::SecretString, ConnectorError> {
        match reference {
            SecretRef::Env(value) => Ok(value.clone().into()),
            other => Err(ConnectorError::Secret { place: other.to_string(), reason: "there is none".into() }),
        }
    }
}

pub(super) fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).expect("an instant")
}

pub(super) fn with_build<T>(folder: &std::path::Path, make: impl FnOnce(&Build<'_>) -> T) -> T {
    let clock = FixedClock::at(at(NOW));
    make(&Build {
        source: "rota",
        folder,
        timezone: chrono_tz::Europe::Lisbon,
        slos: &[],
        secrets: Arc::new(NoSecrets),
        clock: Arc::new(clock),
    })
}

pub(super) fn settings(values: &Value) -> Result<Settings, ConfigIssue> {
    let mut values = values.clone();
    values["file"] = json!("feed.ics");
    with_build(std::path::Path::new("."), |build| Settings::read(&values, build))
}

pub(super) fn window() -> Window {
    Window::new(at(NOW).plus_days(-400), at(NOW).plus_days(400))
}

pub(super) fn read_within(feed: &[u8], values: &Value, window: Window) -> Batch {
    let settings = settings(values).expect("good settings");
    reading::read(feed, "feed.ics", &settings, window, at(NOW)).expect("a calendar")
}

pub(super) fn read(feed: &str, values: &Value) -> Batch {
    read_within(feed.as_bytes(), values, window())
}

pub(super) fn shifts(batch: &Batch) -> Vec<&Shift> {
    fn shift(record: &Record) -> Option<&Shift> {
        match record {
            Record::Shift(shift) => Some(shift),
            _ => None,
        }
    }
    batch.items.iter().filter_map(|item| shift(&item.record)).collect()
}

/// `start/end` of each shift in UTC to the minute, without the year.
pub(super) fn spans(batch: &Batch) -> Vec<String> {
    let short = |at: Timestamp| at.to_rfc3339()[5..16].to_owned();
    shifts(batch).iter().map(|s| format!("{}/{}", short(s.start), short(s.end))).collect()
}

/// A calendar with these lines in one event.
pub(super) fn event(lines: &str) -> String {
    calendar(&format!("BEGIN:VEVENT\nUID:one@harbor.example\nSUMMARY:Ines\n{lines}\nEND:VEVENT"))
}

pub(super) fn calendar(lines: &str) -> String {
    format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Harbor//EN\n{lines}\nEND:VCALENDAR\n").replace('\n', "\r\n")
}

/// Start and end of each shift of a calendar, for comparisons with other ways in.
pub(crate) fn spans_of(feed: &str) -> Vec<(Timestamp, Timestamp)> {
    shifts(&read(feed, &json!({}))).iter().map(|s| (s.start, s.end)).collect()
}
