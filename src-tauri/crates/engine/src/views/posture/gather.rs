//! Facts out of the database, for one instant.

use fairlead_domain::time::DAY_MS;
use fairlead_domain::{Timestamp, Window};
use fairlead_store::StoreError;
use fairlead_store::authored::PersonAliases;
use fairlead_store::synced::{IncidentFilter, IncidentRow, Reader};

use super::answer::SloCounts;
use super::facts::{
    AlertFact, ChangeFact, Facts, IncidentFact, LeaveFact, ScheduleFact, ShiftFact, SloFact, SourceFact,
};
use crate::config::Config;
use crate::lookup;
use crate::views::answer::Warning;
use crate::views::freshness::Freshness;
use crate::views::hidden::hidden_by;
use crate::views::oncall::{ScheduleRota, read_rota};
use crate::views::slos::judge_slos;

/// How far ahead the rota is looked at.
const AHEAD_MS: i64 = 14 * DAY_MS;
/// Facts, and the sums that stand beside them.
pub(super) struct Gathered {
    pub facts: Facts,
    pub warnings: Vec<Warning>,
    pub open_incidents: Option<u32>,
    pub slo_counts: SloCounts,
}

/// Which kinds rest on which stream.
const FEEDS: &[(&str, &[&str])] = &[
    ("shifts", &["nobody_on_call", "gap_ahead"]),
    ("incidents", &["major_open", "incident_stale"]),
    ("sli_counts", &["fast_burn", "budget_spent", "budget_soon"]),
    ("sli_ratio", &["fast_burn", "budget_spent", "budget_soon"]),
    ("alerts", &["alert_zombie"]),
    ("leave", &["leave_conflict"]),
];

/// What people said of the rows: in the configuration, and by merging people.
#[derive(Clone, Copy)]
pub(super) struct Settings<'a> {
    pub config: &'a Config,
    pub aliases: &'a PersonAliases,
}

pub(super) fn gather(
    reader: &Reader<'_>,
    settings: Settings<'_>,
    freshness: &Freshness,
    last_seen: Timestamp,
) -> Result<Gathered, StoreError> {
    let now = freshness.as_of;
    let window = Window::new(now, now.plus_millis(AHEAD_MS));
    let Settings { config, aliases } = settings;
    let rota = read_rota(reader, config, aliases, window)?;
    let on_call = rota.on_call_at(now);
    let schedules = rota.schedules.iter().map(|schedule| schedule_fact(schedule, window)).collect();
    let judged = judge_slos(reader, freshness, now)?;
    let warnings = judged.iter().filter_map(crate::views::slos::JudgedSlo::warning).collect();
    let slos: Vec<SloFact> = judged
        .into_iter()
        .map(|slo| {
            let named = slo.entry.service.clone();
            let service = named.as_deref().and_then(|name| lookup::service(config, &slo.entry.source, name));
            SloFact {
                service: service.map(|(name, _)| name.to_owned()).or_else(|| named.clone()),
                tier: service.and_then(|(_, service)| service.tier),
                team: service.and_then(|(_, service)| service.team.clone()),
                window_hours: slo.window_hours,
                newest_hour: slo.newest_hour,
                source_failed: slo.stream_failed,
                entry: slo.entry,
            }
        })
        .collect();
    let incidents = open_incidents(reader, config, now)?;
    let imported_or_read = has_stream(freshness, "incidents") || has_incidents(reader, now)?;
    let trusted = imported_or_read && !is_blind(freshness, "incidents");
    let facts = Facts {
        now,
        timezone: config.workspace.timezone,
        last_seen,
        sources: sources(freshness),
        on_call,
        leaves: leaves(reader, aliases, freshness, window)?,
        incidents: imported_or_read.then_some(incidents),
        alerts: alerts(reader, config, freshness)?,
        freeze_breaches: freeze_breaches(reader, config, freshness)?,
        schedules: (!rota.schedules.is_empty() || has_stream(freshness, "shifts")).then_some(schedules),
        slos: (!slos.is_empty() || has_stream(freshness, "slos")).then_some(slos),
    };
    let open = facts.incidents.as_ref().filter(|_| trusted).map(|open| u32::try_from(open.len()).unwrap_or(u32::MAX));
    let slo_counts = count(facts.slos.as_deref().unwrap_or_default());
    Ok(Gathered { facts, warnings, open_incidents: open, slo_counts })
}

/// Whether any incident is stored, also of a file.
fn has_incidents(reader: &Reader<'_>, now: Timestamp) -> Result<bool, StoreError> {
    Ok(!reader.incidents(&IncidentFilter { limit: 1, ..IncidentFilter::at(now) })?.incidents.is_empty())
}

/// Whether a configured source has such a stream that was ever read.
fn has_stream(freshness: &Freshness, stream: &str) -> bool {
    freshness.sources.values().any(|source| source.streams.contains_key(stream))
}

/// Whether such a stream of some source failed at its last run, or never succeeded.
fn is_blind(freshness: &Freshness, stream: &str) -> bool {
    let with = freshness.sources.values().filter(|source| source.streams.contains_key(stream));
    with.into_iter().any(|source| source.is_blind_for(&[stream]))
}

fn sources(freshness: &Freshness) -> Vec<SourceFact> {
    let fact = |(name, runs): (&String, &crate::views::freshness::SourceRuns)| {
        let mut feeds: Vec<&'static str> = Vec::new();
        for (_, kinds) in FEEDS.iter().filter(|(stream, _)| runs.streams.contains_key(*stream)) {
            feeds.extend(kinds.iter().filter(|kind| !feeds.contains(*kind)).copied().collect::<Vec<_>>());
        }
        SourceFact {
            name: name.clone(),
            last_ok_at: runs.last_ok_at(),
            stale: runs.is_stale(freshness.as_of),
            error: runs.error().map(|error| (error.code.clone(), error.message.clone())),
            feeds,
        }
    };
    freshness.sources.iter().map(fact).collect()
}

fn schedule_fact(schedule: &ScheduleRota, window: Window) -> ScheduleFact {
    let now = Window::new(window.start, window.start.plus_millis(1));
    let cover_now = schedule.cover(now);
    let due_now = cover_now.as_ref().map(|cover| !cover.held.is_empty() || !cover.gaps.is_empty());
    ScheduleFact {
        name: schedule.name.clone(),
        source: schedule.source.clone(),
        team: schedule.team.clone(),
        held_now: cover_now.is_none_or(|cover| cover.gaps.is_empty()),
        due_now,
        gaps: schedule.cover(window).map(|cover| cover.gaps.as_slice().to_vec()).unwrap_or_default(),
        backup: schedule.config.as_ref().and_then(|config| config.backup.clone()),
        shifts: schedule
            .shifts
            .iter()
            .map(|shift| ShiftFact {
                person_key: shift.person_key.clone(),
                person: shift.row.person.as_ref().map(|person| person.name.clone()),
                window: shift.window(),
            })
            .collect(),
    }
}

fn leaves(
    reader: &Reader<'_>,
    aliases: &PersonAliases,
    freshness: &Freshness,
    window: Window,
) -> Result<Option<Vec<LeaveFact>>, StoreError> {
    if !has_stream(freshness, "leave") {
        return Ok(None);
    }
    let rows = reader.leaves(window)?.into_iter().map(|row| LeaveFact {
        person_key: row.person.map(|person| aliases.resolve(&row.source, &person.identity, person.key).to_string()),
        window: Window::new(row.start, row.end),
    });
    Ok(Some(rows.collect()))
}

fn open_incidents(reader: &Reader<'_>, config: &Config, now: Timestamp) -> Result<Vec<IncidentFact>, StoreError> {
    let rows = reader.open_incidents(now)?;
    let shown = rows.into_iter().filter(|row| hidden_by(config, row).is_none());
    Ok(shown.map(|row| incident_fact(config, row)).collect())
}

fn incident_fact(config: &Config, row: IncidentRow) -> IncidentFact {
    // A source is mapped by the service's id or by its name.
    let names = [&row.service, &row.service_name];
    let mut known = names.into_iter().flatten();
    let service = known.find_map(|name| lookup::service(config, &row.source, name));
    let named = row.service_name.clone().or_else(|| row.service.clone());
    IncidentFact {
        id: format!("{}/{}", row.source, row.ext_id),
        tier: service.and_then(|(_, service)| service.tier),
        team: service.and_then(|(_, service)| service.team.clone()),
        service: service.map(|(name, _)| name.to_owned()).or(named),
        number: row.number.unwrap_or(row.ext_id),
        source: row.source,
        title: row.title,
        severity: row.severity,
        created_at: row.created_at,
        updated_at: [row.acked_at, row.mitigated_at].into_iter().flatten().max(),
        url: row.url,
    }
}

fn alerts(reader: &Reader<'_>, config: &Config, freshness: &Freshness) -> Result<Option<Vec<AlertFact>>, StoreError> {
    if !has_stream(freshness, "alerts") {
        return Ok(None);
    }
    let facts = reader.firing_alerts(freshness.as_of)?.into_iter().map(|row| {
        let service = row.alert.service.as_deref().and_then(|name| lookup::service(config, &row.source, name));
        AlertFact {
            id: format!("{}/{}@{}", row.source, row.alert.fingerprint, row.alert.start),
            tier: service.and_then(|(_, service)| service.tier),
            source: row.source,
            name: row.alert.name,
            severity: row.alert.severity_raw,
            service: service.map(|(name, _)| name.to_owned()).or(row.alert.service),
            start: row.alert.start,
        }
    });
    Ok(Some(facts.collect()))
}

/// Changes of the last day that lie inside a freeze; `None` while no freeze or no source of changes is known.
fn freeze_breaches(
    reader: &Reader<'_>,
    config: &Config,
    freshness: &Freshness,
) -> Result<Option<Vec<ChangeFact>>, StoreError> {
    use fairlead_domain::maintenance::MaintenanceKind;
    if !has_stream(freshness, "changes") || !has_stream(freshness, "freezes") {
        return Ok(None);
    }
    let day = Window::new(freshness.as_of.plus_days(-1), freshness.as_of);
    let freezes: Vec<_> = reader
        .maintenance(day)?
        .into_iter()
        .map(|row| row.maintenance)
        .filter(|maintenance| maintenance.kind == MaintenanceKind::Freeze)
        .collect();
    let breaches = reader.changes(day)?.into_iter().filter_map(|change| {
        let freeze = freezes.iter().find(|freeze| {
            let concerns =
                change.service.as_ref().is_none_or(|s| freeze.services.is_empty() || freeze.services.contains(s));
            concerns && Window::new(freeze.start, freeze.end).contains(change.at)
        })?;
        let service = change.service.as_deref().and_then(|name| lookup::service(config, &change.source, name));
        Some(ChangeFact {
            tier: service.and_then(|(_, service)| service.tier),
            title: change.title,
            service: change.service,
            at: change.at,
            source: change.source,
            freeze: freeze.title.clone(),
        })
    });
    Ok(Some(breaches.collect()))
}

fn count(slos: &[SloFact]) -> SloCounts {
    let mut counts = SloCounts::default();
    for slo in slos {
        let place = match slo.entry.state.as_str() {
            "ok" => &mut counts.ok,
            "warn" => &mut counts.warn,
            "critical" => &mut counts.critical,
            "spent" => &mut counts.spent,
            "no_traffic" => &mut counts.no_traffic,
            _ => &mut counts.unknown,
        };
        *place += 1;
    }
    counts
}
