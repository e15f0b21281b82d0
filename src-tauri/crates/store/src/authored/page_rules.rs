//! Table `page_rules`: what counted as a page, since when. The configuration says what counts now; what it said before
//! would be gone with the edit, and figures of the past could not name the rules that they were told under.

use fairlead_domain::Timestamp;
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::revision::{By, Entry};
use super::{Reader, Writer};
use crate::error::StoreError;

const NAME: &str = "page_rules";
/// There is one set of rules.
const KEY: &str = "page";

pub(super) const TABLE: &str = "
CREATE TABLE page_rules (
  id      TEXT PRIMARY KEY,
  version TEXT NOT NULL,
  text    TEXT NOT NULL,
  rev     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

#[derive(Debug, Serialize, Deserialize)]
struct Content {
    version: String,
    text: String,
}

/// Rules that were in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRulesRow {
    /// What tells them from others.
    pub version: String,
    /// What they said.
    pub text: String,
    /// Since when, until the next ones.
    pub since: Timestamp,
}

impl Reader<'_> {
    /// Every set of rules that was noticed, oldest first.
    ///
    /// # Errors
    /// Returns why the database could not be read.
    pub fn page_rules(&self) -> Result<Vec<PageRulesRow>, StoreError> {
        let rows = self.revisions(NAME, KEY)?.into_iter().filter_map(|row| {
            let Content { version, text } = serde_json::from_value(row.content).ok()?;
            Some(PageRulesRow { version, text, since: row.at })
        });
        Ok(rows.collect())
    }
}

impl Writer<'_> {
    /// Notes the rules in force; the same as before writes nothing.
    ///
    /// # Errors
    /// Returns why the database could not be written.
    pub fn note_page_rules(&mut self, version: &str, text: &str, by: &By) -> Result<i64, StoreError> {
        let content = Content { version: version.to_owned(), text: text.to_owned() };
        let entry = Entry { table: NAME, key: KEY, verb: "page_rules.set", expected: None };
        self.record(entry, Some(&content), by, |c, rev| {
            c.prepare_cached(
                "INSERT INTO page_rules (id, version, text, rev) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (id) DO UPDATE SET version = excluded.version, text = excluded.text, rev = excluded.rev",
            )?
            .execute(params![KEY, version, text, rev])
        })
    }
}
