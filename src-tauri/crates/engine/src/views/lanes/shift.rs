//! One shift, looked into.

use chrono_tz::Tz;
use fairlead_domain::{Timestamp, Window};
use fairlead_metrics::oncall::{ClashKind, Duty, Nights, clashes};
use fairlead_store::StoreError;
use fairlead_store::synced::Reader;
use serde::Serialize;
use specta::Type;

use super::Said;
use super::answer::RotaDifference;
use super::blocks::{id_of, is_shared, zone_of};
use super::changes::changes;
use super::rounding::{hours_of, hours_of_all};
use crate::EngineError;
use crate::export::{RowText, shift_text};
use crate::mapping::Mapping;
use crate::views::freshness::Freshness;
use crate::views::oncall::{HeldShift, Rota, ScheduleRota, read_rota};
use crate::views::posture::SourceFreshness;
use crate::workspace::Workspace;

/// A shift in full.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ShiftDetail {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// `source/key of the source`.
    pub id: String,
    /// Key of the schedule.
    pub schedule: String,
    /// Name of the schedule.
    pub schedule_name: String,
    /// Where the schedule stands in its source: the way to reach anybody is there.
    pub url: Option<String>,
    /// Who; `None`: nobody, or withheld.
    pub person: Option<String>,
    /// Somebody outside the team's scope holds it.
    pub withheld: bool,
    /// What the person is there for.
    pub role: String,
    /// Escalation level, the first is 1.
    pub level: Option<u32>,
    /// Why it is this person.
    pub origin: String,
    /// Whom an override or a swap replaced.
    pub replaced: Option<String>,
    /// Name of the rotation.
    pub rotation: Option<String>,
    /// Start.
    #[specta(type = String)]
    pub start: Timestamp,
    /// End.
    #[specta(type = String)]
    pub end: Timestamp,
    /// The source does not know the end.
    pub end_open: bool,
    /// IANA zone of the person.
    pub timezone: Option<String>,
    /// Length in hours.
    pub hours: f64,
    /// Nights of the person in it, clipped to it; `None`: the zone is not known.
    pub nights: Option<Vec<NightPart>>,
    /// Hours of these nights.
    pub night_hours: Option<f64>,
    /// Leave of the person that lies in it.
    pub leave: Vec<super::Stretch>,
    /// Other shifts of the person at the same time, in words: schedule and role.
    pub also_holds: Vec<String>,
    /// Who holds the same post at the same time, by name.
    pub shared_with: Vec<String>,
    /// It ended so long ago that it no longer changes.
    pub frozen: bool,
    /// What was said of its time before, the latest first.
    pub history: Vec<RotaDifference>,
    /// How fresh its source is.
    pub freshness: Option<SourceFreshness>,
    /// It as text, to be copied.
    pub text: RowText,
}

/// A night, or the part of one that a shift holds.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct NightPart {
    /// Start.
    #[specta(type = String)]
    pub start: Timestamp,
    /// End.
    #[specta(type = String)]
    pub end: Timestamp,
    /// Length in hours: other than 10 where it is cut, or clocks change in it.
    pub hours: f64,
}

/// Days after its end from which on a past shift no longer changes.
const FROZEN_DAYS: i64 = 14;

/// The shift `source/key` as of an instant. `near`: an instant in it, as the page knows it.
///
/// # Errors
/// When there is no such shift, or what the database says.
pub async fn shift_detail(
    workspace: &Workspace,
    as_of: Timestamp,
    id: &str,
    near: Timestamp,
) -> Result<ShiftDetail, EngineError> {
    let home = workspace.config.workspace.timezone;
    let plan = workspace.plan();
    let Mapping { config, aliases } = Mapping::at(workspace, as_of).await?;
    let wanted = id.to_owned();
    let found = workspace
        .synced
        .read(move |reader| {
            let said = Said { config: &config, aliases: &aliases };
            let freshness = Freshness::read(reader, &plan, as_of)?;
            find(reader, said, &freshness, (&wanted, near), home)
        })
        .await?;
    found.ok_or_else(|| EngineError::Unknown {
        what: "shift",
        name: id.to_owned(),
        hint: Some("it may have changed with the last sync: look at the lanes again".to_owned()),
    })
}

fn find(
    reader: &Reader<'_>,
    said: Said<'_>,
    freshness: &Freshness,
    (id, near): (&str, Timestamp),
    home: Tz,
) -> Result<Option<ShiftDetail>, StoreError> {
    let around = Window::new(near, near.plus_millis(1));
    let rota = read_rota(reader, said.config, said.aliases, around)?;
    let held = |schedule: &ScheduleRota| schedule.shifts.iter().find(|shift| id_of(shift) == id).map(HeldShift::window);
    let Some(window) = rota.schedules.iter().find_map(held) else { return Ok(None) };
    let rota = read_rota(reader, said.config, said.aliases, window)?;
    let found = rota
        .schedules
        .iter()
        .find_map(|schedule| Some((schedule, schedule.shifts.iter().find(|shift| id_of(shift) == id)?)));
    let Some((schedule, shift)) = found else { return Ok(None) };
    let rotation = shift.row.rotation.as_ref();
    let rotations = reader.rotations(window.start)?;
    let named = |wanted: &String| {
        let of_source = rotations.iter().find(|row| row.source == schedule.source && &row.rotation.ext_id == wanted);
        of_source.map_or_else(|| wanted.clone(), |row| row.rotation.name.clone())
    };
    let leave = reader
        .leaves(window)?
        .into_iter()
        .filter(|row| {
            let key = row.person.as_ref().map(|p| said.aliases.resolve(&row.source, &p.identity, p.key).to_string());
            key.is_some() && key == shift.person_key
        })
        .map(|row| Window::new(row.start, row.end).intersect(window).into())
        .collect();
    let history = changes(reader, said.aliases, &rota, window)?;
    let history = history.into_iter().filter(|change| change.schedule == schedule.key()).collect();
    let entries = freshness.entries();
    let (also_holds, shared_with) = others(&rota, said, shift);
    let nights = zone_of(shift).map(|zone| Nights::over(window).within(zone, window));
    let part = |night: &Window| NightPart { start: night.start, end: night.end, hours: hours_of(*night) };
    let mut detail = ShiftDetail {
        as_of: freshness.as_of,
        id: id.to_owned(),
        schedule: schedule.key(),
        schedule_name: schedule.name.clone(),
        url: schedule.url.clone(),
        person: shift.row.person.as_ref().map(|person| person.name.clone()),
        withheld: shift.row.withheld,
        role: shift.role.word().to_owned(),
        level: shift.row.level,
        origin: shift.row.origin.word().to_owned(),
        replaced: shift.row.replaced.clone(),
        rotation: rotation.map(named),
        start: window.start,
        end: window.end,
        end_open: shift.row.end_open,
        timezone: shift.timezone.clone(),
        hours: hours_of(window),
        night_hours: nights.as_ref().map(hours_of_all),
        nights: nights.map(|nights| nights.iter().map(part).collect()),
        leave,
        also_holds,
        shared_with,
        frozen: window.end.plus_days(FROZEN_DAYS) < freshness.as_of,
        history,
        freshness: entries.into_iter().find(|entry| entry.name == schedule.source),
        text: RowText::default(),
    };
    detail.text = shift_text(&detail, home);
    Ok(Some(detail))
}

/// What the person also holds at the same time, and who holds the same post.
fn others(rota: &Rota, said: Said<'_>, shift: &HeldShift) -> (Vec<String>, Vec<String>) {
    let all: Vec<(&ScheduleRota, &HeldShift)> =
        rota.schedules.iter().flat_map(|schedule| schedule.shifts.iter().map(move |shift| (schedule, shift))).collect();
    let keys: Vec<String> = all.iter().map(|(schedule, _)| schedule.key()).collect();
    let duties: Vec<Duty<'_>> = all
        .iter()
        .zip(&keys)
        .map(|((_, held), key)| Duty {
            schedule: key,
            person: held.person_key.as_deref(),
            withheld: held.row.withheld,
            role: held.role,
            window: held.window(),
        })
        .collect();
    let own = id_of(shift);
    let shared = shift.row.person.as_ref().is_some_and(|person| is_shared(said.aliases, person.key));
    let (mut also, mut with) = (Vec::new(), Vec::new());
    for clash in clashes(&duties) {
        let pair = [all[clash.first], all[clash.second]];
        let Some(mine) = pair.iter().position(|(_, held)| id_of(held) == own) else { continue };
        let (schedule, other) = pair[1 - mine];
        match clash.kind {
            ClashKind::Person if shared => {}
            ClashKind::Person => also.push(format!("{}, {}", schedule.name, other.role.word())),
            ClashKind::Post => {
                with.push(
                    other
                        .row
                        .person
                        .as_ref()
                        .map_or_else(|| "somebody outside the team".to_owned(), |p| p.name.clone()),
                );
            }
        }
    }
    for names in [&mut also, &mut with] {
        names.sort();
        names.dedup();
    }
    (also, with)
}
