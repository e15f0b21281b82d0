//! Which column holds what.

use super::mapping::Mapping;
use super::{ImportError, ImportKind};

/// Something that a row may state.
#[derive(Debug)]
pub(super) struct Field {
    /// Its name, also in the mapping.
    pub(super) name: &'static str,
    /// Other headers that say the same.
    also: &'static [&'static str],
}

const fn field(name: &'static str, also: &'static [&'static str]) -> Field {
    Field { name, also }
}

const SHIFTS: &[Field] = &[
    field("schedule", &["schedule name", "rota", "rotation", "calendar", "team schedule"]),
    field("person_email", &["email", "e-mail", "user email", "user_email", "mail", "assignee email"]),
    field("person", &["name", "user", "user name", "username", "person name", "assignee", "on call", "oncall", "who"]),
    field(
        "start",
        &["start time", "starts at", "start_at", "begin", "from", "shift start", "shift_start", "start date"],
    ),
    field("end", &["end time", "ends at", "end_at", "until", "to", "shift end", "shift_end", "finish", "end date"]),
    field("tz", &["timezone", "time zone", "zone"]),
    field("role", &["shift role", "type"]),
    field("origin", &["source of shift"]),
    field("level", &["escalation level"]),
];

const INCIDENTS: &[Field] = &[
    field("id", &["incident id", "incident_id", "key", "issue key", "alert id", "reference"]),
    field("title", &["summary", "name", "description", "subject", "incident", "message"]),
    field("service", &["service name", "component", "application", "affected service"]),
    field("severity", &["priority", "sev", "impact level"]),
    field("status", &["state"]),
    field(
        "created",
        &[
            "created at",
            "created_at",
            "created on",
            "started at",
            "start",
            "opened",
            "opened at",
            "reported",
            "reported at",
            "declared at",
            "triggered at",
        ],
    ),
    field(
        "acked",
        &["acked at", "acknowledged", "acknowledged at", "acknowledged on", "first ack", "ack time", "acknowledged_at"],
    ),
    field("acked_after", &["time to ack", "time to acknowledge", "seconds to first ack"]),
    field("mitigated", &["mitigated at", "mitigated on"]),
    field("resolved", &["resolved at", "resolved on", "resolution time", "ended at", "end", "fixed at"]),
    field("resolved_after", &["time to resolve", "time to close", "seconds to resolve"]),
    field("closed", &["closed at", "closed on"]),
    field("updated", &["updated at", "updated on", "last updated"]),
    field("impact_start", &["impact started", "impact begin"]),
    field("impact_end", &["impact ended"]),
    field("number", &["incident number", "no", "nr"]),
    field("url", &["link", "permalink", "html url"]),
    field("responders", &["assignees", "assignee", "assigned to", "owner", "responder", "who"]),
    field("teams", &["team", "team name", "teams involved"]),
    field("kind", &["type"]),
    field("urgency", &[]),
    field("test", &["is test", "drill"]),
    field("tz", &["timezone", "time zone", "zone"]),
];

impl Field {
    /// The fields of a kind of file.
    pub(super) const fn of(kind: ImportKind) -> &'static [Self] {
        match kind {
            ImportKind::Shifts => SHIFTS,
            ImportKind::Incidents => INCIDENTS,
            ImportKind::Records => &[],
        }
    }
}

/// Where each field stands in a file.
#[derive(Debug)]
pub(super) struct Columns {
    headers: Vec<String>,
    places: Vec<(&'static str, usize)>,
}

impl Columns {
    /// Finds the columns: those that the mapping names, then those called like a field, then those called alike. A column
    /// serves one field.
    pub(super) fn find(kind: ImportKind, headers: Vec<String>, mapping: &Mapping) -> Result<Self, ImportError> {
        let plain: Vec<_> = headers.iter().map(|header| bare(header)).collect();
        let mut columns = Self { headers, places: Vec::new() };
        for field in Field::of(kind) {
            let Some(header) = mapping.columns.get(field.name) else { continue };
            match columns.headers.iter().position(|known| is_called(known, header)) {
                Some(place) => columns.places.push((field.name, place)),
                None if mapping.only_these => {}
                None => return Err(columns.missing(&format!("{} ({header:?})", field.name))),
            }
        }
        if mapping.only_these {
            return Ok(columns);
        }
        for alike in [false, true] {
            for field in Field::of(kind) {
                if columns.place(field.name).is_some() {
                    continue;
                }
                let fits = |known: &String| {
                    if alike { field.also.iter().any(|also| bare(also) == *known) } else { bare(field.name) == *known }
                };
                let free = |place: &usize| !columns.places.iter().any(|(_, taken)| taken == place);
                let found =
                    plain.iter().enumerate().filter(|(_, known)| fits(known)).map(|(place, _)| place).find(free);
                if let Some(place) = found {
                    columns.places.push((field.name, place));
                }
            }
        }
        Ok(columns)
    }

    /// Fails unless one of `fields` has a column.
    pub(super) fn need(&self, fields: &[&str]) -> Result<(), ImportError> {
        if fields.iter().any(|field| self.place(field).is_some()) {
            return Ok(());
        }
        Err(self.missing(&fields.join(" or ")))
    }

    /// The value of a field in a row; `None` when it is blank or has no column.
    pub(super) fn value<'r>(&self, row: &'r [String], field: &str) -> Option<&'r str> {
        row.get(self.place(field)?).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// What the file calls a field, for messages.
    pub(super) fn header(&self, field: &str) -> &str {
        self.place(field).and_then(|place| self.headers.get(place)).map_or("", String::as_str)
    }

    /// Number of columns.
    pub(super) const fn width(&self) -> usize {
        self.headers.len()
    }

    fn place(&self, field: &str) -> Option<usize> {
        self.places.iter().find(|(name, _)| *name == field).map(|(_, place)| *place)
    }

    fn missing(&self, field: &str) -> ImportError {
        let found = fairlead_domain::text::clean_line(&self.headers.join(", "));
        ImportError::MissingColumn { field: field.to_owned(), found }
    }
}

/// Whether a header is the one that a mapping names; a `*` at the end stands for anything, for headers that change.
pub(super) fn is_called(header: &str, name: &str) -> bool {
    match name.strip_suffix('*') {
        Some(beginning) => bare(header).starts_with(&bare(beginning)),
        None => bare(header) == bare(name),
    }
}

/// A header as it is compared: letters and digits in lower case.
fn bare(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
