//! Tables `slo` and `slo_def`: SLOs, and the versions of their definitions with the time for which each held.

use fairlead_domain::Timestamp;
use fairlead_domain::slo::{BudgetMethod, Slo, SloOrigin};
use rusqlite::{OptionalExtension, Row, named_params, params};

use super::source::still_read;
use super::upsert::Stored;
use super::{Reader, SourceId, Writer};
use crate::column::{Columns, InOrder, to_json};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE slo (
  id         INTEGER PRIMARY KEY,
  source_id  INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ext_id     TEXT NOT NULL,
  deleted_at INTEGER,
  UNIQUE (source_id, ext_id)
) STRICT;
CREATE TABLE slo_def (
  slo_id      INTEGER NOT NULL REFERENCES slo (id) ON DELETE CASCADE,
  valid_from  INTEGER NOT NULL,
  valid_to    INTEGER,
  name        TEXT NOT NULL,
  service     TEXT,
  group_by    TEXT NOT NULL,
  origin      TEXT NOT NULL,
  objective   REAL NOT NULL,
  period      TEXT NOT NULL,
  method      TEXT NOT NULL,
  good_expr   TEXT,
  total_expr  TEXT,
  description TEXT,
  labels      TEXT NOT NULL,
  PRIMARY KEY (slo_id, valid_from)
) STRICT, WITHOUT ROWID;
";

/// An SLO with the definition that held at the instant asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct SloRow {
    /// Row id, by which hours point to it.
    pub id: i64,
    /// The source's name.
    pub source: String,
    /// The service's name, where the source lists it.
    pub service_name: Option<String>,
    /// The definition.
    pub slo: Slo,
    /// Since when this version is known to hold; the first stands for all time before as well.
    pub valid_from: Timestamp,
    /// Until when it held; `None`: it holds still.
    pub valid_to: Option<Timestamp>,
}

macro_rules! slo_columns {
    () => {
        "SELECT o.id, o.deleted_at, s.name AS source, v.name AS service_name, o.ext_id, d.valid_from, d.valid_to, d.name,
           d.service, d.group_by, d.origin, d.objective, d.period, d.method, d.good_expr, d.total_expr, d.description,
           d.labels
         FROM slo o JOIN source s ON s.id = o.source_id JOIN slo_def d ON d.slo_id = o.id
         LEFT JOIN service v ON v.source_id = o.source_id AND v.ext_id = d.service "
    };
}
pub(super) use slo_columns;

impl Reader<'_> {
    /// The SLOs of sources that were read which existed at `at`, with the definitions that held then, by source and id.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn slos(&self, at: Timestamp) -> Result<Vec<SloRow>, StoreError> {
        let sql = concat!(
            slo_columns!(),
            "WHERE d.valid_from <= ?1 AND (d.valid_to IS NULL OR d.valid_to > ?1)
               AND (o.deleted_at IS NULL OR o.deleted_at > ?1) AND ",
            still_read!("?1"),
            " ORDER BY s.name, o.ext_id"
        );
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_map([at.as_millis()], slo_row)?.collect::<Result<_, _>>()?)
    }

    /// The source and the service of every SLO that existed at `at`, by source and id.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn slo_services(&self, at: Timestamp) -> Result<Vec<(String, Option<String>)>, StoreError> {
        let sql = concat!(
            "SELECT s.name, d.service FROM slo o JOIN source s ON s.id = o.source_id
            JOIN slo_def d ON d.slo_id = o.id
            WHERE d.valid_from <= ?1 AND (d.valid_to IS NULL OR d.valid_to > ?1)
              AND (o.deleted_at IS NULL OR o.deleted_at > ?1) AND ",
            still_read!("?1"),
            " ORDER BY s.name, o.ext_id"
        );
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([at.as_millis()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One SLO with the definition that held at `at`; `None` when there was none.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn slo(&self, source: &str, ext_id: &str, at: Timestamp) -> Result<Option<SloRow>, StoreError> {
        let sql = concat!(
            slo_columns!(),
            "WHERE s.name = ?2 AND o.ext_id = ?3 AND d.valid_from <= ?1 AND (d.valid_to IS NULL OR d.valid_to > ?1)
               AND (o.deleted_at IS NULL OR o.deleted_at > ?1)"
        );
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(params![at.as_millis(), source, ext_id], slo_row).optional()?)
    }

    /// Every version of an SLO's definition, oldest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn slo_versions(&self, slo: i64) -> Result<Vec<SloRow>, StoreError> {
        let sql = concat!(slo_columns!(), "WHERE o.id = ?1 ORDER BY d.valid_from");
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_map([slo], slo_row)?.collect::<Result<_, _>>()?)
    }

    /// The SLOs of one source as they are defined now, for the connector to go on with.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn source_slos(&self, source: SourceId) -> Result<Vec<Slo>, StoreError> {
        let sql = concat!(
            slo_columns!(),
            "WHERE o.source_id = ?1 AND d.valid_to IS NULL AND o.deleted_at IS NULL ORDER BY o.ext_id"
        );
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_map([source.0], |row| slo_row(row).map(|r| r.slo))?.collect::<Result<_, _>>()?)
    }
}

/// In the order of [`slo_columns!`].
pub(super) fn slo_row(row: &Row<'_>) -> rusqlite::Result<SloRow> {
    let mut next = InOrder::of(row);
    let id = next.value()?;
    next.value::<Option<i64>>()?;
    let (source, service_name, ext_id) = (next.value()?, next.value()?, next.value()?);
    let (valid_from, valid_to) = (next.at()?, next.at_opt()?);
    let slo = Slo {
        ext_id,
        name: next.value()?,
        service: next.value()?,
        group: next.json()?,
        origin: next.word(SloOrigin::from_word)?,
        objective: next.value()?,
        window: next.json()?,
        method: next.word(BudgetMethod::from_word)?,
        good_expr: next.value()?,
        total_expr: next.value()?,
        description: next.value()?,
        labels: next.json()?,
    };
    Ok(SloRow { id, source, service_name, slo, valid_from, valid_to })
}

impl Writer<'_> {
    /// The row of an SLO; its hours may come before its definition.
    pub(super) fn slo_id(&self, source: SourceId, ext_id: &str) -> Result<i64, StoreError> {
        let place = (source, ext_id.to_owned());
        if let Some(id) = self.slos.borrow().get(&place) {
            return Ok(*id);
        }
        let sql = "SELECT id FROM slo WHERE source_id = ?1 AND ext_id = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let known: Option<i64> = statement.query_row(params![source.0, ext_id], |row| row.get("id")).optional()?;
        let id = match known {
            Some(id) => id,
            None => {
                let sql = "INSERT INTO slo (source_id, ext_id) VALUES (?1, ?2)";
                self.connection.prepare_cached(sql)?.execute(params![source.0, ext_id])?;
                self.connection.last_insert_rowid()
            }
        };
        self.slos.borrow_mut().insert(place, id);
        Ok(id)
    }

    pub(super) fn put_slo(&mut self, source: SourceId, slo: &Slo, now: Timestamp) -> Result<Stored, StoreError> {
        let id = self.slo_id(source, &slo.ext_id)?;
        let sql = concat!(slo_columns!(), "WHERE o.id = ?1 AND d.valid_to IS NULL");
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = |row: &Row<'_>| Ok((slo_row(row)?, row.at_opt("deleted_at")?));
        let Some((old, deleted)) = statement.query_row([id], row).optional()? else {
            // Nothing is known of the time before the first reading; this definition stands for it.
            self.save_definition(id, slo, Timestamp::EARLIEST)?;
            return Ok(Stored::Inserted);
        };
        if deleted.is_some() {
            self.connection.prepare_cached("UPDATE slo SET deleted_at = NULL WHERE id = ?1")?.execute([id])?;
        }
        if old.slo == *slo {
            return Ok(if deleted.is_some() { Stored::Updated } else { Stored::Unchanged });
        }
        if old.valid_from >= now {
            let sql = "DELETE FROM slo_def WHERE slo_id = ?1 AND valid_to IS NULL";
            self.connection.prepare_cached(sql)?.execute([id])?;
        } else {
            let sql = "UPDATE slo_def SET valid_to = ?2 WHERE slo_id = ?1 AND valid_to IS NULL";
            self.connection.prepare_cached(sql)?.execute([id, now.as_millis()])?;
        }
        self.save_definition(id, slo, old.valid_from.max(now))?;
        Ok(Stored::Updated)
    }

    fn save_definition(&self, id: i64, slo: &Slo, from: Timestamp) -> Result<(), StoreError> {
        let sql = "INSERT INTO slo_def (slo_id, valid_from, name, service, group_by, origin, objective, period, method,
              good_expr, total_expr, description, labels)
            VALUES (:id, :from, :name, :service, :group, :origin, :objective, :period, :method, :good, :total,
              :description, :labels)";
        self.connection.prepare_cached(sql)?.execute(named_params! {
            ":id": id,
            ":from": from.as_millis(),
            ":name": slo.name,
            ":service": slo.service,
            ":group": to_json("labels of an SLO", &slo.group)?,
            ":origin": slo.origin.word(),
            ":objective": slo.objective,
            ":period": to_json("window of an SLO", &slo.window)?,
            ":method": slo.method.word(),
            ":good": slo.good_expr,
            ":total": slo.total_expr,
            ":description": slo.description,
            ":labels": to_json("labels of an SLO", &slo.labels)?,
        })?;
        Ok(())
    }
}
