//! Table `meta`: facts about the database itself.

use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use crate::error::StoreError;

pub(super) const TABLE: &str = "
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
";

/// The workspace's id, made on first use.
pub(super) fn workspace_or_new(c: &Connection) -> Result<Uuid, StoreError> {
    // Another process may have made it meanwhile.
    if let Some(id) = workspace(c)? {
        return Ok(id);
    }
    let id = Uuid::new_v4();
    c.prepare_cached("INSERT INTO meta (key, value) VALUES ('workspace_id', ?1)")?.execute([id.to_string()])?;
    Ok(id)
}

/// The workspace's id; `None` in a database that was only just made.
pub(super) fn workspace(c: &Connection) -> Result<Option<Uuid>, StoreError> {
    let sql = "SELECT value FROM meta WHERE key = 'workspace_id'";
    let text: Option<String> = c.prepare_cached(sql)?.query_row([], |row| row.get("value")).optional()?;
    let id = text.map(|text| Uuid::parse_str(&text)).transpose();
    id.map_err(|_| StoreError::Value { table: "meta", column: "value" })
}
