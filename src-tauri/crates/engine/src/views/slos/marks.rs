//! What happened to the service while the budget was spent: incidents, alerts, changes, planned work.

use std::collections::BTreeSet;

use fairlead_domain::{Timestamp, Window};
use fairlead_store::StoreError;
use fairlead_store::synced::{IncidentFilter, IncidentRow, Reader, SloRow};
use serde::Serialize;
use specta::Type;

use super::row::Common;
use crate::config::Config;
use crate::lookup;
use crate::views::hidden::hidden_by;

/// Incidents that began so long before the window are looked at: they may reach into it.
const BEFORE_DAYS: i64 = 14;
/// Most marks of one kind; the newest stay.
const MOST: usize = 200;
/// Most incidents of all services that are looked through.
const MOST_INCIDENTS: u32 = 20_000;

/// Something that happened to the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Mark {
    /// `incident`, `alert`, `change` or `maintenance`.
    pub kind: String,
    /// `source/id`.
    pub id: String,
    /// How people call it in a word: an incident's number, an alert's name, `deploy`.
    pub label: String,
    /// One line.
    pub title: String,
    /// When it began.
    #[specta(type = String)]
    pub at: Timestamp,
    /// When it was over; null when it is not, or has no length.
    #[specta(type = Option<String>)]
    pub ends_at: Option<Timestamp>,
    /// 1 (worst) to 5, of incidents.
    pub severity: Option<u8>,
    /// Its status, outcome or severity in the source's word.
    pub word: Option<String>,
    /// The source.
    pub source: String,
    /// Address in the source.
    pub url: Option<String>,
}

/// The marks of the service of an SLO, by time; and how many more there were than are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Marks {
    /// By time.
    pub marks: Vec<Mark>,
    /// Older ones that are left out.
    pub more: u32,
}

/// What happened to the service of `row` inside a window, up to its end.
pub(super) fn marks(
    reader: &Reader<'_>,
    common: &Common<'_>,
    row: &SloRow,
    window: Window,
) -> Result<Marks, StoreError> {
    let Some(service) = common.place(row).0 else { return Ok(Marks { marks: Vec::new(), more: 0 }) };
    let here = Here { config: common.config, service: &service };
    let kinds = [
        incidents(reader, &here, window)?,
        alerts(reader, &here, window)?,
        changes(reader, &here, window)?,
        maintenance(reader, &here, window)?,
    ];
    let (mut marks, mut more) = (Vec::new(), 0);
    for mut kind in kinds {
        kind.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        let left_out = kind.len().saturating_sub(MOST);
        more += left_out;
        marks.extend(kind.into_iter().skip(left_out));
    }
    marks.sort_by(|a, b| (a.at, &a.kind, &a.id).cmp(&(b.at, &b.kind, &b.id)));
    Ok(Marks { marks, more: u32::try_from(more).unwrap_or(u32::MAX) })
}

/// The service that is asked about.
struct Here<'a> {
    config: &'a Config,
    service: &'a str,
}

impl Here<'_> {
    /// Whether a thing that `source` calls so is of this service.
    fn is(&self, source: &str, id: Option<&str>, name: Option<&str>) -> bool {
        match lookup::service_of(self.config, source, id, name) {
            Some((known, _)) => known == self.service,
            None => name.or(id) == Some(self.service),
        }
    }

    /// Every name that a source may give it.
    fn names(&self) -> Vec<String> {
        let configured = self.config.services.get(self.service);
        let also = configured.into_iter().flat_map(|service| &service.also);
        let mut names = BTreeSet::from([self.service.to_owned()]);
        for name in also {
            names.insert(name.clone());
            names.extend(name.split_once(':').map(|(_, rest)| rest.to_owned()));
        }
        names.into_iter().collect()
    }
}

fn incidents(reader: &Reader<'_>, here: &Here<'_>, window: Window) -> Result<Vec<Mark>, StoreError> {
    let since = Some(window.start.plus_days(-BEFORE_DAYS));
    let filter = IncidentFilter { since, limit: MOST_INCIDENTS, ..IncidentFilter::at(window.end) };
    let rows = reader.incidents(&filter)?.incidents.into_iter();
    let mine = rows.filter(|row| {
        here.is(&row.source, row.service.as_deref(), row.service_name.as_deref())
            && hidden_by(here.config, row).is_none()
            && over_at(row).is_none_or(|over| over > window.start)
    });
    Ok(mine.map(incident).collect())
}

fn over_at(row: &IncidentRow) -> Option<Timestamp> {
    row.impact_end.or(row.mitigated_at).or(row.resolved_at).or(row.closed_at)
}

fn incident(row: IncidentRow) -> Mark {
    Mark {
        kind: "incident".to_owned(),
        id: format!("{}/{}", row.source, row.ext_id),
        at: row.impact_start.map_or(row.created_at, |start| start.min(row.created_at)),
        ends_at: over_at(&row),
        label: row.number.unwrap_or(row.ext_id),
        title: row.title,
        severity: row.severity,
        word: Some(row.status.word().to_owned()),
        source: row.source,
        url: row.url,
    }
}

fn alerts(reader: &Reader<'_>, here: &Here<'_>, window: Window) -> Result<Vec<Mark>, StoreError> {
    let rows = reader.alerts_begun(window, &here.names())?.into_iter();
    let mine = rows.filter(|row| here.is(&row.source, row.alert.service.as_deref(), None));
    let mark = |row: fairlead_store::synced::AlertRow| Mark {
        kind: "alert".to_owned(),
        id: format!("{}/{}@{}", row.source, row.alert.fingerprint, row.alert.start),
        title: row.alert.name.clone(),
        label: row.alert.name,
        at: row.alert.start,
        ends_at: row.alert.end.filter(|end| *end <= window.end),
        severity: None,
        word: row.alert.severity_raw,
        source: row.source,
        url: None,
    };
    Ok(mine.map(mark).collect())
}

fn changes(reader: &Reader<'_>, here: &Here<'_>, window: Window) -> Result<Vec<Mark>, StoreError> {
    let rows = reader.changes(window)?.into_iter();
    let mine = rows.filter(|row| here.is(&row.source, row.service.as_deref(), None));
    let mark = |row: fairlead_store::synced::ChangeRow| Mark {
        kind: "change".to_owned(),
        id: format!("{}/{}", row.source, row.ext_id),
        label: row.kind.word().to_owned(),
        title: row.title,
        at: row.at,
        ends_at: row.finished_at.filter(|end| *end <= window.end),
        severity: None,
        word: row.outcome,
        source: row.source,
        url: row.url,
    };
    Ok(mine.map(mark).collect())
}

fn maintenance(reader: &Reader<'_>, here: &Here<'_>, window: Window) -> Result<Vec<Mark>, StoreError> {
    let rows = reader.maintenance(window)?.into_iter();
    let mine = rows.filter(|row| row.maintenance.services.iter().any(|name| here.is(&row.source, Some(name), None)));
    let mark = |row: fairlead_store::synced::MaintenanceRow| Mark {
        kind: "maintenance".to_owned(),
        id: format!("{}/{}", row.source, row.maintenance.ext_key),
        label: row.maintenance.kind.word().to_owned(),
        title: row.maintenance.title,
        at: row.maintenance.start,
        ends_at: Some(row.maintenance.end),
        severity: None,
        word: None,
        source: row.source,
        url: None,
    };
    Ok(mine.map(mark).collect())
}
