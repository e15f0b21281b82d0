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
use fairlead_store::synced::{IncidentRow, Reader};

pub(super) use self::alerts::pages;
pub(in crate::views) use self::feeds::{hides_at_once, hides_now, kinds_resting_on, resting_on};
pub(super) use self::nights::{hours_of, key_of};
pub(super) use self::place::Place;
pub(in crate::views) use self::rota::{SHARE_DAYS, shares as rota_shares};

use self::feeds::reads;
use super::answer::SloCounts;
use super::facts::{Facts, SloFact};
use crate::config::Config;
use crate::views::answer::Warning;
use crate::views::freshness::Freshness;
use crate::views::oncall::read_rota;
use crate::views::pages::Notified;
use crate::views::slos::{JudgedSlo, Moment, judge_slos_at};

/// Days ahead in which gaps are looked for.
const AHEAD_DAYS: i64 = 14;
/// Days back in which incidents are asked for their postmortem and their severity's mapping: what the command line reads
/// of the past unless more is asked for.
const BACK_DAYS: i64 = 90;
/// Most severe incidents of that time that are looked at.
const MOST: u32 = 10_000;

/// Facts, and the sums that stand beside them.
pub(super) struct Gathered {
    pub facts: Facts,
    pub warnings: Vec<Warning>,
    pub open_incidents: Option<u32>,
    pub slo_counts: SloCounts,
    /// The incidents that were open, those that are left out too.
    pub open: Vec<IncidentRow>,
}

/// Everything known at two instants, and the notifications of both and of the time between them.
pub(super) struct Both {
    pub then: Gathered,
    pub now: Gathered,
    pub notified: Notified,
}

/// What people said of the rows: in the configuration, and by merging people; and of which team is asked.
#[derive(Clone, Copy)]
pub(super) struct Settings<'a> {
    pub config: &'a Config,
    pub aliases: &'a PersonAliases,
    /// Of this team alone; `None`: of all.
    pub team: Option<&'a str>,
}

impl Settings<'_> {
    /// Whether what belongs to `owner` is asked for. What nobody owns is everybody's, so that it is not lost between teams.
    pub(super) fn is_asked(&self, owner: Option<&str>) -> bool {
        self.team.zip(owner).is_none_or(|(asked, owner)| asked == owner)
    }

    /// The same of what has a place, which is looked for only where a team is asked.
    pub(super) fn is_asked_at(&self, place: impl FnOnce() -> Place) -> bool {
        self.team.is_none() || self.is_asked(place().team.as_deref())
    }
}

/// What is read once for both instants.
struct Shared<'a> {
    settings: Settings<'a>,
    notified: &'a Notified,
    last_seen: Timestamp,
}

/// Everything known at the last look and now.
pub(super) fn gather_both(
    reader: &Reader<'_>,
    settings: Settings<'_>,
    then: &Freshness,
    now: &Freshness,
) -> Result<Both, StoreError> {
    let moments = [then, now].map(|freshness| Moment { freshness, as_of: freshness.as_of });
    let [slos_then, slos_now] = judge_slos_at(reader, moments)?;
    let notified = paging::notified(reader, settings, then, now)?;
    let shared = Shared { settings, notified: &notified, last_seen: then.as_of };
    let (then, now) = (gather(reader, &shared, then, slos_then)?, gather(reader, &shared, now, slos_now)?);
    Ok(Both { then, now, notified })
}

/// Everything known at the instant of `freshness`.
fn gather(
    reader: &Reader<'_>,
    shared: &Shared<'_>,
    freshness: &Freshness,
    judged: Vec<JudgedSlo>,
) -> Result<Gathered, StoreError> {
    let now = freshness.as_of;
    let Settings { config, aliases, .. } = shared.settings;
    let is_asked = |owner: &Option<String>| shared.settings.is_asked(owner.as_deref());
    let ahead = Window::new(now, now.plus_days(AHEAD_DAYS));
    let month = Window::new(now, now.plus_days(rota::SHARE_DAYS));
    let mut rota = read_rota(reader, config, aliases, month)?;
    rota.schedules.retain(|schedule| is_asked(&schedule.team));
    let warnings = judged.iter().filter_map(JudgedSlo::warning).collect();
    let mut slos: Vec<SloFact> = judged.into_iter().map(|slo| slos::fact(config, slo)).collect();
    slos.retain(|slo| is_asked(&slo.team));
    let slo_counts = slos::count(&slos);
    let mut open = reader.open_incidents(now)?;
    open.retain(|row| shared.settings.is_asked_at(|| Place::of_incident(config, row)));
    let imported_or_read = reads(freshness, RecordKind::Incident) || incidents::has_incidents(reader, now)?;
    let trusted = imported_or_read && !feeds::is_blind(freshness, RecordKind::Incident);
    let mut schedules: Vec<_> = rota.schedules.iter().map(|schedule| rota::schedule_fact(schedule, ahead)).collect();
    rota::date_gaps(reader, config, aliases, &mut schedules, now)?;
    let mut facts = Facts {
        now,
        timezone: config.workspace.timezone,
        last_seen: shared.last_seen,
        sources: feeds::sources(freshness),
        on_call: rota.on_call_at(now),
        leaves: rota::leaves(reader, aliases, freshness, ahead)?,
        incidents: if imported_or_read { Some(incidents::open_incidents(reader, config, &open, now)?) } else { None },
        alerts: alerts::alerts(reader, config, freshness)?,
        schedules: (!rota.schedules.is_empty() || reads(freshness, RecordKind::Shift)).then_some(schedules),
        slos: (!slos.is_empty() || reads(freshness, RecordKind::Slo)).then_some(slos),
        awaited: feeds::awaited(freshness),
        ..Facts::unknown()
    };
    watch_pages(reader, shared, freshness, (&rota, &open), &mut facts)?;
    watch_silences(reader, config, freshness, &mut facts)?;
    watch_rota(reader, shared.settings, freshness, (&rota, month), &mut facts)?;
    watch_follow_up(reader, config, freshness, &mut facts)?;
    facts.freeze_breaches = match (reads(freshness, RecordKind::Change), reads(freshness, RecordKind::Maintenance)) {
        (true, true) => Ok(changes::freeze_breaches(reader, config, freshness)?),
        (false, _) => Err(facts.lacking(RecordKind::Change, "changes")),
        (true, false) => Err(facts.lacking(RecordKind::Maintenance, "freezes")),
    };
    facts.deploys = match (&facts.slos, reads(freshness, RecordKind::Change)) {
        (Some(slos), true) => changes::young_deploys(reader, config, freshness, slos)?,
        (None, true) => Err(facts.lacking(RecordKind::Slo, "SLOs")),
        (_, false) => Err(facts.lacking(RecordKind::Change, "changes")),
    };
    facts.terms = terms::terms(reader, freshness, &facts)?;
    facts.keep(&is_asked);
    facts.unmapped = match facts.sources.is_empty() {
        true => Err("no source is connected".to_owned()),
        false => Ok(mapping::unmapped(reader, shared.settings, now.plus_days(-BACK_DAYS), now)?),
    };
    let shown = facts.incidents.as_ref().filter(|_| trusted).map(|open| u32::try_from(open.len()).unwrap_or(u32::MAX));
    Ok(Gathered { facts, warnings, open_incidents: shown, slo_counts, open })
}

fn watch_pages(
    reader: &Reader<'_>,
    shared: &Shared<'_>,
    freshness: &Freshness,
    (rota, open): (&crate::views::oncall::Rota, &[IncidentRow]),
    facts: &mut Facts,
) -> Result<(), StoreError> {
    if reads(freshness, RecordKind::Page) {
        facts.pages = Ok(paging::unacknowledged(reader, shared, open, facts.now)?);
        facts.nights = nights::nights(shared, rota, facts.now);
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
    facts: &mut Facts,
) -> Result<(), StoreError> {
    facts.overdue = match reads(freshness, RecordKind::ActionItem) {
        true => Ok(follow_up::overdue(reader, freshness)?),
        false => Err(facts.lacking(RecordKind::ActionItem, "action items")),
    };
    facts.unreviewed = match (reads(freshness, RecordKind::Postmortem), &facts.incidents) {
        (true, Some(_)) => {
            let since = facts.now.plus_days(-BACK_DAYS);
            let grave = reader.grave_incidents(since, facts.now, MOST)?;
            Ok(follow_up::unreviewed(reader, config, freshness, &grave)?)
        }
        (true, None) => Err(facts.lacking(RecordKind::Incident, "incidents")),
        (false, _) => Err(facts.lacking(RecordKind::Postmortem, "postmortems")),
    };
    Ok(())
}
