//! Reads of the log of runs by what went wrong. Weeks of runs that went well are not looked at.

use fairlead_domain::{Timestamp, Window};
use rusqlite::{OptionalExtension, params};

use super::sync_run::{run_columns, run_row};
use super::{Reader, RunRow};
use crate::error::StoreError;

pub(super) const INDEX: &str = "CREATE INDEX sync_run_failed ON sync_run (ended_at) WHERE state = 'failed';";

pub(crate) const FAILED: &str = concat!(
    run_columns!(),
    " FROM sync_run r JOIN stream_state s ON s.source_id = r.source_id AND s.stream = r.stream
     WHERE r.state = 'failed' AND r.ended_at >= ?1 AND r.ended_at < ?2 ORDER BY r.source_id, r.stream, r.ended_at, r.id"
);

pub(crate) const GOOD_BEFORE: &str = concat!(
    run_columns!(),
    " FROM sync_run r WHERE r.source_id = ?1 AND r.stream = ?2 AND r.state = 'ok' AND r.ended_at >= ?5
       AND (r.ended_at, r.id) < (?3, ?4) ORDER BY r.ended_at DESC, r.id DESC LIMIT 1"
);

pub(crate) const GOOD_AFTER: &str = concat!(
    run_columns!(),
    " FROM sync_run r WHERE r.source_id = ?1 AND r.stream = ?2 AND r.state = 'ok' AND r.ended_at < ?5
       AND (r.ended_at, r.id) > (?3, ?4) ORDER BY r.ended_at, r.id LIMIT 1"
);

impl Reader<'_> {
    /// The stretches within a window in which runs of a stream failed, oldest first: of each the good run before it, the
    /// first that failed, and the good run that ended it, as far as these lie within the window.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn failures(&self, window: Window) -> Result<Vec<RunRow>, StoreError> {
        let (start, end) = (window.start.as_millis(), window.end.as_millis());
        let mut failed = self.connection.prepare_cached(FAILED)?;
        let mut before = self.connection.prepare_cached(GOOD_BEFORE)?;
        let mut after = self.connection.prepare_cached(GOOD_AFTER)?;
        let read = |row: &rusqlite::Row<'_>| Ok((run_row(row)?, row.get::<_, i64>("id")?));
        let failed: Vec<(RunRow, i64)> = failed.query_map([start, end], read)?.collect::<Result<_, _>>()?;
        let mut found: Vec<(Timestamp, i64, RunRow)> = Vec::new();
        let mut ended: Option<(RunRow, Timestamp, i64)> = None;
        for (run, id) in failed {
            let same = |ended: &(RunRow, Timestamp, i64)| ended.0.source == run.source && ended.0.stream == run.stream;
            // Until the run that ended the stretch, every failure belongs to it.
            if ended.as_ref().filter(|ended| same(ended)).is_some_and(|(_, at, last)| (run.ended_at, id) < (*at, *last))
            {
                continue;
            }
            let place = (run.source.0, run.stream.clone(), run.ended_at.as_millis(), id);
            let (source, stream, at) = (place.0, place.1.as_str(), place.2);
            let good = before.query_row(params![source, stream, at, id, start], read).optional()?;
            found.extend(good.map(|(row, id)| (row.ended_at, id, row)));
            let good = after.query_row(params![source, stream, at, id, end], read).optional()?;
            ended = Some(match &good {
                Some((row, id)) => (run.clone(), row.ended_at, *id),
                None => (run.clone(), Timestamp::LATEST, i64::MAX),
            });
            found.push((run.ended_at, id, run));
            found.extend(good.map(|(row, id)| (row.ended_at, id, row)));
        }
        found.sort_by_key(|(at, id, _)| (*at, *id));
        found.dedup_by_key(|(_, id, _)| *id);
        Ok(found.into_iter().map(|(_, _, row)| row).collect())
    }
}
