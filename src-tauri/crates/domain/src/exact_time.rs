//! Instants of records, written without loss: RFC 3339 in UTC, with milliseconds where there are any. Views give whole
//! seconds; records are read back and must be what they were.

use chrono::SecondsFormat;
use serde::{Deserialize, Deserializer, Serializer};

use crate::time::{SECOND_MS, Timestamp};

fn text(at: Timestamp) -> String {
    let whole = at.as_millis().rem_euclid(SECOND_MS) == 0;
    let format = if whole { SecondsFormat::Secs } else { SecondsFormat::Millis };
    at.to_utc().to_rfc3339_opts(format, true)
}

/// For fields of type [`Timestamp`]: `#[serde(with = "crate::time::exact")]`.
pub mod exact {
    use super::{Deserialize, Deserializer, Serializer, Timestamp, text};

    /// Writes the instant.
    ///
    /// # Errors
    /// What the serializer says.
    pub fn serialize<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&text(*at))
    }

    /// Reads RFC 3339 with any offset.
    ///
    /// # Errors
    /// When it is no instant.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        Timestamp::deserialize(deserializer)
    }
}

/// For fields of type `Option<Timestamp>`; to be used with `default`, so that the field may be left out.
pub mod exact_opt {
    use super::{Deserialize, Deserializer, Serializer, Timestamp, text};

    /// Writes the instant, or null.
    ///
    /// # Errors
    /// What the serializer says.
    pub fn serialize<S: Serializer>(at: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
        match at {
            Some(at) => serializer.serialize_str(&text(*at)),
            None => serializer.serialize_none(),
        }
    }

    /// Reads RFC 3339 with any offset, or null.
    ///
    /// # Errors
    /// When it is no instant.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
        Option::deserialize(deserializer)
    }
}
