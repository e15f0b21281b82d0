//! The one way in which facts are stored: a row is written only when its content differs.

use rusqlite::{Connection, OptionalExtension, Params};

use crate::error::StoreError;

/// What storing one record did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stored {
    /// It was not there.
    Inserted,
    /// It was there with other content, or had vanished.
    Updated,
    /// It was there like this; nothing was written.
    Unchanged,
}

impl Stored {
    /// What storing a record did whose parts are stored apart.
    pub(super) fn and(self, part: Self) -> Self {
        match (self, part) {
            (Self::Unchanged, Self::Inserted | Self::Updated) => Self::Updated,
            (own, _) => own,
        }
    }
}

/// `INSERT … ON CONFLICT DO UPDATE … WHERE (old) IS NOT (new)` for a table with `id`, `rev` and `deleted_at`. Values are
/// bound in the order of the columns, the keys first.
macro_rules! upsert_sql {
    ($table:literal, keys: $key:ident $(, $keys:ident)*; columns: $column:ident $(, $columns:ident)* $(,)?) => {
        concat!(
            "INSERT INTO ", $table, " (", stringify!($key), $(", ", stringify!($keys),)*
            ", ", stringify!($column), $(", ", stringify!($columns),)* ") VALUES (?",
            $(upsert_sql!(@mark $keys),)* ", ?", $(upsert_sql!(@mark $columns),)* ")",
            " ON CONFLICT (", stringify!($key), $(", ", stringify!($keys),)* ") DO UPDATE SET rev = rev + 1, deleted_at = NULL",
            ", ", stringify!($column), " = excluded.", stringify!($column),
            $(", ", stringify!($columns), " = excluded.", stringify!($columns),)*
            " WHERE (deleted_at, ", stringify!($column), $(", ", stringify!($columns),)*
            ") IS NOT (NULL, excluded.", stringify!($column), $(", excluded.", stringify!($columns),)*
            ") RETURNING id, rev"
        )
    };
    (@mark $any:ident) => { ", ?" };
}
pub(super) use upsert_sql;

/// Runs a statement made by [`upsert_sql!`]. The row's id is known only when something was written.
pub(super) fn upsert(c: &Connection, sql: &str, values: impl Params) -> Result<(Stored, Option<i64>), StoreError> {
    let mut statement = c.prepare_cached(sql)?;
    let written =
        statement.query_row(values, |row| Ok((row.get::<_, i64>("id")?, row.get::<_, i64>("rev")?))).optional()?;
    Ok(match written {
        None => (Stored::Unchanged, None),
        Some((id, 0)) => (Stored::Inserted, Some(id)),
        Some((id, _)) => (Stored::Updated, Some(id)),
    })
}
