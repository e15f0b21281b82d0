//! On-call: who, when, and where nobody is.

mod answer;
pub(crate) mod known;
mod read;

use fairlead_domain::time::DAY_MS;
use fairlead_domain::{Timestamp, Window};

pub use answer::{Gap, OnCall, OnCallEntry, ShiftEntry};
pub(crate) use read::{HeldShift, Rota, SHIFTS, ScheduleRota, read_rota};

use super::answer::Warning;
use super::freshness::Freshness;
use super::unmapped::Tally;
use crate::EngineError;
use crate::mapping::Mapping;
use crate::workspace::Workspace;

/// How far ahead gaps are looked for without a range.
const AHEAD_MS: i64 = 14 * DAY_MS;

/// Who is on call at `as_of` and the gaps of the next 14 days, or, with a range, its shifts and gaps.
///
/// # Errors
/// What the database says.
pub async fn on_call(workspace: &Workspace, as_of: Timestamp, range: Option<Window>) -> Result<OnCall, EngineError> {
    let window = range.unwrap_or_else(|| Window::new(as_of, as_of.plus_millis(AHEAD_MS)));
    let plan = workspace.plan();
    let Mapping { config, aliases } = Mapping::at(workspace, as_of).await?;
    let (rota, mut warnings, unmapped) = workspace
        .synced
        .read(move |reader| {
            let freshness = Freshness::read(reader, &plan, as_of)?;
            let rota = read_rota(reader, &config, &aliases, window)?;
            let mut tally = Tally::new(&config, &aliases);
            let shown = |shift: &&HeldShift| range.is_some() || shift.window().contains(as_of);
            for shift in rota.schedules.iter().flat_map(|schedule| &schedule.shifts).filter(shown) {
                tally.person(&shift.row.source, shift.row.person.as_ref());
            }
            Ok((rota, freshness.warnings(), tally.counts()))
        })
        .await?;
    let on_call = if range.is_none() { rota.on_call_at(as_of) } else { Vec::new() };
    let shifts = if range.is_some() { rota.shift_entries() } else { Vec::new() };
    let mut gaps = Vec::new();
    for schedule in &rota.schedules {
        let Some(cover) = schedule.cover(window) else { continue };
        gaps.extend(cover.gaps.as_slice().iter().map(|gap| Gap {
            schedule: schedule.name.clone(),
            start: gap.start,
            end: gap.end,
        }));
        if !cover.not_covered.is_empty() {
            let message = format!(
                "{}: shifts of {} were not read for all of the range; no gap is claimed there",
                schedule.source, schedule.name
            );
            warnings.push(Warning::of_source("not_covered", &schedule.source, message));
        }
    }
    Ok(OnCall { as_of, warnings, on_call, shifts, gaps, unmapped })
}
