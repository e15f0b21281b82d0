//! Table `incident_search`: the full-text index of incidents' titles and numbers. It holds no copy of the text.

use rusqlite::params;

use super::{SourceId, Writer};
use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE VIRTUAL TABLE incident_search USING fts5 (
  title, number, content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
";

/// What a person typed as a query that finds rows with all the words, the last one as a beginning. Every word is quoted,
/// so that nothing typed is an operator. `None`: there is no word in it.
pub(super) fn match_text(typed: &str) -> Option<String> {
    let words: Vec<String> = typed
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(|word| format!("\"{}\"", word.replace('"', "\"\"").replace('\0', "")))
        .collect();
    if words.is_empty() { None } else { Some(format!("{}*", words.join(" AND "))) }
}

impl Writer<'_> {
    /// Notes the words of an incident for [`Self::index_words`].
    pub(super) fn index_incident(&mut self, id: i64, title: &str, number: Option<&str>) {
        self.words.insert(id, (title.to_owned(), number.map(str::to_owned)));
    }

    pub(super) fn unindex_incident(&mut self, id: i64) -> Result<(), StoreError> {
        self.words.remove(&id);
        self.connection.prepare_cached("DELETE FROM incident_search WHERE rowid = ?1")?.execute([id])?;
        Ok(())
    }

    /// Writes the words noted, in the order of their rows: the index writes out a segment whenever a row comes before
    /// the last one, and many upstreams list the newest first.
    pub(super) fn index_words(&mut self) -> Result<(), StoreError> {
        let sql = "INSERT INTO incident_search (rowid, title, number) VALUES (?1, ?2, ?3)";
        for (id, (title, number)) in std::mem::take(&mut self.words) {
            self.connection.prepare_cached(sql)?.execute(params![id, title, number])?;
        }
        Ok(())
    }

    /// Removes a source's words. The index is rewritten, because it keeps deleted words until then.
    pub(super) fn forget_search(&self, source: SourceId) -> Result<(), StoreError> {
        let sql = "DELETE FROM incident_search WHERE rowid IN (SELECT id FROM incident WHERE source_id = ?1)";
        if self.connection.prepare_cached(sql)?.execute([source.0])? > 0 {
            self.connection
                .prepare_cached("INSERT INTO incident_search (incident_search) VALUES ('optimize')")?
                .execute([])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_never_an_operator() {
        assert_eq!(match_text("  pay OR \"x\"  NEAR(").as_deref(), Some(r#""pay" AND "OR" AND """x""" AND "NEAR("*"#));
        assert_eq!(match_text(" - \" * "), None);
    }
}
