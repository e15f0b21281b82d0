//! The On-call page: lanes of schedules and of people over a window, with what is not held, held twice, changed, or not
//! known.

mod answer;
mod axis;
mod blocks;
mod changes;
mod facts;
mod gap;
mod leaves;
mod people;
mod range;
mod rounding;
mod schedules;
mod shift;
#[cfg(test)]
mod tests;

use chrono_tz::Tz;
use fairlead_domain::{RecordKind, Timestamp, Window};
use fairlead_metrics::oncall::Nights;
use fairlead_store::StoreError;
use fairlead_store::authored::PersonAliases;
use fairlead_store::synced::Reader;

pub use answer::{
    Block, DoubleBooking, GapSpan, Lanes, LeaveSpan, Load, PersonLane, RotaDifference, ScheduleLane, Stretch,
};
pub use axis::{Axis, AxisDay, AxisGroup, AxisTick};
pub use facts::{Ahead, NextPost, Post, RotaFacts, Share};
pub use gap::{Awake, GapDetail, gap_detail};
pub use range::{LanesQuery, Span};
pub use shift::{NightPart, ShiftDetail, shift_detail};

use self::range::Range;
use super::freshness::Freshness;
use super::oncall::{Rota, read_rota};
use super::posture::{SHARE_DAYS, SourceFreshness};
use crate::EngineError;
use crate::config::Config;
use crate::mapping::Mapping;
use crate::workspace::Workspace;

/// What the configuration and people say of the rows.
#[derive(Clone, Copy)]
struct Said<'a> {
    config: &'a Config,
    aliases: &'a PersonAliases,
}

/// The rota of a window as lanes, at an instant.
///
/// # Errors
/// What the database says.
pub async fn lanes(workspace: &Workspace, as_of: Timestamp, query: LanesQuery) -> Result<Lanes, EngineError> {
    let home = workspace.config.workspace.timezone;
    let range = Range::of(&query, as_of, home);
    let plan = workspace.plan();
    let Mapping { config, aliases } = Mapping::at(workspace, as_of).await?;
    let told = workspace
        .synced
        .read(move |reader| {
            let said = Said { config: &config, aliases: &aliases };
            let freshness = Freshness::read(reader, &plan, as_of)?;
            compose(reader, said, &freshness, &query, (&range, home))
        })
        .await?;
    Ok(told)
}

fn compose(
    reader: &Reader<'_>,
    said: Said<'_>,
    freshness: &Freshness,
    query: &LanesQuery,
    (range, home): (&Range, Tz),
) -> Result<Lanes, StoreError> {
    let Said { config, aliases } = said;
    let (as_of, window) = (freshness.as_of, range.window);
    let rota = rota_of(reader, said, window, query.team.as_deref())?;
    let ahead = Window::new(as_of, as_of.plus_days(SHARE_DAYS));
    let coming = rota_of(reader, said, ahead, query.team.as_deref())?;

    let mut nights = Nights::over(window);
    let mut blocks = blocks::blocks(&rota, window, &mut nights);
    let double_bookings = blocks::double_bookings(&rota, aliases, window, &mut blocks);
    let changes = changes::changes(reader, aliases, &rota, window)?;
    blocks::mark_changed(&mut blocks, &changes);
    let (leaves, leave_unknown) = leaves::leaves(reader, said, freshness, window, &mut blocks)?;
    let leaves = leaves::of_team(leaves, config, query.team.as_deref(), &blocks);
    let schedules = schedules::lanes(reader, &rota, window, &blocks)?;
    let people = people::lanes(&rota, aliases, window, &mut nights, &mut blocks);
    let zones: Vec<Tz> = people.iter().filter_map(|lane| lane.timezone.as_deref()?.parse().ok()).collect();

    let mut warnings = freshness.warnings();
    warnings.retain(|warning| {
        let runs = warning.source.as_ref().and_then(|source| freshness.sources.get(source));
        runs.is_none_or(feeds_rota)
    });
    Ok(Lanes {
        as_of,
        from: window.start,
        to: window.end,
        span: query.span.word().to_owned(),
        first_day: range.first.to_string(),
        earlier: range.earlier.to_string(),
        later: range.later.to_string(),
        title: range.title(),
        warnings,
        facts: facts::facts(&coming, as_of),
        groups: axis::groups(range, query.span, as_of, home),
        axes: axis::axes(range, query.span, as_of, home, &zones),
        schedules,
        people,
        blocks,
        leaves,
        leave_unknown,
        double_bookings,
        changes,
        sources: sources(freshness),
    })
}

/// The rota of a window, narrowed to a team.
fn rota_of(reader: &Reader<'_>, said: Said<'_>, window: Window, team: Option<&str>) -> Result<Rota, StoreError> {
    let mut rota = read_rota(reader, said.config, said.aliases, window)?;
    if let Some(team) = team {
        rota.schedules.retain(|schedule| schedule.team.as_deref() == Some(team));
    }
    Ok(rota)
}

fn feeds_rota(runs: &super::freshness::SourceRuns) -> bool {
    let rota = [RecordKind::Shift, RecordKind::Leave];
    runs.planned.iter().any(|stream| stream.kinds.iter().any(|kind| rota.contains(kind)))
}

/// How fresh the sources of shifts and leave are.
fn sources(freshness: &Freshness) -> Vec<SourceFreshness> {
    let mut entries = freshness.entries();
    entries.retain(|entry| freshness.sources.get(&entry.name).is_some_and(feeds_rota));
    entries
}
