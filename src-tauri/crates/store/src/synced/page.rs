//! Table `page`: notifications of people.

use fairlead_domain::page::{Page, PageChannel};
use fairlead_domain::{Timestamp, Window};
use rusqlite::params;

use super::person_identity::{PersonName, person_name, who_columns};
use super::upsert::{Stored, upsert, upsert_sql};
use super::{Reader, SourceId, Writer};
use crate::column::Columns;
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE page (
  id          INTEGER PRIMARY KEY,
  source_id   INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ext_id      TEXT NOT NULL,
  identity_id INTEGER REFERENCES person_identity (id) ON DELETE SET NULL,
  incident    TEXT,
  sent_at     INTEGER NOT NULL,
  channel     TEXT NOT NULL,
  status      TEXT,
  answered_at INTEGER,
  service     TEXT,
  rev         INTEGER NOT NULL DEFAULT 0,
  deleted_at  INTEGER,
  UNIQUE (source_id, ext_id)
) STRICT;
CREATE INDEX page_by_time ON page (sent_at);
CREATE INDEX page_by_identity ON page (identity_id);
CREATE INDEX page_by_incident ON page (source_id, incident);
";

/// One notification of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRow {
    /// The source's name.
    pub source: String,
    /// The id in the source.
    pub ext_id: String,
    /// Who; `None` where the team's setting withholds it.
    pub person: Option<PersonName>,
    /// The person's zone as the source gives it.
    pub timezone: Option<String>,
    /// The incident's id in the source.
    pub incident: Option<String>,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// How.
    pub channel: PageChannel,
    /// The source's word for what became of it.
    pub status: Option<String>,
    /// When the person answered.
    pub answered_at: Option<Timestamp>,
    /// The service's id or name in the source.
    pub service: Option<String>,
}

const UPSERT: &str = upsert_sql!("page", keys: source_id, ext_id;
    columns: identity_id, incident, sent_at, channel, status, answered_at, service);

impl Reader<'_> {
    /// The notifications sent inside a window, oldest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn pages(&self, window: Window) -> Result<Vec<PageRow>, StoreError> {
        let sql = concat!(
            "SELECT s.name AS source, p.ext_id, p.incident, p.sent_at, p.channel, p.status, p.answered_at, p.service,
               who.timezone, ",
            who_columns!(),
            " FROM page p JOIN source s ON s.id = p.source_id LEFT JOIN person_identity who ON who.id = p.identity_id
             WHERE p.sent_at >= ?1 AND p.sent_at < ?2 AND p.deleted_at IS NULL ORDER BY p.sent_at"
        );
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([window.start.as_millis(), window.end.as_millis()], |row| {
            Ok(PageRow {
                source: row.get("source")?,
                ext_id: row.get("ext_id")?,
                person: person_name(row)?,
                timezone: row.get("timezone")?,
                incident: row.get("incident")?,
                sent_at: row.at("sent_at")?,
                channel: row.word("channel", PageChannel::from_word)?,
                status: row.get("status")?,
                answered_at: row.at_opt("answered_at")?,
                service: row.get("service")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    pub(super) fn put_page(&mut self, source: SourceId, page: &Page) -> Result<Stored, StoreError> {
        let person = self.person(source, page.person.as_ref())?;
        let answered = self.answered_millis(source, page, person)?;
        let values = params![
            source.0,
            page.ext_id,
            person,
            page.incident,
            page.sent_at.as_millis(),
            page.channel.word(),
            page.status,
            answered,
            page.service
        ];
        Ok(upsert(self.connection, UPSERT, values)?.0)
    }
}
