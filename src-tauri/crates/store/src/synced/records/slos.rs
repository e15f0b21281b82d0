//! SLOs, their hours, and the upstream's own figures.

use fairlead_domain::slo::{SliFigures, SliHour, SloUpstream};
use fairlead_domain::time::HOUR_MS;
use rusqlite::params;

use super::{Each, Reading};
use crate::column::Columns;
use crate::error::StoreError;
use crate::synced::slo::{slo_columns, slo_row};

impl Reading<'_> {
    pub(super) fn each_slo(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = concat!(
            slo_columns!(),
            "WHERE o.source_id = ?1 AND d.valid_from <= ?2 AND (d.valid_to IS NULL OR d.valid_to > ?2)
               AND (o.deleted_at IS NULL OR o.deleted_at > ?2) ORDER BY o.ext_id"
        );
        self.stream(sql, self.of_catalogue(), each, |row| Ok(slo_row(row)?.slo.into()))
    }

    /// Whole hours alone: one that ends after the instant asked for was not measured then.
    pub(super) fn each_hour(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = "SELECT o.ext_id, h.hour, h.good, h.total, h.ratio_sum, h.ratio_count, h.slices_good, h.slices
            FROM slo o CROSS JOIN sli_hour h ON h.slo_id = o.id
            WHERE o.source_id = ?1 AND (o.deleted_at IS NULL OR o.deleted_at > ?2) AND h.hour >= ?3 AND h.hour < ?4
            ORDER BY o.ext_id, h.hour";
        let ended = self.range.as_of.as_millis().saturating_sub(HOUR_MS).saturating_add(1);
        let values =
            params![self.source.0, self.range.as_of.as_millis(), self.range.since(), self.range.until().min(ended)];
        self.stream(sql, values, each, |row| {
            let figures = SliFigures {
                good: row.get("good")?,
                total: row.get("total")?,
                ratio_sum: row.get("ratio_sum")?,
                ratio_count: row.get("ratio_count")?,
                slices_good: row.get("slices_good")?,
                slices: row.get("slices")?,
            };
            Ok(SliHour { slo: row.get("ext_id")?, hour: row.at("hour")?, figures }.into())
        })
    }

    pub(super) fn each_upstream(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = "SELECT o.ext_id, u.at, u.remaining FROM slo o CROSS JOIN slo_upstream u ON u.slo_id = o.id
            WHERE o.source_id = ?1 AND (o.deleted_at IS NULL OR o.deleted_at > ?2) AND u.at >= ?3 AND u.at < ?4
            ORDER BY o.ext_id, u.at";
        self.stream(sql, self.of_moments(), each, |row| {
            let budget_remaining = row.get("remaining")?;
            Ok(SloUpstream { slo: row.get("ext_id")?, at: row.at("at")?, budget_remaining }.into())
        })
    }
}
