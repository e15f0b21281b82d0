//! Posture: what needs the lead, and why.

mod answer;
mod compose;
mod facts;
mod gather;
mod kinds;
mod left_out;
mod since;

use fairlead_domain::Timestamp;
use fairlead_metrics::posture::Snooze;

pub use answer::{
    Action, Attention, AttentionClass, ChangeLine, NotWatched, Posture, RunState, SinceLast, SloCounts,
    SourceFreshness, Why,
};

use self::gather::Settings;
use self::left_out::left_out;
use super::freshness::Freshness;
use crate::EngineError;
use crate::mapping::Mapping;
use crate::workspace::Workspace;

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
    let last_seen = match since {
        Since::At(at) => at,
        Since::LastSeen => since::last_look(workspace, as_of).await?,
    };
    let snoozes: Vec<Snooze> = Vec::new();
    let plan = workspace.plan();
    let Mapping { config, aliases } = Mapping::at(workspace, as_of).await?;
    let gathered = workspace
        .synced
        .read(move |reader| {
            let freshness = Freshness::read(reader, &plan, as_of)?;
            let gathered =
                gather::gather(reader, Settings { config: &config, aliases: &aliases }, &freshness, last_seen)?;
            let changes = since::lines(reader, &config, &gathered.facts)?;
            let left_out = left_out(reader, &config, &aliases, &freshness)?;
            Ok((gathered, freshness, changes, left_out))
        })
        .await?;
    let (gathered, freshness, lines, (hidden, unmapped)) = gathered;
    let running_shift = gathered.facts.on_call.iter().find(|entry| entry.role != "shadow");
    let running_shift = running_shift.map(|entry| fairlead_domain::Window::new(entry.start, entry.end));
    let composed = compose::compose(&gathered.facts, &snoozes, running_shift);
    let mut warnings = freshness.warnings();
    warnings.extend(gathered.warnings);
    Ok(Posture {
        as_of,
        warnings,
        attention: composed.attention,
        not_watched: composed.not_watched,
        since_last: SinceLast { since: last_seen, lines },
        on_call: gathered.facts.on_call,
        open_incidents: gathered.open_incidents,
        slos: gathered.slo_counts,
        sources: freshness.entries(),
        hidden,
        unmapped,
    })
}

/// The answer in one sentence. It claims that nothing is needed only when everything that feeds a "now" was read.
#[must_use]
pub fn headline(answer: &Posture) -> String {
    let awake = answer.attention.iter().filter(|row| row.snoozed_until.is_none()).count();
    let snoozed = answer.attention.len() - awake;
    let aside = if snoozed > 0 { format!(" ({snoozed} snoozed)") } else { String::new() };
    let blind: Vec<&str> = answer.sources.iter().filter(|s| s.stale).map(|s| s.name.as_str()).collect();
    match awake {
        0 if answer.sources.is_empty() => "No source is connected, so nothing can be said.".to_owned(),
        0 if !blind.is_empty() => {
            format!("Cannot tell whether anything needs you: {} not read.{aside}", blind.join(", "))
        }
        0 => {
            let checked: Vec<&str> = answer.sources.iter().map(|s| s.name.as_str()).collect();
            let unwatched: Vec<&str> = answer.not_watched.iter().map(|n| n.kind.as_str()).collect();
            let unwatched = if unwatched.is_empty() { "nothing".to_owned() } else { unwatched.join(", ") };
            let (as_of, checked) = (answer.as_of, checked.join(", "));
            format!("Nothing needs you. Checked {as_of}: {checked}. Not watched: {unwatched}.{aside}")
        }
        1 => format!("1 thing needs you{aside}"),
        n => format!("{n} things need you{aside}"),
    }
}
