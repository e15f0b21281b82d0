//! Table `silence`.

use fairlead_domain::Window;
use fairlead_domain::silence::{Silence, SilenceState};
use rusqlite::params;

use super::source::still_read;
use super::upsert::{Stored, upsert, upsert_sql};
use super::{Reader, SourceId, Writer};
use crate::column::Columns;
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE silence (
  id         INTEGER PRIMARY KEY,
  source_id  INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ext_id     TEXT NOT NULL,
  start      INTEGER NOT NULL,
  end        INTEGER NOT NULL,
  creator    TEXT,
  comment    TEXT,
  matchers   TEXT NOT NULL,
  state      TEXT NOT NULL,
  rev        INTEGER NOT NULL DEFAULT 0,
  deleted_at INTEGER,
  UNIQUE (source_id, ext_id)
) STRICT;
CREATE INDEX silence_by_end ON silence (end);
";

/// A silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SilenceRow {
    /// The source's name.
    pub source: String,
    /// What the source says of it.
    pub silence: Silence,
}

const UPSERT: &str = upsert_sql!("silence", keys: source_id, ext_id;
    columns: start, end, creator, comment, matchers, state);

impl Reader<'_> {
    /// The silences that reach into a window, of sources that were read at its start, by start. Whether one was in force follows from its times.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn silences(&self, window: Window) -> Result<Vec<SilenceRow>, StoreError> {
        let sql = concat!(
            "SELECT s.name AS source, x.ext_id, x.start, x.end, x.creator, x.comment, x.matchers, x.state
            FROM silence x JOIN source s ON s.id = x.source_id
            WHERE x.end > ?1 AND x.start < ?2 AND x.deleted_at IS NULL AND ",
            still_read!("?1"),
            " ORDER BY x.start, x.ext_id"
        );
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([window.start.as_millis(), window.end.as_millis()], |row| {
            let silence = Silence {
                ext_id: row.get("ext_id")?,
                start: row.at("start")?,
                end: row.at("end")?,
                creator: row.get("creator")?,
                comment: row.get("comment")?,
                matchers: row.get("matchers")?,
                state: row.word("state", SilenceState::from_word)?,
            };
            Ok(SilenceRow { source: row.get("source")?, silence })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    pub(super) fn put_silence(&mut self, source: SourceId, silence: &Silence) -> Result<Stored, StoreError> {
        let s = silence;
        let values = params![
            source.0,
            s.ext_id,
            s.start.as_millis(),
            s.end.as_millis(),
            s.creator,
            s.comment,
            s.matchers,
            s.state.word()
        ];
        Ok(upsert(self.connection, UPSERT, values)?.0)
    }
}
