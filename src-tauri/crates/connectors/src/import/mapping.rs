//! The mapping file: how a foreign file's columns, times and words are to be read.

use std::collections::BTreeMap;

use fairlead_domain::incident::IncidentStatus;
use fairlead_domain::source::is_source_name;
use serde::Deserialize;

use super::column::Field;
use super::{ImportError, ImportKind};
use crate::ical::zone_by_name;
use crate::severity::SeverityMap;

/// How to read a file. All keys may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// Name of the source that the records belong to, in place of the importer's choice.
    pub source: Option<String>,
    /// Field to the header of its column, for headers that are not known by themselves.
    pub columns: BTreeMap<String, String>,
    /// IANA or Windows zone of times that name none, unless the row has its own.
    pub timezone: Option<String>,
    /// Further forms of dates, as strftime patterns, tried in order before the usual ones.
    pub date_formats: Vec<String>,
    /// The file's word to a severity from 1 (worst) to 5, or `"ignore"` to leave such rows out.
    pub severity: BTreeMap<String, SeverityRule>,
    /// The file's word to one of the statuses open, acked, mitigated, resolved, closed, cancelled, merged.
    pub status: BTreeMap<String, String>,
    /// What stands between values; found out from the header by default.
    pub delimiter: Option<char>,
    /// Field to what it says in every row that does not say it.
    pub values: BTreeMap<String, String>,
    /// Words that say nothing, for example `null`.
    pub blank: Vec<String>,
    /// Look for no other columns than those of `columns`, and pass over those that the file does not have.
    pub only_these: bool,
}

/// What a word for a severity means.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum SeverityRule {
    /// 1 (worst) to 5.
    Level(u8),
    /// The word `ignore`: the row is left out.
    Word(String),
}

/// A mapping that was found to be sound.
#[derive(Debug)]
pub(super) struct Rules {
    /// Zone of times that name none.
    pub(super) zone: chrono_tz::Tz,
    pub(super) date_formats: Vec<String>,
    pub(super) severity: SeverityMap,
    /// By lower-cased word.
    pub(super) status: BTreeMap<String, IncidentStatus>,
    /// By field.
    pub(super) values: BTreeMap<String, String>,
    /// Lower-cased.
    pub(super) blank: Vec<String>,
}

impl Mapping {
    /// This mapping where it says something, and `base` where it does not.
    #[must_use]
    pub fn over(self, base: Self) -> Self {
        let merged = |mut base: BTreeMap<String, String>, own: BTreeMap<String, String>| {
            base.extend(own);
            base
        };
        let mut severity = base.severity;
        severity.extend(self.severity);
        Self {
            source: self.source.or(base.source),
            columns: merged(base.columns, self.columns),
            timezone: self.timezone.or(base.timezone),
            date_formats: if self.date_formats.is_empty() { base.date_formats } else { self.date_formats },
            severity,
            status: merged(base.status, self.status),
            delimiter: self.delimiter.or(base.delimiter),
            values: merged(base.values, self.values),
            blank: base.blank.into_iter().chain(self.blank).collect(),
            only_these: self.only_these || base.only_these,
        }
    }

    /// Checks every key.
    pub(super) fn check(&self, kind: ImportKind, home: chrono_tz::Tz) -> Result<Rules, ImportError> {
        for (key, names) in [("columns", &self.columns), ("values", &self.values)] {
            if let Some(name) = names.keys().find(|name| !Field::of(kind).iter().any(|field| field.name == *name)) {
                let known: Vec<_> = Field::of(kind).iter().map(|field| field.name).collect();
                return Err(fault(key, format!("{name:?} is no field; the fields are {}", known.join(", "))));
            }
        }
        if let Some(source) = self.source.as_ref().filter(|name| !is_source_name(name)) {
            return Err(fault(
                "source",
                format!("{source:?} cannot name a source; use letters, digits, '_', '-' and '.'"),
            ));
        }
        if self.delimiter.is_some_and(|c| !c.is_ascii() || matches!(c, '"' | '\r' | '\n')) {
            return Err(fault("delimiter", "one ASCII character is due, for example \";\"".to_owned()));
        }
        let zone = match &self.timezone {
            None => home,
            Some(name) => zone_by_name(name).ok_or_else(|| {
                fault("timezone", format!("{name:?} is no zone; write for example \"Europe/Berlin\""))
            })?,
        };
        Ok(Rules {
            zone,
            date_formats: self.date_formats()?,
            severity: self.severity()?,
            status: self.status()?,
            values: self.values.clone(),
            blank: self.blank.iter().map(|word| key(word)).collect(),
        })
    }

    fn date_formats(&self) -> Result<Vec<String>, ImportError> {
        for format in &self.date_formats {
            if chrono::format::StrftimeItems::new(format).any(|item| item == chrono::format::Item::Error) {
                return Err(fault(
                    "date_formats",
                    format!("{format:?} is no pattern; write for example \"%d.%m.%Y %H:%M\""),
                ));
            }
        }
        Ok(self.date_formats.clone())
    }

    fn severity(&self) -> Result<SeverityMap, ImportError> {
        let mut map = SeverityMap::default();
        for (word, rule) in &self.severity {
            match rule {
                SeverityRule::Level(level @ 1..=5) => map.say(word, Some(*level)),
                SeverityRule::Word(rule) if rule == "ignore" => map.say(word, None),
                _ => return Err(fault("severity", format!("{word:?} must be a number from 1 to 5, or \"ignore\""))),
            }
        }
        Ok(map)
    }

    fn status(&self) -> Result<BTreeMap<String, IncidentStatus>, ImportError> {
        let read = |(word, status): (&String, &String)| {
            let known: Vec<_> = IncidentStatus::ALL.iter().map(|status| status.word()).collect();
            IncidentStatus::from_word(status)
                .map(|status| (key(word), status))
                .ok_or_else(|| fault("status", format!("{word:?} must be one of {}", known.join(", "))))
        };
        self.status.iter().map(read).collect()
    }
}

/// A word as it is compared.
pub(super) fn key(word: &str) -> String {
    word.trim().to_lowercase()
}

fn fault(key: &str, message: String) -> ImportError {
    ImportError::Mapping { key: key.to_owned(), message }
}
