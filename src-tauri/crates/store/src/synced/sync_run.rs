//! Table `sync_run`: the log of runs, from which freshness as of any instant is told.

use fairlead_domain::run::RunState;
use fairlead_domain::time::DAY_MS;
use fairlead_domain::{Timestamp, Window};
use rusqlite::{Row, params};

use super::{Counts, Reader, SourceId, Writer};
use crate::column::{Columns, millis};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE sync_run (
  id            INTEGER PRIMARY KEY,
  source_id     INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  stream        TEXT NOT NULL,
  started_at    INTEGER NOT NULL,
  ended_at      INTEGER,
  state         TEXT,
  fetched       INTEGER NOT NULL DEFAULT 0,
  inserted      INTEGER NOT NULL DEFAULT 0,
  updated       INTEGER NOT NULL DEFAULT 0,
  unchanged     INTEGER NOT NULL DEFAULT 0,
  tombstoned    INTEGER NOT NULL DEFAULT 0,
  requests      INTEGER NOT NULL DEFAULT 0,
  error_code    TEXT,
  error_message TEXT
) STRICT;
CREATE INDEX sync_run_by_end ON sync_run (source_id, stream, ended_at, state);
";

/// Runs that changed nothing are thinned to the last of each day after so many days.
const KEEP_EVERY_RUN_DAYS: i64 = 7;

/// A run's row id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunId(i64);

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunEnd {
    /// How.
    pub state: RunState,
    /// What it stored.
    pub counts: Counts,
    /// Records that the connector yielded.
    pub fetched: u64,
    /// Requests that it took.
    pub requests: u64,
    /// Code and message of what went wrong.
    pub error: Option<(String, String)>,
}

/// A run that ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRow {
    /// The source.
    pub source: SourceId,
    /// The stream's name.
    pub stream: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Timestamp,
    /// How it ended.
    pub end: RunEnd,
}

impl Reader<'_> {
    /// Of every stream, the last run that ended at or before `at`, by source and stream.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn last_runs(&self, at: Timestamp) -> Result<Vec<RunRow>, StoreError> {
        let sql = "SELECT r.source_id, r.stream, r.started_at, r.ended_at, r.state, r.fetched, r.inserted, r.updated,
              r.unchanged, r.tombstoned, r.requests, r.error_code, r.error_message
            FROM stream_state s JOIN sync_run r ON r.id = (SELECT id FROM sync_run
              WHERE source_id = s.source_id AND stream = s.stream AND ended_at <= ?1 ORDER BY ended_at DESC, id DESC LIMIT 1)
            ORDER BY r.source_id, r.stream";
        self.runs(sql, at)
    }

    /// Of every stream, the last good run that ended at or before `at`, by source and stream.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn last_ok_runs(&self, at: Timestamp) -> Result<Vec<RunRow>, StoreError> {
        let sql = "SELECT r.source_id, r.stream, r.started_at, r.ended_at, r.state, r.fetched, r.inserted, r.updated,
              r.unchanged, r.tombstoned, r.requests, r.error_code, r.error_message
            FROM stream_state s JOIN sync_run r ON r.id = (SELECT id FROM sync_run
              WHERE source_id = s.source_id AND stream = s.stream AND ended_at <= ?1 AND state = 'ok'
              ORDER BY ended_at DESC, id DESC LIMIT 1)
            ORDER BY r.source_id, r.stream";
        self.runs(sql, at)
    }

    /// The runs that ended within a window, oldest first. Of runs that changed nothing only the last of each day is kept
    /// for long.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn runs_ended(&self, window: Window) -> Result<Vec<RunRow>, StoreError> {
        let sql = "SELECT r.source_id, r.stream, r.started_at, r.ended_at, r.state, r.fetched, r.inserted, r.updated,
              r.unchanged, r.tombstoned, r.requests, r.error_code, r.error_message
            FROM stream_state s CROSS JOIN sync_run r ON r.source_id = s.source_id AND r.stream = s.stream
            WHERE r.ended_at >= ?1 AND r.ended_at < ?2 AND r.state IS NOT NULL ORDER BY r.ended_at, r.id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let bounds = params![window.start.as_millis(), window.end.as_millis()];
        Ok(statement.query_map(bounds, run_row)?.collect::<Result<_, _>>()?)
    }

    fn runs(&self, sql: &'static str, at: Timestamp) -> Result<Vec<RunRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_map([at.as_millis()], run_row)?.collect::<Result<_, _>>()?)
    }
}

pub(super) fn run_row(row: &Row<'_>) -> rusqlite::Result<RunRow> {
    let count = |column: &str| row.get::<_, i64>(column).map(|n| u64::try_from(n).unwrap_or(0));
    let code: Option<String> = row.get("error_code")?;
    let message: Option<String> = row.get("error_message")?;
    Ok(RunRow {
        source: SourceId(row.get("source_id")?),
        stream: row.get("stream")?,
        started_at: row.at("started_at")?,
        ended_at: row.at("ended_at")?,
        end: RunEnd {
            state: row.word("state", RunState::from_word)?,
            counts: Counts {
                inserted: count("inserted")?,
                updated: count("updated")?,
                unchanged: count("unchanged")?,
                tombstoned: count("tombstoned")?,
            },
            fetched: count("fetched")?,
            requests: count("requests")?,
            error: code.map(|code| (code, message.unwrap_or_default())),
        },
    })
}

impl Writer<'_> {
    /// Logs that a run begins, and notes it as [`Writer::stream_started`] does.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn start_run(&mut self, source: SourceId, stream: &str, now: Timestamp) -> Result<RunId, StoreError> {
        self.stream_started(source, stream, now)?;
        self.insert_run(source, stream, now)
    }

    /// Logs how a run ended, and thins old runs of its stream that changed nothing.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn finish_run(&mut self, run: RunId, end: &RunEnd, now: Timestamp) -> Result<(), StoreError> {
        let figure = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let sql =
            "UPDATE sync_run SET ended_at = ?2, state = ?3, fetched = ?4, inserted = ?5, updated = ?6, unchanged = ?7,
            tombstoned = ?8, requests = ?9, error_code = ?10, error_message = ?11 WHERE id = ?1";
        self.connection.prepare_cached(sql)?.execute(params![
            run.0,
            now.as_millis(),
            end.state.word(),
            figure(end.fetched),
            figure(end.counts.inserted),
            figure(end.counts.updated),
            figure(end.counts.unchanged),
            figure(end.counts.tombstoned),
            figure(end.requests),
            end.error.as_ref().map(|(code, _)| code),
            end.error.as_ref().map(|(_, message)| message),
        ])?;
        self.thin_runs(run, now)
    }

    /// Takes back what [`Self::start_run`] wrote of a run that was stopped before it ended. `before`: when the run
    /// before it began.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn forget_run(
        &mut self,
        run: RunId,
        (source, stream): (SourceId, &str),
        before: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        self.connection.prepare_cached("DELETE FROM sync_run WHERE id = ?1")?.execute([run.0])?;
        let sql = "UPDATE stream_state SET last_started_at = ?3 WHERE source_id = ?1 AND stream = ?2";
        self.connection.prepare_cached(sql)?.execute(params![source.0, stream, millis(before)])?;
        Ok(())
    }

    /// Logs a run that began and ended at these instants. When the stream is due next is left as it is: the run was not
    /// about its present.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn log_run(
        &mut self,
        source: SourceId,
        stream: &str,
        (began, ended): (Timestamp, Timestamp),
        end: &RunEnd,
    ) -> Result<(), StoreError> {
        let run = self.insert_run(source, stream, began)?;
        self.finish_run(run, end, ended)
    }

    fn insert_run(&self, source: SourceId, stream: &str, now: Timestamp) -> Result<RunId, StoreError> {
        let sql = "INSERT INTO sync_run (source_id, stream, started_at) VALUES (?1, ?2, ?3)";
        self.connection.prepare_cached(sql)?.execute(params![source.0, stream, now.as_millis()])?;
        Ok(RunId(self.connection.last_insert_rowid()))
    }

    /// A minute's tick would log half a million runs a year; what they say is said by the last of each day as well.
    fn thin_runs(&self, run: RunId, now: Timestamp) -> Result<(), StoreError> {
        let sql = "DELETE FROM sync_run WHERE id IN (
              SELECT old.id FROM sync_run old JOIN sync_run this ON this.id = ?1
              WHERE old.source_id = this.source_id AND old.stream = this.stream AND old.state = 'ok' AND old.ended_at < ?2
                AND old.inserted + old.updated + old.tombstoned = 0
                AND EXISTS (SELECT 1 FROM sync_run later WHERE later.source_id = old.source_id
                  AND later.stream = old.stream AND later.state = 'ok' AND later.ended_at > old.ended_at
                  AND later.ended_at < (old.ended_at / 86400000 + 1) * 86400000))";
        let before = now.plus_millis(-KEEP_EVERY_RUN_DAYS * DAY_MS);
        self.connection.prepare_cached(sql)?.execute(params![run.0, before.as_millis()])?;
        Ok(())
    }
}
