//! Table `alert`: occurrences of alerts.

use fairlead_domain::alert::{Alert, AlertStatus};
use fairlead_domain::{Timestamp, Window};
use rusqlite::{Row, params};

use super::source::still_read;
use super::upsert::{Stored, upsert, upsert_sql};
use super::{Reader, SourceId, Writer};
use crate::column::{Columns, millis, to_json};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE alert (
  id              INTEGER PRIMARY KEY,
  source_id       INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  fingerprint     TEXT NOT NULL,
  start           INTEGER NOT NULL,
  end             INTEGER,
  name            TEXT NOT NULL,
  resolution_secs INTEGER NOT NULL,
  status          TEXT NOT NULL,
  severity_raw    TEXT,
  service         TEXT,
  labels          TEXT NOT NULL,
  rev             INTEGER NOT NULL DEFAULT 0,
  deleted_at      INTEGER,
  UNIQUE (source_id, fingerprint, start)
) STRICT;
CREATE INDEX alert_by_start ON alert (start);
CREATE INDEX alert_open ON alert (source_id, start) WHERE end IS NULL;
";

/// One occurrence of an alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRow {
    /// The source's name.
    pub source: String,
    /// What the source says of it.
    pub alert: Alert,
}

const UPSERT: &str = upsert_sql!("alert", keys: source_id, fingerprint, start;
    columns: end, name, resolution_secs, status, severity_raw, service, labels);

/// Alerts by their end: what is long over is not looked at.
pub(super) const ENDED: &str = "CREATE INDEX alert_ended ON alert (end) WHERE end IS NOT NULL;";

/// Ids of the alerts that were not over at ?1.
macro_rules! not_over {
    () => {
        "(SELECT id FROM alert INDEXED BY alert_open WHERE end IS NULL
          UNION ALL SELECT id FROM alert INDEXED BY alert_ended WHERE end IS NOT NULL AND end > ?1)"
    };
}

macro_rules! alert_columns {
    () => {
        "SELECT s.name AS source, a.fingerprint, a.start, a.end, a.name, a.resolution_secs, a.status, a.severity_raw,
           a.service, a.labels"
    };
}

/// Values: ?1 the instant, ?2 how near. `CROSS JOIN` keeps the order: few alerts fire, and each has few rows beside it;
/// the `+` keeps SQLite from making an index of all names first.
pub(crate) const FIRING_AND_LIKE: &str = concat!(
    alert_columns!(),
    " FROM alert a JOIN source s ON s.id = a.source_id
    WHERE a.id IN (
        SELECT o.id FROM ",
    not_over!(),
    " stands CROSS JOIN alert f ON f.id = stands.id
        CROSS JOIN alert o ON o.start BETWEEN f.start - ?2 AND f.start + ?2 AND +o.name = f.name
        WHERE f.start <= ?1 AND f.status <> 'pending' AND (f.deleted_at IS NULL OR f.deleted_at > ?1))
      AND a.start <= ?1 AND a.status <> 'pending' AND (a.deleted_at IS NULL OR a.deleted_at > ?1) AND ",
    still_read!("?1"),
    " ORDER BY a.start, a.fingerprint, s.name"
);

pub(crate) const FIRING: &str = concat!(
    alert_columns!(),
    " FROM ",
    not_over!(),
    " stands CROSS JOIN alert a ON a.id = stands.id JOIN source s ON s.id = a.source_id
    WHERE a.start <= ?1 AND a.status <> 'pending' AND (a.deleted_at IS NULL OR a.deleted_at > ?1) AND ",
    still_read!("?1"),
    " ORDER BY a.start, a.fingerprint"
);

/// ?1 and ?2: the window.
pub(crate) const REACHING: &str = concat!(
    alert_columns!(),
    " FROM ",
    not_over!(),
    " stands CROSS JOIN alert a ON a.id = stands.id JOIN source s ON s.id = a.source_id
    WHERE a.start < ?2 AND a.deleted_at IS NULL ORDER BY a.start, a.id"
);

/// Values: ?1 and ?2 the window, ?3 the services as JSON.
pub(crate) const BEGUN: &str =
    "SELECT s.name AS source, a.fingerprint, a.start, a.end, a.name, a.resolution_secs, a.status,
      a.severity_raw, a.service, a.labels
    FROM alert a JOIN source s ON s.id = a.source_id
    WHERE a.start >= ?1 AND a.start < ?2 AND +a.service IN (SELECT value FROM json_each(?3)) AND a.status <> 'pending'
      AND (a.deleted_at IS NULL OR a.deleted_at > ?2) ORDER BY a.start, a.fingerprint, s.name";

impl Reader<'_> {
    /// The alerts of services by these names that began inside a window, oldest first; pending ones are not among them.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn alerts_begun(&self, window: Window, services: &[String]) -> Result<Vec<AlertRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(BEGUN)?;
        let values = params![window.start.as_millis(), window.end.as_millis(), to_json("names of services", services)?];
        Ok(statement.query_map(values, alert_row)?.collect::<Result<_, _>>()?)
    }

    /// The alerts of sources that were read which were firing at `at`, oldest first. Suppressed ones are among them; pending ones are not.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn firing_alerts(&self, at: Timestamp) -> Result<Vec<AlertRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(FIRING)?;
        Ok(statement.query_map([at.as_millis()], alert_row)?.collect::<Result<_, _>>()?)
    }

    /// The alerts that were firing at `at`, and every other row of the same name that begins within `near_millis` of one:
    /// what other sources tell of the same. Oldest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn firing_alerts_and_like(&self, at: Timestamp, near_millis: i64) -> Result<Vec<AlertRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(FIRING_AND_LIKE)?;
        let rows = statement.query_map([at.as_millis(), near_millis], alert_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The alerts of one source whose end is not known, for the connector to go on with.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn open_alerts(&self, source: SourceId) -> Result<Vec<Alert>, StoreError> {
        let sql = concat!(
            alert_columns!(),
            " FROM alert a JOIN source s ON s.id = a.source_id
            WHERE a.source_id = ?1 AND a.end IS NULL AND a.deleted_at IS NULL ORDER BY a.start"
        );
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_map([source.0], |row| alert_row(row).map(|a| a.alert))?.collect::<Result<_, _>>()?)
    }

    /// The alerts that reach into a window, oldest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn alerts(&self, window: Window) -> Result<Vec<AlertRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(REACHING)?;
        let rows = statement.query_map([window.start.as_millis(), window.end.as_millis()], alert_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn alert_row(row: &Row<'_>) -> rusqlite::Result<AlertRow> {
    let alert = Alert {
        fingerprint: row.get("fingerprint")?,
        name: row.get("name")?,
        start: row.at("start")?,
        end: row.at_opt("end")?,
        resolution_secs: row.get("resolution_secs")?,
        status: row.word("status", AlertStatus::from_word)?,
        severity_raw: row.get("severity_raw")?,
        service: row.get("service")?,
        labels: row.json("labels")?,
    };
    Ok(AlertRow { source: row.get("source")?, alert })
}

impl Writer<'_> {
    pub(super) fn put_alert(&mut self, source: SourceId, alert: &Alert) -> Result<Stored, StoreError> {
        let values = params![
            source.0,
            alert.fingerprint,
            alert.start.as_millis(),
            millis(alert.end),
            alert.name,
            alert.resolution_secs,
            alert.status.word(),
            alert.severity_raw,
            alert.service,
            to_json("alert labels", &alert.labels)?
        ];
        Ok(upsert(self.connection, UPSERT, values)?.0)
    }
}
