//! Schedules, rotations, shifts, leave, holidays.

use fairlead_domain::leave::{Holiday, Leave};
use fairlead_domain::person::PersonRef;
use fairlead_domain::schedule::{Rotation, Schedule, ScheduleSystem, Shift, ShiftOrigin, ShiftRole};

use super::{Each, Reading, person_ref, ref_columns};
use crate::column::Columns;
use crate::error::StoreError;

impl Reading<'_> {
    pub(super) fn each_schedule(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = "SELECT ext_id, name, system, timezone, team, url FROM schedule
            WHERE source_id = ?1 AND (deleted_at IS NULL OR deleted_at > ?2) ORDER BY ext_id";
        self.stream(sql, self.of_catalogue(), each, |row| {
            let schedule = Schedule {
                ext_id: row.get("ext_id")?,
                name: row.get("name")?,
                system: row.word("system", ScheduleSystem::from_word)?,
                timezone: row.get("timezone")?,
                team: row.get("team")?,
                url: row.get("url")?,
            };
            Ok(schedule.into())
        })
    }

    pub(super) fn each_rotation(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = "SELECT ext_id, schedule, name, ordinal FROM rotation
            WHERE source_id = ?1 AND (deleted_at IS NULL OR deleted_at > ?2) ORDER BY ext_id";
        self.stream(sql, self.of_catalogue(), each, |row| {
            let rotation = Rotation {
                ext_id: row.get("ext_id")?,
                schedule: row.get("schedule")?,
                name: row.get("name")?,
                ordinal: row.get("ordinal")?,
            };
            Ok(rotation.into())
        })
    }

    pub(super) fn each_shift(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = concat!(
            "SELECT h.ext_key, h.schedule, h.withheld, h.start, h.end, h.end_open, h.level, h.role, h.origin, h.rotation,
               other.ext_id AS other_id, coalesce(other.email, other.ref_email) AS other_email,
               coalesce(other.name, other.ref_name) AS other_name, ",
            ref_columns!(),
            " FROM shift h LEFT JOIN person_identity who ON who.id = h.identity_id
             LEFT JOIN person_identity other ON other.id = h.replaced_id
             WHERE h.source_id = ?1 AND (h.deleted_at IS NULL OR h.deleted_at > ?2) AND h.end > ?3 AND h.start < ?4
             ORDER BY h.ext_key"
        );
        self.stream(sql, self.of_spans(), each, |row| {
            let other: Option<String> = row.get("other_id")?;
            let (email, name) = (row.get("other_email")?, row.get("other_name")?);
            let shift = Shift {
                schedule: row.get("schedule")?,
                ext_key: row.get("ext_key")?,
                person: person_ref(row)?,
                withheld: row.get("withheld")?,
                start: row.at("start")?,
                end: row.at("end")?,
                end_open: row.get("end_open")?,
                level: row.get("level")?,
                role: row.word("role", ShiftRole::from_word)?,
                origin: row.word("origin", ShiftOrigin::from_word)?,
                replaced: other.map(|id| PersonRef { ext_id: Some(id), email, name }),
                rotation: row.get("rotation")?,
            };
            Ok(shift.into())
        })
    }

    pub(super) fn each_leave(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = concat!(
            "SELECT l.ext_key, l.start, l.end, ",
            ref_columns!(),
            " FROM leave l LEFT JOIN person_identity who ON who.id = l.identity_id
             WHERE l.source_id = ?1 AND (l.deleted_at IS NULL OR l.deleted_at > ?2) AND l.end > ?3 AND l.start < ?4
             ORDER BY l.ext_key"
        );
        self.stream(sql, self.of_spans(), each, |row| {
            let person = person_ref(row)?;
            Ok(Leave { ext_key: row.get("ext_key")?, person, start: row.at("start")?, end: row.at("end")? }.into())
        })
    }

    pub(super) fn each_holiday(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = "SELECT ext_key, name, start, end FROM holiday
            WHERE source_id = ?1 AND (deleted_at IS NULL OR deleted_at > ?2) AND end > ?3 AND start < ?4
            ORDER BY ext_key";
        self.stream(sql, self.of_spans(), each, |row| {
            let name = row.get("name")?;
            Ok(Holiday { ext_key: row.get("ext_key")?, name, start: row.at("start")?, end: row.at("end")? }.into())
        })
    }
}
