//! Shifts: one request for each schedule and window, because no list tells them for all.

use std::collections::BTreeMap;

use fairlead_domain::record::ReplaceSet;
use fairlead_domain::schedule::{Schedule, ScheduleSystem};
use fairlead_domain::{Item, RecordKind, Window};
use serde_json::Value;

use super::api::{Found, endpoint, in_path};
use super::bounds::{Bounds, share};
use super::person::Gone;
use super::schedules::{LAYERED, SHIFT_BASED};
use super::shift::{Rota, Seat};
use super::source::{PagerDuty, locked};
use super::{layered, shift_based, wire};
use crate::http::Share;
use crate::{Batch, ConnectorError, Note, Request};

/// What the layers of a schedule are called in a question.
const PARTS: [(&str, &str); 3] =
    [("include[]", "schedule_layers"), ("include[]", "overrides_subschedule"), ("include[]", "final_schedule")];

/// Schedules that a walk has read, by stream.
pub(super) type Progress = BTreeMap<String, Vec<String>>;

impl PagerDuty {
    /// The shifts of the next schedule. The cursor is the schedule before it.
    pub(super) async fn shifts(&self, request: &Request<'_>) -> Result<Batch, ConnectorError> {
        let known = &request.known.schedules;
        let ids: Vec<&str> = known.iter().map(|schedule| schedule.ext_id.as_str()).collect();
        self.shifts_of(&ids, request.cursor, request, request.window).await
    }

    /// The shifts of the schedule of `ids` that comes after `after`. After the last one the batch states for all that
    /// were read that they are complete.
    pub(super) async fn shifts_of(
        &self,
        ids: &[&str],
        after: Option<&str>,
        request: &Request<'_>,
        window: Window,
    ) -> Result<Batch, ConnectorError> {
        if after.is_none() {
            locked(&self.progress).remove(request.stream);
        }
        let mut wanted: Vec<&Schedule> =
            request.known.schedules.iter().filter(|schedule| ids.contains(&schedule.ext_id.as_str())).collect();
        wanted.sort_by(|a, b| a.ext_id.cmp(&b.ext_id));
        let mut rest = wanted.iter().filter(|schedule| after.is_none_or(|after| schedule.ext_id.as_str() > after));
        let Some(schedule) = rest.next() else { return Ok(Batch::default()) };
        let seat = Seat { level: request.known.levels.get(&schedule.ext_id).copied() };
        let mut batch = match self.rota(schedule, seat, window, share(window, request.now)).await? {
            Some(rota) => {
                let mut progress = locked(&self.progress);
                progress.entry(request.stream.to_owned()).or_default().push(schedule.ext_id.clone());
                self.rota_batch(rota)
            }
            None => Batch { notes: vec![vanished(schedule)], ..Batch::default() },
        };
        if rest.next().is_some() {
            batch.next = Some(schedule.ext_id.clone());
        } else {
            let read = locked(&self.progress).remove(request.stream).unwrap_or_default();
            let set = |parent| ReplaceSet { kind: RecordKind::Shift, parent, window };
            batch.complete = read.into_iter().map(set).collect();
        }
        batch.total = u64::try_from(wanted.len()).ok();
        Ok(batch)
    }

    fn rota_batch(&self, rota: Rota) -> Batch {
        let listed = self.listed();
        let mut gone = Gone::default();
        rota.users.iter().for_each(|user| gone.look(Some(user), listed.as_ref()));
        let mut items: Vec<Item> = gone.into_people().map(Item::from).collect();
        items.extend(rota.schedule.map(Item::from));
        items.extend(rota.rotations.into_iter().map(Item::from));
        let mut keys = std::collections::BTreeSet::new();
        items.extend(rota.shifts.into_iter().filter(|shift| keys.insert(shift.ext_key.clone())).map(Item::from));
        Batch { items, ..Batch::default() }
    }

    /// A schedule as it is in a window, by whichever system knows it; `None` when neither does. A schedule may have been
    /// moved to the other system since it was listed.
    async fn rota(
        &self,
        schedule: &Schedule,
        seat: Seat,
        window: Window,
        share: Share,
    ) -> Result<Option<Rota>, ConnectorError> {
        let own = match schedule.system {
            ScheduleSystem::Shift => self.shift_based(schedule, seat, window, share).await?,
            _ => self.layered(schedule, seat, window, share).await?,
        };
        if own.is_some() {
            return Ok(own);
        }
        match schedule.system {
            ScheduleSystem::Shift => self.layered(schedule, seat, window, share).await,
            _ => self.shift_based(schedule, seat, window, share).await,
        }
    }

    async fn layered(
        &self,
        schedule: &Schedule,
        seat: Seat,
        window: Window,
        share: Share,
    ) -> Result<Option<Rota>, ConnectorError> {
        let path = format!("schedules/{}", in_path(&schedule.ext_id));
        let bounds = Bounds::of(window);
        let query: Vec<(&str, &str)> = bounds.query().into_iter().chain([("overflow", "true")]).chain(PARTS).collect();
        let found = self.api.one(&path, "schedule", &query, endpoint(LAYERED.what, LAYERED.lost, share)).await?;
        let Found::Object(document) = found else { return Ok(None) };
        if document.get("final_schedule").is_none_or(Value::is_null) {
            return Err(self.no_entries(schedule));
        }
        Ok(Some(layered::rota(&schedule.ext_id, wire::read(&document), seat, window)))
    }

    async fn shift_based(
        &self,
        schedule: &Schedule,
        seat: Seat,
        window: Window,
        share: Share,
    ) -> Result<Option<Rota>, ConnectorError> {
        let path = format!("v3/schedules/{}", in_path(&schedule.ext_id));
        let bounds = Bounds::of(window);
        let mut query: Vec<(&str, &str)> = bounds.query().into_iter().chain([("overflow", "true")]).collect();
        query.push(("include[]", "final_schedule"));
        let endpoint = endpoint(SHIFT_BASED.what, SHIFT_BASED.lost, share);
        let Found::Object(document) = self.api.one(&path, "schedule", &query, endpoint).await? else { return Ok(None) };
        if document.get("final_schedule").is_none_or(Value::is_null) {
            return Err(self.no_entries(schedule));
        }
        let answer: wire::ShiftBased = wire::read(&document);
        let mut replaced = shift_based::Replaced::new();
        if shift_based::has_overrides(&answer) {
            query.pop();
            replaced = self.replaced(&path, &query, share).await?;
        }
        Ok(Some(shift_based::rota(schedule, answer, &replaced, seat, window)))
    }

    /// Whom the overrides of a shift-based schedule replace.
    async fn replaced(
        &self,
        path: &str,
        query: &[(&str, &str)],
        share: Share,
    ) -> Result<shift_based::Replaced, ConnectorError> {
        let path = format!("{path}/overrides");
        let mut found = shift_based::Replaced::new();
        let mut offset = 0;
        loop {
            let endpoint = endpoint("overrides of schedules", "whom an override replaced is not known", share);
            let page = match self.api.part(&path, &["overrides", "override_shifts"], query, offset, endpoint).await {
                // That there was an override is known without it.
                Err(ConnectorError::Forbidden { .. }) => return Ok(found),
                page => page?,
            };
            let overrides: Vec<wire::OverrideShift> = page.entries.iter().map(wire::read).collect();
            found.extend(shift_based::replaced(&overrides));
            offset += page.entries.len() as u64;
            if !page.more || page.entries.is_empty() || offset >= super::api::REACH {
                return Ok(found);
            }
        }
    }

    fn no_entries(&self, schedule: &Schedule) -> ConnectorError {
        ConnectorError::Decode {
            host: self.api.host(),
            expected: format!("the shifts of the schedule {}", schedule.name),
            reason: "there is no final_schedule in it".into(),
        }
    }
}

fn vanished(schedule: &Schedule) -> Note {
    let message = format!(
        "the schedule {} is listed and cannot be opened (HTTP 404): its shifts stay as they were last read",
        schedule.name
    );
    Note { code: "schedule_missing", message, incomplete: false }
}
