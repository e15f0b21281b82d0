//! Between columns and domain values.

use fairlead_domain::Timestamp;
use rusqlite::Row;
use rusqlite::types::FromSql;

use crate::error::StoreError;

/// An instant as it is stored: UTC milliseconds.
pub(crate) fn millis(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::as_millis)
}

/// Reads of a row's columns by name.
pub(crate) trait Columns {
    /// An instant.
    fn at(&self, column: &str) -> rusqlite::Result<Timestamp>;
    /// An instant that may be unknown.
    fn at_opt(&self, column: &str) -> rusqlite::Result<Option<Timestamp>>;
    /// One of a closed vocabulary.
    fn word<T>(&self, column: &str, from: fn(&str) -> Option<T>) -> rusqlite::Result<T>;
    /// A structure kept as JSON text.
    fn json<T: serde::de::DeserializeOwned>(&self, column: &str) -> rusqlite::Result<T>;
}

impl Columns for Row<'_> {
    fn at(&self, column: &str) -> rusqlite::Result<Timestamp> {
        self.get(column).map(Timestamp::from_millis)
    }

    fn at_opt(&self, column: &str) -> rusqlite::Result<Option<Timestamp>> {
        self.get::<_, Option<i64>>(column).map(|at| at.map(Timestamp::from_millis))
    }

    fn word<T>(&self, column: &str, from: fn(&str) -> Option<T>) -> rusqlite::Result<T> {
        let index = self.as_ref().column_index(column)?;
        let word = self.get_ref(index)?.as_str()?;
        from(word).ok_or_else(|| not_understood(index, "a word that this program does not know"))
    }

    fn json<T: serde::de::DeserializeOwned>(&self, column: &str) -> rusqlite::Result<T> {
        let index = self.as_ref().column_index(column)?;
        let text = self.get_ref(index)?.as_str()?;
        serde_json::from_str(text).map_err(|_| not_understood(index, "JSON of another shape"))
    }
}

/// Reads of a row's columns one after the other. A name is looked for among all names of the row, which costs more than the
/// value where a page reads thousands of rows.
pub(crate) struct InOrder<'r, 's> {
    row: &'r Row<'s>,
    next: usize,
}

impl<'r, 's> InOrder<'r, 's> {
    /// From the first column on.
    pub(crate) const fn of(row: &'r Row<'s>) -> Self {
        Self { row, next: 0 }
    }

    /// The next value.
    pub(crate) fn value<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        let index = self.next;
        self.next += 1;
        self.row.get(index)
    }

    /// The next instant.
    pub(crate) fn at(&mut self) -> rusqlite::Result<Timestamp> {
        self.value().map(Timestamp::from_millis)
    }

    /// The next instant, which may be unknown.
    pub(crate) fn at_opt(&mut self) -> rusqlite::Result<Option<Timestamp>> {
        self.value::<Option<i64>>().map(|at| at.map(Timestamp::from_millis))
    }

    /// The next value, a structure kept as JSON text.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&mut self) -> rusqlite::Result<T> {
        let index = self.next;
        self.next += 1;
        let text = self.row.get_ref(index)?.as_str()?;
        serde_json::from_str(text).map_err(|_| not_understood(index, "JSON of another shape"))
    }

    /// The next value, one of a closed vocabulary.
    pub(crate) fn word<T>(&mut self, from: fn(&str) -> Option<T>) -> rusqlite::Result<T> {
        let index = self.next;
        self.next += 1;
        let word = self.row.get_ref(index)?.as_str()?;
        from(word).ok_or_else(|| not_understood(index, "a word that this program does not know"))
    }
}

fn not_understood(index: usize, what: &str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(index, rusqlite::types::Type::Text, what.into())
}

/// JSON text of a structure.
pub(crate) fn to_json<T: serde::Serialize + ?Sized>(what: &'static str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::Encode { what, reason: e.to_string() })
}

/// The first 16 bytes of the BLAKE3 digest of a structure's JSON.
pub(crate) fn digest<T: serde::Serialize + ?Sized>(what: &'static str, value: &T) -> Result<[u8; 16], StoreError> {
    let text = serde_json::to_vec(value).map_err(|e| StoreError::Encode { what, reason: e.to_string() })?;
    Ok(digest_bytes(&text))
}

/// The first 16 bytes of the BLAKE3 digest.
pub(crate) fn digest_bytes(bytes: &[u8]) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
    short
}
