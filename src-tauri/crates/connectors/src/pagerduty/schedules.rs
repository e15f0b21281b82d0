//! Schedules: two systems, two lists, and no list of both.

use fairlead_domain::Item;
use fairlead_domain::schedule::{Schedule, ScheduleSystem};

use super::api::Resource;
use super::page_walk::Turn;
use super::source::{PagerDuty, fresh};
use super::{wire, zone};
use crate::http::Share;
use crate::{Batch, ConnectorError, Note, Request};

pub(super) const LAYERED: Resource =
    Resource::new("schedules", "schedules", "schedules", "who is on call is not known");

pub(super) const SHIFT_BASED: Resource = Resource {
    absent: &[400, 402, 404],
    ..Resource::new(
        "v3/schedules",
        "schedules",
        "shift-based schedules",
        "schedules of the newer kind are missing, and with them who is on call there",
    )
};

/// The list of shift-based schedules, as the second part of the walk.
const SECOND: u32 = 1;

impl PagerDuty {
    pub(super) async fn schedules(&self, request: &Request<'_>) -> Result<Batch, ConnectorError> {
        let turn = Turn::read(request.cursor);
        let (resource, system) = match turn.part {
            SECOND => (SHIFT_BASED, ScheduleSystem::Shift),
            _ => (LAYERED, ScheduleSystem::Layer),
        };
        let (page, step) = match self.page(&resource, &[], &turn, Share::Incremental).await {
            // Without the newer kind the older is worth having, but the list is not whole.
            Err(error @ ConnectorError::Forbidden { .. }) if turn.part == SECOND => {
                let note = Note { code: "schedules_forbidden", message: error.to_string(), incomplete: true };
                return Ok(Batch { notes: vec![note], ..Batch::default() });
            }
            read => read?,
        };
        let read = fresh(&page, &step).into_iter().map(wire::read::<wire::ScheduleHead>);
        let items = read.filter_map(|head| schedule(head, system, &request.known.schedules)).map(Item::from).collect();
        let next = match step.next {
            Some(next) => Some(next.text()),
            None if turn.part == SECOND => None,
            None => Some(Turn::part(SECOND).text()),
        };
        Ok(Batch { items, next, total: page.total, ..Batch::default() })
    }
}

/// A schedule of a list. The list of shift-based ones holds pointers; what the schedule's own page told of it before stays.
fn schedule(head: wire::ScheduleHead, system: ScheduleSystem, known: &[Schedule]) -> Option<Schedule> {
    let ext_id = head.id?;
    let before = known.iter().find(|known| known.ext_id == ext_id && known.system == system);
    let before = before.filter(|_| system == ScheduleSystem::Shift);
    Some(Schedule {
        name: head.name.or(head.summary).unwrap_or_else(|| ext_id.clone()),
        system,
        timezone: zone::iana(head.time_zone.as_deref()).or_else(|| before?.timezone.clone()),
        team: head.teams.into_iter().find_map(|team| team.id).or_else(|| before?.team.clone()),
        url: head.html_url.or_else(|| before?.url.clone()),
        ext_id,
    })
}
