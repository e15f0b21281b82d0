//! Alerts, silences, changes, maintenance.

use fairlead_domain::alert::{Alert, AlertStatus};
use fairlead_domain::change::{Change, ChangeKind};
use fairlead_domain::maintenance::{Maintenance, MaintenanceKind};
use fairlead_domain::silence::{Silence, SilenceState};

use super::{Each, Reading, person_ref, ref_columns};
use crate::column::Columns;
use crate::error::StoreError;

impl Reading<'_> {
    pub(super) fn each_alert(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = "SELECT fingerprint, name, start, end, resolution_secs, status, severity_raw, service, labels FROM alert
            WHERE source_id = ?1 AND (deleted_at IS NULL OR deleted_at > ?2) AND (end IS NULL OR end > ?3) AND start < ?4
            ORDER BY fingerprint, start";
        self.stream(sql, self.of_moments(), each, |row| {
            let stored = row.at_opt("end")?;
            let (end, status) = (self.range.known(stored), row.word("status", AlertStatus::from_word)?);
            let alert = Alert {
                fingerprint: row.get("fingerprint")?,
                name: row.get("name")?,
                start: row.at("start")?,
                end,
                resolution_secs: row.get("resolution_secs")?,
                status: if stored == end { status } else { AlertStatus::Firing },
                severity_raw: row.get("severity_raw")?,
                service: row.get("service")?,
                labels: row.json("labels")?,
            };
            Ok(alert.into())
        })
    }

    pub(super) fn each_silence(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = "SELECT ext_id, start, end, creator, comment, matchers, state FROM silence
            WHERE source_id = ?1 AND (deleted_at IS NULL OR deleted_at > ?2) AND end > ?3 AND start < ?4 ORDER BY ext_id";
        self.stream(sql, self.of_spans(), each, |row| {
            let silence = Silence {
                ext_id: row.get("ext_id")?,
                start: row.at("start")?,
                end: row.at("end")?,
                creator: row.get("creator")?,
                comment: row.get("comment")?,
                matchers: row.get("matchers")?,
                state: row.word("state", SilenceState::from_word)?,
            };
            Ok(silence.into())
        })
    }

    pub(super) fn each_change(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = concat!(
            "SELECT c.ext_id, c.kind, c.service, c.title, c.at, c.finished_at, c.outcome, c.url, ",
            ref_columns!(),
            " FROM change_event c LEFT JOIN person_identity who ON who.id = c.identity_id
             WHERE c.source_id = ?1 AND (c.deleted_at IS NULL OR c.deleted_at > ?2) AND c.at >= ?3 AND c.at < ?4
             ORDER BY c.ext_id"
        );
        self.stream(sql, self.of_moments(), each, |row| {
            let change = Change {
                ext_id: row.get("ext_id")?,
                kind: row.word("kind", ChangeKind::from_word)?,
                service: row.get("service")?,
                title: row.get("title")?,
                at: row.at("at")?,
                finished_at: self.range.known(row.at_opt("finished_at")?),
                outcome: row.get("outcome")?,
                author: person_ref(row)?,
                url: row.get("url")?,
            };
            Ok(change.into())
        })
    }

    pub(super) fn each_maintenance(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = "SELECT ext_key, kind, title, start, end, services FROM maintenance
            WHERE source_id = ?1 AND (deleted_at IS NULL OR deleted_at > ?2) AND end > ?3 AND start < ?4
            ORDER BY ext_key";
        self.stream(sql, self.of_spans(), each, |row| {
            let maintenance = Maintenance {
                ext_key: row.get("ext_key")?,
                kind: row.word("kind", MaintenanceKind::from_word)?,
                title: row.get("title")?,
                start: row.at("start")?,
                end: row.at("end")?,
                services: row.json("services")?,
            };
            Ok(maintenance.into())
        })
    }
}
