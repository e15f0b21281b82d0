//! Incidents and shifts as CSV for spreadsheets. Every value is quoted, and none can become a formula.

use fairlead_domain::person::PersonRef;
use fairlead_domain::{Record, RecordKind, Timestamp};

use super::ExportedFile;
use super::folder::Folder;
use super::line::Lines;
use crate::EngineError;

const INCIDENTS: &[&str] = &[
    "source",
    "id",
    "number",
    "kind",
    "title",
    "service",
    "severity",
    "urgency",
    "status",
    "created",
    "acked",
    "ack_source",
    "mitigated",
    "resolved",
    "closed",
    "test",
    "responders",
    "teams",
    "url",
];
const SHIFTS: &[&str] =
    &["source", "schedule", "person_email", "person", "start", "end", "role", "origin", "level", "withheld"];

/// A table that is being written.
pub(super) struct Sheet {
    lines: Lines,
}

impl Sheet {
    /// The table of a kind; `None` where there is none.
    pub(super) fn of(kind: RecordKind, folder: &Folder) -> Result<Option<Self>, EngineError> {
        let (name, columns) = match kind {
            RecordKind::Incident => ("incidents.csv", INCIDENTS),
            RecordKind::Shift => ("shifts.csv", SHIFTS),
            _ => return Ok(None),
        };
        let mut lines = Lines::new(folder, name, name.trim_end_matches(".csv"))?;
        let header: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
        lines.text(&row(&header), true)?;
        Ok(Some(Self { lines }))
    }

    /// Writes a row.
    pub(super) fn write(&mut self, source: &str, record: &Record) -> Result<(), EngineError> {
        let values = match record {
            Record::Incident(i) => vec![
                source.to_owned(),
                i.ext_id.clone(),
                text(i.number.as_ref()),
                i.kind.to_string(),
                i.title.clone(),
                text(i.service.as_ref()),
                text(i.severity.as_ref()),
                text(i.urgency.as_ref()),
                i.status.to_string(),
                i.created_at.to_string(),
                time(i.acked_at),
                text(i.ack_source.as_ref()),
                time(i.mitigated_at),
                time(i.resolved_at),
                time(i.closed_at),
                i.is_test.to_string(),
                i.responders.iter().map(|part| who(Some(&part.person))).collect::<Vec<_>>().join("; "),
                i.teams.join("; "),
                text(i.url.as_ref()),
            ],
            Record::Shift(s) => vec![
                source.to_owned(),
                s.schedule.clone(),
                s.person.as_ref().and_then(|person| person.email.clone()).unwrap_or_default(),
                who(s.person.as_ref()),
                s.start.to_string(),
                s.end.to_string(),
                s.role.to_string(),
                s.origin.to_string(),
                text(s.level.as_ref()),
                s.withheld.to_string(),
            ],
            _ => return Ok(()),
        };
        self.lines.text(&row(&values), false)
    }

    /// Writes what is left to the disk.
    pub(super) fn finish(self) -> Result<ExportedFile, EngineError> {
        self.lines.finish()
    }
}

fn text<T: ToString>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

fn time(at: Option<Timestamp>) -> String {
    text(at.as_ref())
}

fn who(person: Option<&PersonRef>) -> String {
    let known = person.and_then(|person| person.name.clone().or_else(|| person.email.clone()));
    known.or_else(|| person.and_then(PersonRef::identity)).unwrap_or_default()
}

fn row(values: &[String]) -> String {
    let cells: Vec<String> = values.iter().map(|value| cell(value)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A quoted value. One that a spreadsheet could take for a formula, also after blanks and in full-width signs, is told by
/// a `'` in front to be text (OWASP, CSV Injection).
fn cell(value: &str) -> String {
    let formula = |c: char| matches!(c, '=' | '+' | '-' | '@' | '\0' | '＝' | '＋' | '－' | '＠');
    let begins = value.trim_start_matches(|c: char| c.is_whitespace() || c.is_control()).starts_with(formula);
    let control = value.starts_with(['\t', '\r', '\n', '\0']);
    let mark = if begins || control { "'" } else { "" };
    format!("\"{mark}{}\"", value.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[rstest::rstest]
    #[case("Checkout \"slow\", again", "\"Checkout \"\"slow\"\", again\"")]
    #[case("=1+1", "\"'=1+1\"")]
    #[case("+1", "\"'+1\"")]
    #[case("-2", "\"'-2\"")]
    #[case("@SUM(A1)", "\"'@SUM(A1)\"")]
    #[case("\t=1", "\"'\t=1\"")]
    #[case("\rx", "\"'\rx\"")]
    #[case("\nx", "\"'\nx\"")]
    #[case("  =1", "\"'  =1\"")]
    #[case("＝cmd", "\"'＝cmd\"")]
    #[case("＠x", "\"'＠x\"")]
    #[case("a=b", "\"a=b\"")]
    #[case("", "\"\"")]
    fn no_value_is_a_formula(#[case] value: &str, #[case] expected: &str) {
        assert_eq!(cell(value), expected);
    }
}
