//! Posture: what needs the lead, and why.

mod answer;
mod budgets;
mod compose;
#[cfg(test)]
mod demo_tests;
mod facts;
mod gather;
mod kinds;
mod left_out;
mod open;
#[cfg(test)]
mod record_tests;
mod signal;
mod since;

use fairlead_domain::Timestamp;
use fairlead_domain::run::RunState;
use fairlead_metrics::posture::{Class, Entry, Moment, Snooze, SnoozeUntil};
use fairlead_store::authored::SnoozeRow;

pub use answer::{
    Action, Attention, AttentionClass, ChangeLine, NotWatched, Posture, SinceLast, SloCounts, Snoozed, SourceFreshness,
    Why,
};

pub use budgets::BudgetAtRisk;
pub use open::OpenIncident;
pub use signal::Signal;

pub(in crate::views) use self::gather::{
    SHARE_DAYS, hides_at_once, hides_now, kinds_resting_on, resting_on, rota_shares,
};

use self::compose::{Rest, compose, judge};
use self::gather::{Both, Settings};
use self::left_out::left_out;
use self::since::{Looks, Seen};
use super::freshness::Freshness;
use crate::EngineError;
use crate::mapping::Mapping;
use crate::workspace::Workspace;

/// The place under which it is noted when the lead looked.
pub(crate) const PLACE: &str = "posture";

/// Which changes are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// Since the lead last looked; without that, since the end of the last working day.
    LastSeen,
    /// Since this instant.
    At(Timestamp),
}

/// What needs the lead as of an instant.
///
/// # Errors
/// What the database says.
pub async fn posture(workspace: &Workspace, as_of: Timestamp, since: Since) -> Result<Posture, EngineError> {
    posture_of(workspace, as_of, since, None).await
}

/// What needs the lead of one team, with what no team owns; without a team, of all.
///
/// # Errors
/// What the database says.
pub async fn posture_of(
    workspace: &Workspace,
    as_of: Timestamp,
    since: Since,
    team: Option<&str>,
) -> Result<Posture, EngineError> {
    Ok(look(workspace, as_of, since, team).await?.0)
}

/// The lines that are awake at an instant, as they are arranged.
///
/// # Errors
/// What the database says.
pub(crate) async fn awake(workspace: &Workspace, as_of: Timestamp) -> Result<Vec<Entry>, EngineError> {
    Ok(look(workspace, as_of, Since::LastSeen, None).await?.1)
}

async fn look(
    workspace: &Workspace,
    as_of: Timestamp,
    since: Since,
    team: Option<&str>,
) -> Result<(Posture, Vec<Entry>), EngineError> {
    let last_seen = match since {
        Since::At(at) => at,
        Since::LastSeen => since::last_look(workspace, as_of).await?,
    };
    let snoozes = workspace.authored.read(move |reader| reader.snoozes(as_of)).await?;
    let page_rules = crate::page_rules::in_force(workspace).await?;
    let (plan, team) = (workspace.plan(), team.map(str::to_owned));
    let Mapping { config, aliases } = Mapping::at(workspace, as_of).await?;
    let found = workspace
        .synced
        .read(move |reader| {
            let settings = Settings { config: &config, aliases: &aliases, team: team.as_deref() };
            let freshness = Freshness::read(reader, &plan, as_of)?;
            let then = Freshness::read(reader, &plan, last_seen)?;
            let Both { then, now, notified } = gather::gather_both(reader, settings, &then, &freshness)?;
            let (judged_then, judged) = (judge(&then.facts), judge(&now.facts));
            let seen = Looks {
                then: Seen { facts: &then.facts, judged: &judged_then },
                now: Seen { facts: &now.facts, judged: &judged },
                notified: &notified,
            };
            let changes = since::lines(reader, settings, &freshness, &seen)?;
            let left_out = left_out(reader, settings, &now.open, as_of)?;
            Ok((now, freshness, judged, changes, left_out))
        })
        .await?;
    let (gathered, freshness, judged, lines, (hidden, unmapped)) = found;
    let running_shift = gathered.facts.on_call.iter().find(|entry| entry.role != "shadow");
    let running_shift = running_shift.map(|entry| fairlead_domain::Window::new(entry.start, entry.end));
    let rests: Vec<Rest> = snoozes.into_iter().map(rest).collect();
    let composed = compose(&judged.findings, &rests, &Moment { now: as_of, running_shift });
    let mut warnings = freshness.warnings();
    warnings.extend(gathered.warnings);
    let answer = Posture {
        as_of,
        warnings,
        attention: composed.attention,
        not_watched: judged.not_watched,
        since_last: SinceLast { since: last_seen, lines },
        on_call: gathered.facts.on_call,
        open_incidents: gathered.open_incidents,
        open_list: gathered.facts.incidents.as_deref().map(open::worst),
        slos: gathered.slo_counts,
        budgets_at_risk: budgets::at_risk(gathered.facts.slos.as_deref().unwrap_or_default()),
        sources: freshness.entries(),
        hidden,
        page_rules,
        unmapped,
    };
    Ok((answer, composed.awake))
}

/// A snooze as it was written. One whose class is not known stays until nothing is worse than the most urgent.
fn rest(row: SnoozeRow) -> Rest {
    let class = row.class.as_deref().and_then(Class::from_word).unwrap_or(Class::Now);
    let until = row.until.map_or(SnoozeUntil::Worse, SnoozeUntil::Time);
    Rest { snooze: Snooze { row: row.item, at: row.at, until, class, value: row.value }, reason: row.reason }
}

/// How many things lines stand for: each one, and those of its kind that are folded into it.
fn things<'a>(lines: impl IntoIterator<Item = &'a answer::Attention>) -> usize {
    lines.into_iter().map(|line| 1 + line.folded.len()).sum()
}

/// The answer in one sentence. It claims that nothing is needed only when everything that feeds a "now" was read.
#[must_use]
pub fn headline(answer: &Posture) -> String {
    let (awake, snoozed): (Vec<_>, Vec<_>) = answer.attention.iter().partition(|row| row.snoozed.is_none());
    let (awake, snoozed) = (things(awake), things(snoozed));
    let aside = if snoozed > 0 { format!(" ({snoozed} snoozed)") } else { String::new() };
    let named = |wanted: &dyn Fn(&SourceFreshness) -> bool| {
        let names = answer.sources.iter().filter(|source| wanted(source)).map(|source| source.name.as_str());
        names.collect::<Vec<_>>().join(", ")
    };
    let (unread, hidden) = (named(&|s| s.stale), named(&|s| !s.stale && s.hides_now));
    match awake {
        0 if answer.sources.is_empty() => "No source is connected, so nothing can be said.".to_owned(),
        0 if !(unread.is_empty() && hidden.is_empty()) => {
            let parts = [(unread, "not read"), (hidden, "read only in part")];
            let parts =
                parts.iter().filter(|(names, _)| !names.is_empty()).map(|(names, how)| format!("{names} {how}"));
            let parts: Vec<String> = parts.collect();
            format!("Cannot tell whether anything needs you: {}.{aside}", parts.join("; "))
        }
        0 => {
            let (as_of, whole) = (answer.as_of, named(&|s| s.state != RunState::Partial));
            let checked = if whole.is_empty() { String::new() } else { format!(": {whole}") };
            let part = named(&|s| s.state == RunState::Partial);
            let part = if part.is_empty() { String::new() } else { format!(" Read only in part: {part}.") };
            let unwatched: Vec<&str> = answer.not_watched.iter().map(|n| n.kind.as_str()).collect();
            let unwatched = if unwatched.is_empty() { "nothing".to_owned() } else { unwatched.join(", ") };
            format!("Nothing needs you. Checked {as_of}{checked}.{part} Not watched: {unwatched}.{aside}")
        }
        1 => format!("1 thing needs you{aside}"),
        n => format!("{n} things need you{aside}"),
    }
}
