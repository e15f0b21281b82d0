//! Table `page`: notifications of people.

use fairlead_domain::page::{Page, PageChannel};
use fairlead_domain::{Timestamp, Window};
use rusqlite::{Row, params};

use super::person_identity::{PersonName, person_name_in, who_columns};
use super::upsert::{Stored, upsert, upsert_sql};
use super::{Reader, SourceId, Writer};
use crate::column::InOrder;
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

/// Tells withheld persons apart (`Page::party`).
pub(super) const PARTY: &str = "ALTER TABLE page ADD COLUMN party INTEGER;";

/// One notification of one person, with what its incident says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRow {
    /// The source's name.
    pub source: String,
    /// The id in the source.
    pub ext_id: String,
    /// Who; `None` where the team's setting withholds it.
    pub person: Option<PersonName>,
    /// Tells apart who was notified where the person is withheld.
    pub party: Option<i64>,
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
    /// The service's id or name in the source, else that of its incident.
    pub service: Option<String>,
    /// The service's name, where the source lists it.
    pub service_name: Option<String>,
    /// The incident's title.
    pub title: Option<String>,
    /// The incident's urgency, as the source says it.
    pub urgency: Option<String>,
    /// The incident is a test or a drill.
    pub is_test: bool,
}

const UPSERT: &str = upsert_sql!("page", keys: source_id, ext_id;
    columns: identity_id, incident, sent_at, channel, status, answered_at, service);

macro_rules! page_rows {
    ($rule:literal) => {
        concat!(
            "SELECT s.name AS source, p.ext_id, p.party, who.timezone, p.incident, p.sent_at, p.channel, p.status,
               p.answered_at, coalesce(p.service, i.service) AS service, v.name AS service_name, i.title, i.urgency,
               coalesce(i.is_test, 0) AS is_test, ",
            who_columns!(),
            " FROM page p JOIN source s ON s.id = p.source_id LEFT JOIN person_identity who ON who.id = p.identity_id
             LEFT JOIN incident i ON i.source_id = p.source_id AND i.ext_id = p.incident
             LEFT JOIN service v ON v.source_id = p.source_id AND v.ext_id = coalesce(p.service, i.service)
             WHERE ",
            $rule,
            " AND p.deleted_at IS NULL ORDER BY p.sent_at, p.id"
        )
    };
}

const SENT: &str = page_rows!("p.sent_at >= ?1 AND p.sent_at < ?2");

pub(crate) const OF_INCIDENT: &str = page_rows!("p.source_id = ?1 AND p.incident = ?2 AND p.sent_at <= ?3");

impl Reader<'_> {
    /// The notifications sent inside a window, oldest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn pages(&self, window: Window) -> Result<Vec<PageRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(SENT)?;
        let rows = statement.query_map([window.start.as_millis(), window.end.as_millis()], page_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The notifications about one incident up to `until`, oldest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn pages_of(&self, source: SourceId, incident: &str, until: Timestamp) -> Result<Vec<PageRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(OF_INCIDENT)?;
        let rows = statement.query_map(params![source.0, incident, until.as_millis()], page_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn page_row(row: &Row<'_>) -> rusqlite::Result<PageRow> {
    let mut next = InOrder::of(row);
    Ok(PageRow {
        source: next.value()?,
        ext_id: next.value()?,
        party: next.value()?,
        timezone: next.value()?,
        incident: next.value()?,
        sent_at: next.at()?,
        channel: next.word(PageChannel::from_word)?,
        status: next.value()?,
        answered_at: next.at_opt()?,
        service: next.value()?,
        service_name: next.value()?,
        title: next.value()?,
        urgency: next.value()?,
        is_test: next.value()?,
        person: person_name_in(&mut next)?,
    })
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
        let (stored, id) = upsert(self.connection, UPSERT, values)?;
        // A later reading tells the same persons apart by other tokens: the first stays, and nothing is news.
        if let (Stored::Inserted, Some(id), Some(party)) = (stored, id, page.party) {
            let sql = "UPDATE page SET party = ?2 WHERE id = ?1";
            self.connection.prepare_cached(sql)?.execute([id, party])?;
        }
        Ok(stored)
    }
}
