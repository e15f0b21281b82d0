//! Table `coverage`: which stretches of time a stream was read for. Stretches that touch are kept as one.

use fairlead_domain::{Timestamp, Window};
use rusqlite::params;

use super::{Reader, SourceId, Writer};
use crate::column::Columns;
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE coverage (
  source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  stream    TEXT NOT NULL,
  start     INTEGER NOT NULL,
  end       INTEGER NOT NULL,
  PRIMARY KEY (source_id, stream, start)
) STRICT, WITHOUT ROWID;
";

impl Reader<'_> {
    /// Every stretch of time that a stream was read for, oldest first; they neither overlap nor touch.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn coverage(&self, source: SourceId, stream: &str) -> Result<Vec<Window>, StoreError> {
        let sql = "SELECT start, end FROM coverage WHERE source_id = ?1 AND stream = ?2 ORDER BY start";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows =
            statement.query_map(params![source.0, stream], |row| Ok(Window::new(row.at("start")?, row.at("end")?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Adds a window to what a stream was read for.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn extend_coverage(&mut self, source: SourceId, stream: &str, window: Window) -> Result<(), StoreError> {
        if window.is_empty() {
            return Ok(());
        }
        let known = self.coverage(source, stream)?;
        if known.iter().any(|w| w.start <= window.start && window.end <= w.end) {
            return Ok(());
        }
        let touching: Vec<&Window> = known.iter().filter(|w| w.start <= window.end && window.start <= w.end).collect();
        let start = touching.iter().map(|w| w.start).fold(window.start, Timestamp::min);
        let end = touching.iter().map(|w| w.end).fold(window.end, Timestamp::max);
        let sql = "DELETE FROM coverage WHERE source_id = ?1 AND stream = ?2 AND start = ?3";
        for old in &touching {
            self.connection.prepare_cached(sql)?.execute(params![source.0, stream, old.start.as_millis()])?;
        }
        let sql = "INSERT INTO coverage (source_id, stream, start, end) VALUES (?1, ?2, ?3, ?4)";
        self.connection.prepare_cached(sql)?.execute(params![source.0, stream, start.as_millis(), end.as_millis()])?;
        Ok(())
    }

    /// Takes back that a stream was read for anything at or after `at`: the clock that said so was wrong.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn cut_coverage(&mut self, source: SourceId, stream: &str, at: Timestamp) -> Result<(), StoreError> {
        let values = params![source.0, stream, at.as_millis()];
        let sql = "DELETE FROM coverage WHERE source_id = ?1 AND stream = ?2 AND start >= ?3";
        self.connection.prepare_cached(sql)?.execute(values)?;
        let sql = "UPDATE coverage SET end = ?3 WHERE source_id = ?1 AND stream = ?2 AND end > ?3";
        self.connection.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }
}
