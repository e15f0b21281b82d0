//! What a calendar source may be told.

use fairlead_domain::schedule::ShiftRole;
use fairlead_domain::secret::SecretRef;
use fairlead_domain::text::clean_line;
use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use serde_json::Value as Json;

use crate::http::settings as http;
use crate::setting::{Setting, Value};
use crate::{Build, ConfigIssue};

/// The keys of a calendar source.
pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        key: "url",
        value: Value::TextOrSecret,
        required: false,
        doc: "Address of the feed: http, https, webcal, file, or a path relative to the workspace. A feed's address often \
              grants access by itself: then write a reference to a secret.",
    },
    Setting {
        key: "file",
        value: Value::Text,
        required: false,
        doc: "Path of a calendar file, relative to the workspace. Takes the place of url.",
    },
    Setting {
        key: "use",
        value: Value::Word(&["oncall", "leave", "freeze", "holiday"]),
        required: false,
        doc: "What the calendar holds: shifts (oncall, the default), leave, change freezes, or public holidays.",
    },
    Setting {
        key: "person",
        value: Value::Text,
        required: false,
        doc: "Regular expression for the summary with a group named person, and if wanted one named role: \
              '^(?P<role>\\w+): (?P<person>.+)$'. Without it the attendees count, then the forms of known producers, then \
              the summary itself.",
    },
    Setting {
        key: "role",
        value: Value::Word(&["primary", "secondary", "shadow", "manager", "info", "unknown"]),
        required: false,
        doc: "Role of shifts that state none themselves.",
    },
    Setting {
        key: "schedule",
        value: Value::Text,
        required: false,
        doc: "Name of the schedule instead of the calendar's.",
    },
    http::AUTH,
    http::TOKEN,
    http::TOKEN_EXPIRES,
    http::TLS,
    http::PROXY,
    http::TIMEOUT,
    http::INTERVAL,
];

/// What a calendar is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Oncall,
    Leave,
    Freeze,
    Holiday,
}

impl Use {
    /// What the settings of a source say that its calendar holds.
    pub(super) fn of(settings: &Json) -> Result<Self, ConfigIssue> {
        match settings.get("use").and_then(Json::as_str) {
            None | Some("oncall") => Ok(Self::Oncall),
            Some("leave") => Ok(Self::Leave),
            Some("freeze") => Ok(Self::Freeze),
            Some("holiday") => Ok(Self::Holiday),
            Some(other) => {
                Err(issue("use", format!("{other:?} is no use of a calendar"), "oncall, leave, freeze or holiday"))
            }
        }
    }
}

/// Where a feed is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// A path or an address.
    Text(String),
    /// An address that is a secret.
    Secret(SecretRef),
}

/// The settings of one source.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// The source's name.
    pub(super) source: String,
    pub(super) place: Place,
    pub(super) kind: Use,
    pub(super) person: Option<Regex>,
    pub(super) role: Option<ShiftRole>,
    pub(super) schedule: Option<String>,
    /// The workspace's zone.
    pub(super) home: chrono_tz::Tz,
}

impl Settings {
    /// Reads checked settings.
    pub(super) fn read(settings: &Json, build: &Build<'_>) -> Result<Self, ConfigIssue> {
        let text = |key: &str| settings.get(key).and_then(Json::as_str);
        let schedule = text("schedule").map(clean_line).filter(|name| !name.is_empty());
        Ok(Self {
            source: build.source.to_owned(),
            place: place(settings)?,
            kind: Use::of(settings)?,
            person: text("person").map(person).transpose()?,
            role: text("role").and_then(ShiftRole::from_word),
            schedule,
            home: build.timezone,
        })
    }
}

fn place(settings: &Json) -> Result<Place, ConfigIssue> {
    let hint = "write url = \"https://…\", url = { env = \"…\" } or file = \"rota.ics\"";
    match (settings.get("url"), settings.get("file").and_then(Json::as_str)) {
        (Some(_), Some(_)) => Err(issue("file", "url and file cannot both be given".to_owned(), hint)),
        (None, Some(path)) if !path.trim().is_empty() => Ok(Place::Text(path.to_owned())),
        (Some(Json::String(text)), None) if !text.trim().is_empty() => Ok(Place::Text(text.trim().to_owned())),
        (Some(reference @ Json::Object(_)), None) => SecretRef::deserialize(reference)
            .map(Place::Secret)
            .map_err(|_| issue("url", "this is no reference to a secret".to_owned(), hint)),
        _ => Err(issue("url", "a calendar needs an address or a file".to_owned(), hint)),
    }
}

fn person(text: &str) -> Result<Regex, ConfigIssue> {
    let hint = "for example '^On call: (?P<person>.+)$'";
    let own = RegexBuilder::new(text).size_limit(1 << 20).build().map_err(|error| {
        issue("person", format!("this is no regular expression: {}", clean_line(&error.to_string())), hint)
    })?;
    match own.capture_names().flatten().any(|name| name == "person") {
        true => Ok(own),
        false => Err(issue("person", "the regular expression has no group named person".to_owned(), hint)),
    }
}

fn issue(key: &str, message: String, hint: &str) -> ConfigIssue {
    ConfigIssue { path: vec![key.to_owned()], message, hint: Some(hint.to_owned()) }
}
