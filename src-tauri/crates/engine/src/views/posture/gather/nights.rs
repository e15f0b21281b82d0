//! Last nights of those who were paged, by their own wall clocks.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use chrono_tz::Tz;
use fairlead_domain::schedule::ShiftRole;
use fairlead_domain::text::normalise_email;
use fairlead_domain::{Timestamp, Window};
use fairlead_metrics::pages::{PersonHours, Wake, wakes};
use fairlead_store::authored::PersonAliases;
use fairlead_store::synced::PageRow;

use super::super::facts::{NightFact, Watched};
use super::{Settings, Shared};
use crate::config::{Config, People};
use crate::views::oncall::{HeldShift, Rota};

/// Days of pages that are read: two nights, and what of the third is needed to tell them apart.
const BACK_DAYS: i64 = 3;

/// Wall clock and hours of whoever was paged, at that time: what was said by hand, else configured, else the zone of the
/// source, else that of the workspace.
pub(in super::super) fn hours_of(settings: Settings<'_>, page: &PageRow) -> PersonHours {
    let Settings { config, aliases, .. } = settings;
    let key = page.person.as_ref().map(|person| aliases.resolve(&page.source, &person.identity, person.key));
    let said = key.and_then(|key| aliases.timezone(key, page.sent_at)).and_then(|zone| zone.parse::<Tz>().ok());
    let email = page.person.as_ref().and_then(|person| person.email.as_deref()).and_then(normalise_email);
    let member = email.and_then(|email| config.teams.iter().flat_map(|team| &team.members).find(|m| m.email == email));
    let told = page.timezone.as_deref().and_then(|zone| zone.parse::<Tz>().ok());
    let zone = said.or(member.and_then(|member| member.timezone)).or(told).unwrap_or(config.workspace.timezone);
    let usual = PersonHours::usual(zone);
    let said = key.and_then(|key| aliases.hours(key, page.sent_at));
    match said.or_else(|| member.and_then(|member| member.hours).map(|work| (work.from, work.to))) {
        Some((work_from, work_to)) => PersonHours { work_from, work_to, ..usual },
        None => usual,
    }
}

/// Whether any team lets it be stored who was paged.
fn is_named(config: &Config) -> bool {
    config.teams.iter().any(|team| team.people == People::Individual)
}

/// The last nights of everyone who was paged of late.
pub(super) fn nights(shared: &Shared<'_>, rota: &Rota, now: Timestamp) -> Watched<Vec<NightFact>> {
    let settings = shared.settings;
    let Settings { config, aliases, .. } = settings;
    if !is_named(config) {
        return Err("who was paged is not stored: no team has people = \"individual\"".to_owned());
    }
    let days = Window::new(now.plus_days(-BACK_DAYS), now.plus_millis(1));
    let mut people: BTreeMap<String, Vec<&PageRow>> = BTreeMap::new();
    for page in shared.notified.counted(&config.page, days) {
        if let Some(key) = key_of(aliases, page) {
            people.entry(key).or_default().push(page);
        }
    }
    let facts = people.into_iter().filter_map(|(key, pages)| {
        let hours = hours_of(settings, pages.first()?);
        let sent: Vec<Timestamp> = pages.iter().map(|page| page.sent_at).collect();
        let woken = wakes(&sent, &hours);
        night(rota, &key, &pages, &hours, &woken, now)
    });
    Ok(facts.collect())
}

/// Key of the person of a page, merges followed.
pub(in super::super) fn key_of(aliases: &PersonAliases, page: &PageRow) -> Option<String> {
    page.person.as_ref().map(|person| aliases.resolve(&page.source, &person.identity, person.key).to_string())
}

fn night(
    rota: &Rota,
    key: &str,
    pages: &[&PageRow],
    hours: &PersonHours,
    woken: &[Wake],
    now: Timestamp,
) -> Option<NightFact> {
    let today = now.to_utc().with_timezone(&hours.zone).date_naive();
    let yesterday = today.checked_sub_days(Days::new(1))?;
    // The night that has begun counts once it has woken somebody; until then the last one is still the news.
    let last = if woken.iter().any(|wake| wake.night == today) { today } else { yesterday };
    let before = last.checked_sub_days(Days::new(1))?;
    let count = |night: NaiveDate| u32::try_from(woken.iter().filter(|w| w.night == night).count()).unwrap_or(u32::MAX);
    let since = woken.iter().find(|wake| wake.night == last)?.at;
    let held: Vec<(&str, Option<&str>, &HeldShift)> = rota
        .schedules
        .iter()
        .flat_map(|s| s.shifts.iter().map(|shift| (s.name.as_str(), s.team.as_deref(), shift)))
        .filter(|(_, _, shift)| shift.person_key.as_deref() == Some(key) && answers(shift.role))
        .collect();
    let running = held.iter().find(|(_, _, shift)| shift.window().contains(now));
    let tonight = tonight(today, hours);
    let mut sources: Vec<String> = pages.iter().map(|page| page.source.clone()).collect();
    sources.sort();
    sources.dedup();
    Some(NightFact {
        person_key: key.to_owned(),
        role: running.map(|(_, _, shift)| shift.role.word().to_owned()),
        schedule: running.map(|(schedule, _, _)| (*schedule).to_owned()),
        team: running.and_then(|(_, team, _)| *team).map(str::to_owned),
        sources,
        wakes_last: count(last),
        wakes_before: count(before),
        since,
        again: held.iter().any(|(_, _, shift)| tonight.is_some_and(|night| night.overlaps(shift.window()))),
    })
}

const fn answers(role: ShiftRole) -> bool {
    matches!(role, ShiftRole::Primary | ShiftRole::Secondary | ShiftRole::Unknown)
}

/// The sleeping hours that begin on `day`.
fn tonight(day: NaiveDate, hours: &PersonHours) -> Option<Window> {
    let wall = |day: NaiveDate, minute: u16| {
        let local = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute));
        local.and_local_timezone(hours.zone).earliest().map(|at| Timestamp::from(at.to_utc()))
    };
    Some(Window::new(wall(day, hours.sleep_from)?, wall(day.checked_add_days(Days::new(1))?, hours.sleep_to)?))
}
