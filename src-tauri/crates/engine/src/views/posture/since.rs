//! What changed since the lead last looked.

use chrono::{Datelike, Days, NaiveTime, Weekday};
use chrono_tz::Tz;
use fairlead_domain::{Timestamp, Window};
use fairlead_store::StoreError;
use fairlead_store::synced::{IncidentFilter, IncidentRow, Reader};

use super::answer::ChangeLine;
use super::facts::Facts;
use crate::EngineError;
use crate::config::Config;
use crate::views::hidden::hidden_by;
use crate::views::wording::clock_in;
use crate::workspace::Workspace;

/// Hour at which a working day ends, where none is configured.
const DAY_ENDS: u32 = 18;
/// Most new incidents that are looked at.
const MOST: u32 = 10_000;

/// When the lead last looked: the last "seen", else the end of the last working day, so that Monday covers the
/// weekend.
pub(super) async fn last_look(workspace: &Workspace, as_of: Timestamp) -> Result<Timestamp, EngineError> {
    let seen = workspace.authored.read(move |reader| reader.seen("posture", as_of)).await?;
    Ok(seen.unwrap_or_else(|| last_day_end(as_of, workspace.config.workspace.timezone)))
}

/// The end of the last working day before `as_of`, by the wall clock of `zone`.
fn last_day_end(as_of: Timestamp, zone: Tz) -> Timestamp {
    let today = as_of.to_utc().with_timezone(&zone).date_naive();
    for back in 0..7 {
        let Some(day) = today.checked_sub_days(Days::new(back)) else { break };
        let working = !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let wall = NaiveTime::from_hms_opt(DAY_ENDS, 0, 0).map(|time| day.and_time(time));
        let end = wall.and_then(|wall| wall.and_local_timezone(zone).earliest()).map(|at| at.to_utc().into());
        if let Some(end) = end.filter(|end: &Timestamp| working && *end < as_of) {
            return end;
        }
    }
    as_of.plus_days(-1)
}

/// One line for each thing that changed between the last look and now.
pub(super) fn lines(reader: &Reader<'_>, config: &Config, facts: &Facts) -> Result<Vec<ChangeLine>, StoreError> {
    let mut lines = Vec::new();
    if facts.incidents.is_some() {
        lines.extend(incidents(reader, config, facts)?);
    }
    for source in facts.sources.iter().filter(|source| source.stale) {
        let since = source.last_ok_at.map_or_else(|| "never read".to_owned(), |at| clock_in(at, facts.timezone));
        lines.push(ChangeLine {
            kind: "not_read".to_owned(),
            text: format!("{} could not be read since {since}", source.name),
            link: Some(format!("/sources?open={}", source.name)),
        });
    }
    Ok(lines)
}

/// Incidents opened and resolved, by severity.
fn incidents(reader: &Reader<'_>, config: &Config, facts: &Facts) -> Result<Vec<ChangeLine>, StoreError> {
    let opened = IncidentFilter { since: Some(facts.last_seen), limit: MOST, ..IncidentFilter::at(facts.now) };
    let opened = reader.incidents(&opened)?.incidents;
    let resolved = reader.resolved_incidents(Window::new(facts.last_seen, facts.now))?;
    let severities = |rows: &[IncidentRow]| -> Vec<Option<u8>> {
        rows.iter().filter(|row| hidden_by(config, row).is_none()).map(|row| row.severity).collect()
    };
    let (opened, resolved) = (severities(&opened), severities(&resolved));
    let line = |kind: &str, verb: &str, severities: &[Option<u8>]| {
        (!severities.is_empty()).then(|| ChangeLine {
            kind: kind.to_owned(),
            text: format!("{verb}: {}", by_severity(severities)),
            link: Some("/incidents".to_owned()),
        })
    };
    let found = [line("incidents_opened", "Opened", &opened), line("incidents_resolved", "Resolved", &resolved)];
    Ok(found.into_iter().flatten().collect())
}

/// `1 SEV2, 3 SEV3, 1 without severity`.
fn by_severity(severities: &[Option<u8>]) -> String {
    let count = |severity: Option<u8>| severities.iter().filter(|s| **s == severity).count();
    let known = (1..=5).map(|n| (count(Some(n)), format!("SEV{n}")));
    let all = known.chain([(count(None), "without severity".to_owned())]);
    let parts: Vec<String> = all.filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("2026-11-16T07:00:00Z", "2026-11-13T18:00:00Z")]
    #[case("2026-11-18T07:00:00Z", "2026-11-17T18:00:00Z")]
    #[case("2026-11-18T19:00:00Z", "2026-11-18T18:00:00Z")]
    fn monday_covers_the_weekend(#[case] now: &str, #[case] expected: &str) {
        let at = |text: &str| Timestamp::parse_rfc3339(text).unwrap();
        assert_eq!(last_day_end(at(now), chrono_tz::Europe::Lisbon), at(expected));
    }

    #[test]
    fn severities_are_counted_and_the_unmapped_said() {
        assert_eq!(by_severity(&[Some(3), None, Some(3), Some(1)]), "1 SEV1, 2 SEV3, 1 without severity");
    }
}
