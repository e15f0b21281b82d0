//! The log of runs as a person reads it: the last ones of a stream, and the stretches in which it could not be read.

use fairlead_domain::run::RunState;
use fairlead_domain::{Timestamp, Window};
use rusqlite::{OptionalExtension, params};

use super::sync_run::run_row;
use super::{Reader, RunRow, SourceId};
use crate::column::Columns;
use crate::error::StoreError;

/// The last runs of a stream up to an instant, newest first.
pub(crate) const LAST: &str = "
  SELECT source_id, stream, started_at, ended_at, state, fetched, inserted, updated, unchanged, tombstoned, requests,
    error_code, error_message
  FROM sync_run WHERE source_id = ?1 AND stream = ?2 AND ended_at <= ?3 AND state IS NOT NULL
    AND (?4 IS NULL OR state = ?4) AND (?5 = 0 OR inserted + updated + tombstoned > 0)
  ORDER BY ended_at DESC, id DESC LIMIT ?6";
/// The first run within a window that ended in a state.
pub(crate) const FIRST: &str = "
  SELECT ended_at FROM sync_run WHERE source_id = ?1 AND stream = ?2 AND state = ?3 AND ended_at >= ?4 AND ended_at < ?5
  ORDER BY ended_at LIMIT 1";
/// The last run within a window that ended in a state.
pub(crate) const BEFORE: &str = "
  SELECT ended_at FROM sync_run WHERE source_id = ?1 AND stream = ?2 AND state = ?3 AND ended_at >= ?4 AND ended_at < ?5
  ORDER BY ended_at DESC LIMIT 1";
/// How many runs after an instant ended in a state.
pub(crate) const COUNT: &str = "
  SELECT count(*) AS runs FROM sync_run WHERE source_id = ?1 AND stream = ?2 AND state = ?3 AND ended_at > ?4
    AND ended_at <= ?5";

/// Most stretches without an answer that are told of one stream.
const MOST_SILENCES: usize = 200;

/// Which runs of the log are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunFilter {
    /// All of them.
    All,
    /// Those that failed.
    Failed,
    /// Those that changed rows.
    Changed,
}

impl Reader<'_> {
    /// The last runs of a stream that ended at or before `at`, newest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn stream_runs(
        &self,
        (source, stream): (SourceId, &str),
        at: Timestamp,
        filter: RunFilter,
        limit: u32,
    ) -> Result<Vec<RunRow>, StoreError> {
        let state = (filter == RunFilter::Failed).then(|| RunState::Failed.word());
        let changed = i64::from(filter == RunFilter::Changed);
        let values = params![source.0, stream, at.as_millis(), state, changed, limit];
        let mut statement = self.connection.prepare_cached(LAST)?;
        Ok(statement.query_map(values, run_row)?.collect::<Result<_, _>>()?)
    }

    /// How many runs of a stream failed after `since` and up to `at`.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn failed_runs(
        &self,
        (source, stream): (SourceId, &str),
        since: Timestamp,
        at: Timestamp,
    ) -> Result<u32, StoreError> {
        let values = params![source.0, stream, RunState::Failed.word(), since.as_millis(), at.as_millis()];
        let count: i64 = self.connection.prepare_cached(COUNT)?.query_row(values, |row| row.get("runs"))?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// The stretches of a window in which a stream was sampled: from the first good run on, without the stretches between
    /// a good run and the next over runs that failed. Oldest first; none before anything was read.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn sampled(&self, place: (SourceId, &str), window: Window) -> Result<Vec<Window>, StoreError> {
        let end = window.end.plus_millis(1);
        let good = |from| self.edge(FIRST, place, RunState::Ok, (from, end));
        let Some(mut from) = good(window.start)? else { return Ok(Vec::new()) };
        let before = (Timestamp::EARLIEST, window.start);
        if self.edge(BEFORE, place, RunState::Ok, before)?.is_some() {
            from = window.start;
        }
        let mut sampled = Vec::new();
        for _ in 0..MOST_SILENCES {
            let Some(failed) = self.edge(FIRST, place, RunState::Failed, (from, end))? else { break };
            let last_good = self.edge(BEFORE, place, RunState::Ok, (from, failed))?.unwrap_or(from);
            sampled.push(Window::new(from, last_good));
            match good(failed)? {
                Some(again) => from = again,
                None => return Ok(sampled),
            }
        }
        let last = self.edge(BEFORE, place, RunState::Ok, (from, end))?.unwrap_or(from);
        sampled.push(Window::new(from, last));
        Ok(sampled)
    }

    fn edge(
        &self,
        sql: &'static str,
        (source, stream): (SourceId, &str),
        state: RunState,
        (from, to): (Timestamp, Timestamp),
    ) -> Result<Option<Timestamp>, StoreError> {
        let values = params![source.0, stream, state.word(), from.as_millis(), to.as_millis()];
        Ok(self.connection.prepare_cached(sql)?.query_row(values, |row| row.at("ended_at")).optional()?)
    }
}
