//! Table `stream_state`: where each stream of each source stands, so that a sync goes on where the last one stopped.

use fairlead_domain::{Timestamp, Window};
use rusqlite::{OptionalExtension, Row, params};

use super::{Reader, SourceId, Writer};
use crate::column::{Columns, millis};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE stream_state (
  source_id          INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  stream             TEXT NOT NULL,
  walk_cursor        TEXT,
  walk_from          INTEGER,
  walk_to            INTEGER,
  watermark          INTEGER,
  backfill_done_to   INTEGER,
  exhausted          INTEGER NOT NULL DEFAULT 0,
  state              TEXT,
  last_started_at    INTEGER,
  last_ok_at         INTEGER,
  last_error_code    TEXT,
  last_error_message TEXT,
  PRIMARY KEY (source_id, stream)
) STRICT, WITHOUT ROWID;
";

/// Where a stream stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamState {
    /// The source.
    pub source: SourceId,
    /// The stream's name.
    pub stream: String,
    /// An unfinished walk.
    pub walk: Option<WalkCursor>,
    /// From where on changes are read next: the upstream's time at the start of the last complete walk.
    pub watermark: Option<Timestamp>,
    /// The newest stretch of time that was read without a hole; see [`Reader::coverage`] for all.
    pub covered: Option<Window>,
    /// How far back the backfill has come.
    pub backfill_done_to: Option<Timestamp>,
    /// The upstream's memory ends there.
    pub exhausted: bool,
    /// Text that the connector gets back in its next walk.
    pub state: Option<String>,
    /// When the last run began.
    pub last_started_at: Option<Timestamp>,
    /// When the last good run ended.
    pub last_ok_at: Option<Timestamp>,
    /// Code and message of the last run's failure; `None` after a good run.
    pub last_error: Option<(String, String)>,
}

/// Where an unfinished walk goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalkCursor {
    /// The connector's cursor.
    pub cursor: String,
    /// The window that is walked.
    pub window: Window,
}

/// What a complete walk leaves behind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StreamOk {
    /// See [`StreamState::watermark`]; `None` keeps the last.
    pub watermark: Option<Timestamp>,
    /// The time that the walk covered.
    pub covered: Option<Window>,
    /// The upstream's memory ends at the start of the backfill.
    pub exhausted: bool,
    /// Text for the connector's next walk; `None` keeps the last.
    pub state: Option<String>,
}

impl Reader<'_> {
    /// Where a stream stands; `None` before its first run.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn stream_state(&self, source: SourceId, stream: &str) -> Result<Option<StreamState>, StoreError> {
        let sql = "SELECT source_id, stream, walk_cursor, walk_from, walk_to, watermark, backfill_done_to, exhausted,
              state, last_started_at, last_ok_at, last_error_code, last_error_message,
              (SELECT max(start) FROM coverage c WHERE c.source_id = s.source_id AND c.stream = s.stream) AS covered_from,
              (SELECT max(end) FROM coverage c WHERE c.source_id = s.source_id AND c.stream = s.stream) AS covered_to
            FROM stream_state s WHERE source_id = ?1 AND stream = ?2";
        Ok(self.connection.prepare_cached(sql)?.query_row(params![source.0, stream], state_row).optional()?)
    }

    /// Where every stream stands, by source and name.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn stream_states(&self) -> Result<Vec<StreamState>, StoreError> {
        let sql = "SELECT source_id, stream, walk_cursor, walk_from, walk_to, watermark, backfill_done_to, exhausted,
              state, last_started_at, last_ok_at, last_error_code, last_error_message,
              (SELECT max(start) FROM coverage c WHERE c.source_id = s.source_id AND c.stream = s.stream) AS covered_from,
              (SELECT max(end) FROM coverage c WHERE c.source_id = s.source_id AND c.stream = s.stream) AS covered_to
            FROM stream_state s ORDER BY source_id, stream";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([], state_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

fn state_row(row: &Row<'_>) -> rusqlite::Result<StreamState> {
    let window = |from: &str, to: &str| -> rusqlite::Result<Option<Window>> {
        Ok(row.at_opt(from)?.zip(row.at_opt(to)?).map(|(start, end)| Window::new(start, end)))
    };
    let cursor: Option<String> = row.get("walk_cursor")?;
    let code: Option<String> = row.get("last_error_code")?;
    let message: Option<String> = row.get("last_error_message")?;
    Ok(StreamState {
        source: SourceId(row.get("source_id")?),
        stream: row.get("stream")?,
        walk: cursor.zip(window("walk_from", "walk_to")?).map(|(cursor, window)| WalkCursor { cursor, window }),
        watermark: row.at_opt("watermark")?,
        covered: window("covered_from", "covered_to")?,
        backfill_done_to: row.at_opt("backfill_done_to")?,
        exhausted: row.get("exhausted")?,
        state: row.get("state")?,
        last_started_at: row.at_opt("last_started_at")?,
        last_ok_at: row.at_opt("last_ok_at")?,
        last_error: code.map(|code| (code, message.unwrap_or_default())),
    })
}

impl Writer<'_> {
    /// Notes that a run of a stream begins.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn stream_started(&mut self, source: SourceId, stream: &str, now: Timestamp) -> Result<(), StoreError> {
        let sql = "INSERT INTO stream_state (source_id, stream, last_started_at) VALUES (?1, ?2, ?3)
            ON CONFLICT (source_id, stream) DO UPDATE SET last_started_at = excluded.last_started_at";
        self.connection.prepare_cached(sql)?.execute(params![source.0, stream, now.as_millis()])?;
        Ok(())
    }

    /// Saves where an unfinished walk goes on, in the transaction of the rows before it; `None` forgets it.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn save_walk(&mut self, source: SourceId, stream: &str, walk: Option<&WalkCursor>) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO stream_state (source_id, stream, walk_cursor, walk_from, walk_to) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (source_id, stream) DO UPDATE SET walk_cursor = excluded.walk_cursor,
              walk_from = excluded.walk_from, walk_to = excluded.walk_to";
        self.connection.prepare_cached(sql)?.execute(params![
            source.0,
            stream,
            walk.map(|w| w.cursor.as_str()),
            millis(walk.map(|w| w.window.start)),
            millis(walk.map(|w| w.window.end)),
        ])?;
        Ok(())
    }

    /// Notes a complete walk: it covers its window, and the last error is over.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn stream_ok(
        &mut self,
        source: SourceId,
        stream: &str,
        walk: &StreamOk,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO stream_state (source_id, stream, watermark, exhausted, state, last_ok_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (source_id, stream) DO UPDATE SET
              watermark = coalesce(excluded.watermark, watermark), exhausted = max(exhausted, excluded.exhausted),
              state = coalesce(excluded.state, state), last_ok_at = excluded.last_ok_at,
              last_error_code = NULL, last_error_message = NULL,
              walk_cursor = NULL, walk_from = NULL, walk_to = NULL";
        self.connection.prepare_cached(sql)?.execute(params![
            source.0,
            stream,
            millis(walk.watermark),
            walk.exhausted,
            walk.state,
            now.as_millis(),
        ])?;
        match walk.covered {
            Some(window) => self.extend_coverage(source, stream, window),
            None => Ok(()),
        }
    }

    /// Notes a failed run. The saved walk, coverage and watermark stay.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn stream_failed(&mut self, source: SourceId, stream: &str, error: (&str, &str)) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO stream_state (source_id, stream, last_error_code, last_error_message) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (source_id, stream) DO UPDATE SET last_error_code = excluded.last_error_code,
              last_error_message = excluded.last_error_message";
        self.connection.prepare_cached(sql)?.execute(params![source.0, stream, error.0, error.1])?;
        Ok(())
    }

    /// Notes how far back the backfill has come, and whether the upstream's memory ends there.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn backfill_reached(
        &mut self,
        source: SourceId,
        stream: &str,
        done_to: Timestamp,
        exhausted: bool,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO stream_state (source_id, stream, backfill_done_to, exhausted) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (source_id, stream) DO UPDATE SET
              backfill_done_to = min(coalesce(backfill_done_to, excluded.backfill_done_to), excluded.backfill_done_to),
              exhausted = max(exhausted, excluded.exhausted)";
        self.connection.prepare_cached(sql)?.execute(params![source.0, stream, done_to.as_millis(), exhausted])?;
        Ok(())
    }
}
