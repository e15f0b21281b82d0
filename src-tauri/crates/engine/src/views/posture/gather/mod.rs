//! Facts out of the database, for one instant; one file for each theme.

mod alerts;
mod changes;
mod feeds;
mod follow_up;
mod incidents;
mod mapping;
mod nights;
mod paging;
mod place;
mod rota;
mod rota_known;
mod slos;
mod terms;

use fairlead_domain::{RecordKind, Timestamp, Window};
use fairlead_store::StoreError;
use fairlead_store::authored::PersonAliases;
use fairlead_store::synced::{IncidentFilter, IncidentRow, Reader};

pub(super) use self::alerts::pages;
pub(in crate::views) use self::feeds::hides_now;
pub(super) use self::nights::{hours_of, key_of};
pub(super) use self::place::Place;

use self::feeds::reads;
use super::answer::SloCounts;
use super::facts::{Facts, SloFact};
use crate::config::Config;
use crate::views::answer::Warning;
use crate::views::freshness::Freshness;
use crate::views::oncall::read_rota;
use crate::views::slos::judge_slos;

/// Days ahead in which gaps are looked for.
const AHEAD_DAYS: i64 = 14;
/// Days back in which incidents are asked for their postmortem and their severity's mapping: what the command line reads
/// of the past unless more is asked for.
const BACK_DAYS: i64 = 90;
/// Most incidents of that time that are looked at.
const MOST: u32 = 10_000;

/// Facts, and the sums that stand beside them.
pub(super) struct Gathered {
    pub facts: Facts,
    pub warnings: Vec<Warning>,
    pub open_incidents: Option<u32>,
    pub slo_counts: SloCounts,
}

/// What people said of the rows: in the configuration, and by merging people.
#[derive(Clone, Copy)]
pub(super) struct Settings<'a> {
    pub config: &'a Config,
    pub aliases: &'a PersonAliases,
}

/// Everything known at the instant of `freshness`.
pub(super) fn gather(
    reader: &Reader<'_>,
    settings: Settings<'_>,
    freshness: &Freshness,
    last_seen: Timestamp,
) -> Result<Gathered, StoreError> {
    let now = freshness.as_of;
    let Settings { config, aliases } = settings;
    let ahead = Window::new(now, now.plus_days(AHEAD_DAYS));
    let month = Window::new(now, now.plus_days(rota::SHARE_DAYS));
    let rota = read_rota(reader, config, aliases, month)?;
    let judged = judge_slos(reader, freshness, now)?;
    let warnings = judged.iter().filter_map(crate::views::slos::JudgedSlo::warning).collect();
    let slos: Vec<SloFact> = judged.into_iter().map(|slo| slos::fact(config, slo)).collect();
    let slo_counts = slos::count(&slos);
    let recent = recent_incidents(reader, now)?;
    let imported_or_read = reads(freshness, RecordKind::Incident) || incidents::has_incidents(reader, now)?;
    let trusted = imported_or_read && !feeds::is_blind(freshness, RecordKind::Incident);
    let schedules = rota.schedules.iter().map(|schedule| rota::schedule_fact(schedule, ahead)).collect();
    let mut facts = Facts {
        now,
        timezone: config.workspace.timezone,
        last_seen,
        sources: feeds::sources(freshness),
        on_call: rota.on_call_at(now),
        leaves: rota::leaves(reader, aliases, freshness, ahead)?,
        incidents: if imported_or_read { Some(incidents::open_incidents(reader, config, now)?) } else { None },
        alerts: alerts::alerts(reader, config, freshness)?,
        freeze_breaches: changes::freeze_breaches(reader, config, freshness)?,
        schedules: (!rota.schedules.is_empty() || reads(freshness, RecordKind::Shift)).then_some(schedules),
        slos: (!slos.is_empty() || reads(freshness, RecordKind::Slo)).then_some(slos),
        awaited: feeds::awaited(freshness),
        ..Facts::unknown()
    };
    watch_pages(reader, settings, freshness, &rota, &mut facts)?;
    watch_silences(reader, config, freshness, &mut facts)?;
    watch_rota(reader, settings, freshness, (&rota, month), &mut facts)?;
    watch_follow_up(reader, config, freshness, &recent, &mut facts)?;
    facts.deploys = match (&facts.slos, reads(freshness, RecordKind::Change)) {
        (Some(slos), true) => changes::young_deploys(reader, config, freshness, slos)?,
        (None, true) => Err(facts.lacking(RecordKind::Slo, "SLOs")),
        (_, false) => Err(facts.lacking(RecordKind::Change, "changes")),
    };
    facts.terms = terms::terms(reader, freshness, &facts)?;
    facts.unmapped = match facts.sources.is_empty() {
        true => Err("no source is connected".to_owned()),
        false => Ok(mapping::unmapped(reader, settings, &recent, now)?),
    };
    let open = facts.incidents.as_ref().filter(|_| trusted).map(|open| u32::try_from(open.len()).unwrap_or(u32::MAX));
    Ok(Gathered { facts, warnings, open_incidents: open, slo_counts })
}

/// Incidents made in the last 90 days, as they stood at `now`.
fn recent_incidents(reader: &Reader<'_>, now: Timestamp) -> Result<Vec<IncidentRow>, StoreError> {
    let recent = IncidentFilter { since: Some(now.plus_days(-BACK_DAYS)), limit: MOST, ..IncidentFilter::at(now) };
    Ok(reader.incidents(&recent)?.incidents)
}

fn watch_pages(
    reader: &Reader<'_>,
    settings: Settings<'_>,
    freshness: &Freshness,
    rota: &crate::views::oncall::Rota,
    facts: &mut Facts,
) -> Result<(), StoreError> {
    if reads(freshness, RecordKind::Page) {
        facts.pages = Ok(paging::unacknowledged(reader, settings, facts.now)?);
        facts.nights = nights::nights(reader, settings, rota, facts.now)?;
    } else {
        let lacking = facts.lacking(RecordKind::Page, "pages");
        (facts.pages, facts.nights) = (Err(lacking.clone()), Err(lacking));
    }
    Ok(())
}

fn watch_silences(
    reader: &Reader<'_>,
    config: &Config,
    freshness: &Freshness,
    facts: &mut Facts,
) -> Result<(), StoreError> {
    facts.silences = match reads(freshness, RecordKind::Silence) {
        true => Ok(alerts::silences(reader, config, freshness)?),
        false => Err(facts.lacking(RecordKind::Silence, "silences")),
    };
    Ok(())
}

fn watch_rota(
    reader: &Reader<'_>,
    settings: Settings<'_>,
    freshness: &Freshness,
    (rota, month): (&crate::views::oncall::Rota, Window),
    facts: &mut Facts,
) -> Result<(), StoreError> {
    let Some(schedules) = &facts.schedules else {
        let lacking = facts.lacking(RecordKind::Shift, "shifts");
        (facts.next_shift_ends, facts.rota_shares) = (Err(lacking.clone()), Err(lacking.clone()));
        facts.rota_changes = Err(lacking);
        return Ok(());
    };
    facts.next_shift_ends = rota::next_shift_ends(schedules, facts.now);
    facts.rota_shares = rota::shares(rota, month);
    facts.rota_changes = rota_known::changes(reader, settings, freshness, rota, facts.last_seen)?;
    Ok(())
}

fn watch_follow_up(
    reader: &Reader<'_>,
    config: &Config,
    freshness: &Freshness,
    recent: &[IncidentRow],
    facts: &mut Facts,
) -> Result<(), StoreError> {
    facts.overdue = match reads(freshness, RecordKind::ActionItem) {
        true => Ok(follow_up::overdue(reader, freshness)?),
        false => Err(facts.lacking(RecordKind::ActionItem, "action items")),
    };
    facts.unreviewed = match (reads(freshness, RecordKind::Postmortem), &facts.incidents) {
        (true, Some(_)) => Ok(follow_up::unreviewed(reader, config, freshness, recent)?),
        (true, None) => Err(facts.lacking(RecordKind::Incident, "incidents")),
        (false, _) => Err(facts.lacking(RecordKind::Postmortem, "postmortems")),
    };
    Ok(())
}
