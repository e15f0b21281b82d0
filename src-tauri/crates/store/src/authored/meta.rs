//! Table `meta`: facts about the database itself.

pub(super) const TABLE: &str = "
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
";
