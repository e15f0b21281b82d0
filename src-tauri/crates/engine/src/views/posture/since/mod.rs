//! What changed since the lead last looked: one file for each line.

mod budgets;
mod deploys;
mod incidents;
mod pages;
mod rota;
mod rows;
mod unread;

use chrono::{Datelike, Days, NaiveTime, Weekday};
use chrono_tz::Tz;
use fairlead_domain::{Timestamp, Window};
use fairlead_store::StoreError;
use fairlead_store::synced::Reader;

use super::answer::ChangeLine;
use super::compose::Judged;
use super::facts::Facts;
use super::gather::Settings;
use crate::EngineError;
use crate::views::freshness::Freshness;
use crate::views::pages::Notified;
use crate::workspace::Workspace;

/// Hour at which a working day ends, where none is configured.
const DAY_ENDS: u32 = 18;
/// Most things that a line names; the rest is counted.
const NAMED: usize = 3;

/// When the lead last looked: the last "seen", else the end of the last working day, so that Monday covers the
/// weekend.
pub(super) async fn last_look(workspace: &Workspace, as_of: Timestamp) -> Result<Timestamp, EngineError> {
    let seen = workspace.authored.read(move |reader| reader.seen(super::PLACE, as_of)).await?;
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

/// What was known at an instant, and what the kinds found in it.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    pub facts: &'a Facts,
    pub judged: &'a Judged,
}

/// The last look and this one, and the notifications of the time between them.
#[derive(Clone, Copy)]
pub(super) struct Looks<'a> {
    pub then: Seen<'a>,
    pub now: Seen<'a>,
    pub notified: &'a Notified,
}

/// One line for each thing that changed between the last look and now. What the kinds would have found at the last look
/// is found again, from what is known now of that instant: no list of rows is kept, and what was mended or corrected
/// since is no news.
pub(super) fn lines(
    reader: &Reader<'_>,
    settings: Settings<'_>,
    freshness: &Freshness,
    looks: &Looks<'_>,
) -> Result<Vec<ChangeLine>, StoreError> {
    let Looks { then, now, notified } = *looks;
    let facts = now.facts;
    let window = Window::new(facts.last_seen, facts.now);
    let mut lines = Vec::new();
    if facts.incidents.is_some() {
        lines.extend(incidents::lines(reader, settings, window)?);
    }
    lines.extend(pages::line(settings, freshness, notified, window));
    lines.extend(budgets::line(then.facts, facts));
    lines.extend(deploys::line(reader, settings, freshness, window)?);
    lines.extend(rota::line(facts));
    lines.extend(rows::lines(then.judged, now.judged));
    lines.extend(unread::lines(reader, freshness, facts, window)?);
    Ok(lines)
}

/// The first few of some names, and how many more there are.
fn few(names: &[String]) -> String {
    let named = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
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
    fn a_line_names_three_and_counts_the_rest() {
        let names: Vec<String> = ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec();
        assert_eq!((few(&names[..2]).as_str(), few(&names).as_str()), ("a, b", "a, b, c and 2 more"));
    }
}
