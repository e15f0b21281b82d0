//! A gap, looked into: what is declared, who would be awake, and a request for cover.

use std::collections::BTreeSet;

use chrono_tz::Tz;
use fairlead_domain::{Timestamp, Window};
use fairlead_metrics::oncall::{Duty, Spans, local_nights};
use fairlead_store::StoreError;
use fairlead_store::synced::Reader;
use serde::Serialize;
use specta::Type;
use uuid::Uuid;

use super::Said;
use super::answer::RotaDifference;
use super::changes::changes;
use super::rounding::{hours_of, tenth};
use crate::EngineError;
use crate::export::{RowText, gap_text};
use crate::mapping::Mapping;
use crate::views::freshness::Freshness;
use crate::views::oncall::{HeldShift, Rota, ScheduleRota, read_rota};
use crate::views::people::{PersonEntry, entries};
use crate::views::posture::SourceFreshness;
use crate::workspace::Workspace;

/// A gap in full.
#[derive(Debug, Clone, Serialize, Type)]
pub struct GapDetail {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// Key of the schedule.
    pub schedule: String,
    /// Name of the schedule.
    pub schedule_name: String,
    /// The source.
    pub source: String,
    /// Where the schedule stands in its source.
    pub url: Option<String>,
    /// Start.
    #[specta(type = String)]
    pub start: Timestamp,
    /// End.
    #[specta(type = String)]
    pub end: Timestamp,
    /// Length in hours.
    pub hours: f64,
    /// What is declared.
    pub declared: String,
    /// The schedule that steps in, as it is configured.
    pub backup: Option<String>,
    /// Who holds that one meanwhile, by name; empty: nobody, or it is not known.
    pub backup_people: Vec<String>,
    /// Who holds the schedule until the gap.
    pub before: Option<String>,
    /// Who holds it after the gap.
    pub after: Option<String>,
    /// People of the team, by name, with the hours of the gap where they are.
    pub awake: Vec<Awake>,
    /// Whose cover would cost the least sleep, when it is one person and the difference is an hour or more.
    pub least_sleep: Option<String>,
    /// What was said of this time before, the latest first.
    pub history: Vec<RotaDifference>,
    /// How fresh its source is.
    pub freshness: Option<SourceFreshness>,
    /// The request for cover as text, to be copied.
    pub text: RowText,
}

/// A person beside a gap.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct Awake {
    /// Name.
    pub person: String,
    /// IANA zone; `None`: not known, and so is what the gap is there.
    pub timezone: Option<String>,
    /// Hours of the gap outside 22:00 to 08:00 where the person is.
    pub awake_hours: Option<f64>,
    /// Hours of the gap in the person's night.
    pub night_hours: Option<f64>,
    /// On leave during a part of it.
    pub on_leave: bool,
    /// Schedules that the person must answer meanwhile, by name.
    pub on_call_for: Vec<String>,
}

/// Days around a gap in which whoever is on call belongs to the team, where the configuration names nobody.
const AROUND_DAYS: i64 = 28;

/// The gap of a schedule that lies at an instant.
///
/// # Errors
/// When there is none, or what the database says.
pub async fn gap_detail(
    workspace: &Workspace,
    as_of: Timestamp,
    schedule: &str,
    at: Window,
) -> Result<GapDetail, EngineError> {
    let home = workspace.config.workspace.timezone;
    let plan = workspace.plan();
    let Mapping { config, aliases } = Mapping::at(workspace, as_of).await?;
    let key = schedule.to_owned();
    let found = workspace
        .synced
        .read(move |reader| {
            let said = Said { config: &config, aliases: &aliases };
            let freshness = Freshness::read(reader, &plan, as_of)?;
            find(reader, said, &freshness, (&key, at), home)
        })
        .await?;
    found.ok_or_else(|| EngineError::Unknown {
        what: "gap",
        name: format!("{schedule} at {}", at.start.to_rfc3339()),
        hint: Some("somebody may cover it by now: look at the lanes again".to_owned()),
    })
}

fn find(
    reader: &Reader<'_>,
    said: Said<'_>,
    freshness: &Freshness,
    (key, at): (&str, Window),
    home: Tz,
) -> Result<Option<GapDetail>, StoreError> {
    let around = Window::new(at.start.plus_days(-AROUND_DAYS), at.end.plus_days(AROUND_DAYS));
    let rota = read_rota(reader, said.config, said.aliases, around)?;
    let Some(schedule) = rota.schedules.iter().find(|schedule| schedule.key() == key) else { return Ok(None) };
    let gaps = schedule.cover(at).map(|cover| cover.gaps).unwrap_or_default();
    let Some(gap) = gaps.as_slice().iter().find(|gap| gap.overlaps(at)).copied() else { return Ok(None) };
    let Some(declared) = schedule.config.as_ref().and_then(|config| config.coverage.as_ref()) else { return Ok(None) };
    let backup = schedule.config.as_ref().and_then(|config| config.backup.clone());
    let stands_in =
        backup.as_ref().and_then(|name| rota.schedules.iter().find(|s| &s.key() == name || &s.name == name));
    let awake = awake(reader, said, &rota, schedule, gap)?;
    let history = changes(reader, said.aliases, &rota, gap)?;
    let history = history.into_iter().filter(|change| change.schedule == key).collect();
    let name = |shift: &HeldShift| shift.row.person.as_ref().map(|person| person.name.clone());
    let covers = |shift: &&HeldShift| shift.role.covers();
    let holders = |schedule: &ScheduleRota| -> Vec<String> {
        let meanwhile = schedule.shifts.iter().filter(|shift| shift.window().overlaps(gap));
        meanwhile.filter_map(name).collect::<BTreeSet<String>>().into_iter().collect()
    };
    let entries = freshness.entries();
    let mut detail = GapDetail {
        as_of: freshness.as_of,
        schedule: key.to_owned(),
        schedule_name: schedule.name.clone(),
        source: schedule.source.clone(),
        url: schedule.url.clone(),
        start: gap.start,
        end: gap.end,
        hours: hours_of(gap),
        declared: declared.to_string(),
        backup: stands_in.map(|schedule| schedule.name.clone()).or(backup),
        backup_people: stands_in.map(holders).unwrap_or_default(),
        before: schedule
            .shifts
            .iter()
            .filter(covers)
            .filter(|s| s.row.end <= gap.start)
            .max_by_key(|s| s.row.end)
            .and_then(name),
        after: schedule.shifts.iter().filter(covers).find(|s| s.row.start >= gap.end).and_then(name),
        least_sleep: least_sleep(&awake),
        awake,
        history,
        freshness: entries.into_iter().find(|entry| entry.name == schedule.source),
        text: RowText::default(),
    };
    detail.text = gap_text(&detail, home);
    Ok(Some(detail))
}

/// The people of the schedule's team, by name, and what the gap is where they are.
fn awake(
    reader: &Reader<'_>,
    said: Said<'_>,
    rota: &Rota,
    schedule: &ScheduleRota,
    gap: Window,
) -> Result<Vec<Awake>, StoreError> {
    let teams = said.config.teams.iter().filter(|team| schedule.team.as_ref() == Some(&team.name));
    let members: Vec<&str> = teams.flat_map(|team| &team.members).map(|member| member.email.as_str()).collect();
    let of_team = rota.schedules.iter().filter(|other| other.team == schedule.team);
    let holders: BTreeSet<&str> =
        of_team.flat_map(|other| &other.shifts).filter_map(|shift| shift.person_key.as_deref()).collect();
    let belongs = |person: &PersonEntry| match members.is_empty() {
        true => holders.contains(person.key.as_str()),
        false => person.email.as_deref().is_some_and(|email| members.contains(&email)),
    };
    let leaves: BTreeSet<Uuid> = reader
        .leaves(gap)?
        .into_iter()
        .filter_map(|row| row.person.map(|p| said.aliases.resolve(&row.source, &p.identity, p.key)))
        .collect();
    let mut people: Vec<Awake> = entries(said.config, said.aliases, reader.identities()?, gap.start)
        .into_iter()
        .filter(|person| person.kind == "person" && belongs(person))
        .map(|person| {
            let night = person
                .timezone
                .as_deref()
                .and_then(|zone| zone.parse::<Tz>().ok())
                .map(|zone| local_nights(zone, gap).hours());
            Awake {
                night_hours: night.map(tenth),
                awake_hours: night.map(|night| tenth(Spans::from(gap).hours() - night)),
                on_leave: leaves.iter().any(|key| key.to_string() == person.key),
                on_call_for: on_call_for(rota, &person.key, gap),
                timezone: person.timezone,
                person: person.name,
            }
        })
        .collect();
    people.sort_by_cached_key(|person| person.person.to_lowercase());
    Ok(people)
}

fn on_call_for(rota: &Rota, person: &str, gap: Window) -> Vec<String> {
    let must = |schedule: &&ScheduleRota| {
        let duties = schedule.duties();
        duties.iter().any(|duty: &Duty<'_>| duty.answers() && duty.person == Some(person) && duty.window.overlaps(gap))
    };
    rota.schedules.iter().filter(must).map(|schedule| schedule.name.clone()).collect()
}

/// The one who would lose least sleep among those who are free.
fn least_sleep(people: &[Awake]) -> Option<String> {
    let free = people.iter().filter(|person| !person.on_leave && person.on_call_for.is_empty());
    let mut nights: Vec<(f64, &str)> =
        free.filter_map(|person| Some((person.night_hours?, person.person.as_str()))).collect();
    nights.sort_by(|a, b| a.0.total_cmp(&b.0));
    match nights[..] {
        [(least, name), (next, _), ..] if next - least >= 1.0 => Some(name.to_owned()),
        _ => None,
    }
}
