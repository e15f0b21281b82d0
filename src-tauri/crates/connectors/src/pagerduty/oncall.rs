//! Who is on call now. One request a minute tells for all schedules whether anything changed; only what changed is read
//! again, so that its shifts are the same facts as those of the stream of shifts.

use std::collections::{BTreeMap, BTreeSet};

use fairlead_domain::Window;
use serde_json::Value;

use super::api::{ONCALLS_LANE, Resource};
use super::page_walk::Turn;
use super::source::PagerDuty;
use super::wire;
use crate::http::Share;
use crate::{Batch, ConnectorError, Request};

pub(super) const ONCALLS: Resource = Resource {
    lane: Some(ONCALLS_LANE),
    ..Resource::new("oncalls", "oncalls", "on-calls", "changes of who is on call show up within 30 minutes only")
};

/// Days around now that are read again of a schedule that changed.
const BACK_DAYS: i64 = 1;
const AHEAD_DAYS: i64 = 14;

/// Up to so many schedules the question names those that are kept, so that a large account answers for them alone.
const NAMED: usize = 50;

/// How cursors of the second half begin: the schedules that changed.
const CHANGED: &str = "changed";

/// Who holds each schedule, as digests.
type Held = BTreeMap<String, String>;

impl PagerDuty {
    pub(super) async fn on_call(&self, request: &Request<'_>) -> Result<Batch, ConnectorError> {
        if let Some(cursor) = request.cursor.and_then(|cursor| cursor.strip_prefix(CHANGED)) {
            return self.changed(request, cursor).await;
        }
        let ours: Vec<&str> = request.known.schedules.iter().map(|schedule| schedule.ext_id.as_str()).collect();
        if ours.is_empty() {
            return Ok(Batch::default());
        }
        let named = ours.iter().filter(|_| ours.len() <= NAMED).map(|id| ("schedule_ids[]", *id));
        let query: Vec<(&str, &str)> = std::iter::once(("time_zone", "UTC")).chain(named).collect();
        let mut entries: Vec<Value> = Vec::new();
        let mut turn = Turn::default();
        // All pages at once: only together they say who holds a schedule.
        loop {
            let (page, step) = self.page(&ONCALLS, &query, &turn, Share::Incremental).await?;
            entries.extend(page.entries);
            match step.next {
                Some(next) => turn = next,
                None => break,
            }
        }
        let held = held(&entries);
        let before = request.known.state.as_deref().and_then(|text| serde_json::from_str::<Held>(text).ok());
        let state = serde_json::to_string(&held).unwrap_or_default();
        // The first time there is nothing to compare with, and the shifts were just read.
        let changed: Vec<&str> = before.as_ref().map(|before| differing(before, &held)).unwrap_or_default();
        let changed: Vec<&str> = changed.into_iter().filter(|id| ours.contains(id)).collect();
        if changed.is_empty() {
            return Ok(Batch { state: Some(state), ..Batch::default() });
        }
        let plan = serde_json::to_string(&(&changed, &state)).unwrap_or_default();
        Ok(Batch { next: Some(format!("{CHANGED}\n\n{plan}")), ..Batch::default() })
    }

    /// The next schedule that changed. The cursor holds the one before, and the plan.
    async fn changed(&self, request: &Request<'_>, cursor: &str) -> Result<Batch, ConnectorError> {
        let (after, plan) = cursor.trim_start_matches('\n').rsplit_once('\n').unwrap_or(("", cursor.trim()));
        let Ok((ids, state)) = serde_json::from_str::<(Vec<String>, String)>(plan) else { return Ok(Batch::default()) };
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let window = Window::new(request.now.plus_days(-BACK_DAYS), request.now.plus_days(AHEAD_DAYS));
        let after = Some(after).filter(|after| !after.is_empty());
        let batch = self.shifts_of(&ids, after, request, window).await?;
        let next = batch.next.as_ref().map(|last| format!("{CHANGED}\n{last}\n{plan}"));
        let state = next.is_none().then_some(state);
        Ok(Batch { next, state, ..batch })
    }
}

/// Who holds each schedule, until when.
fn held(entries: &[Value]) -> Held {
    let mut holders: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for oncall in entries.iter().map(wire::read::<wire::Oncall>) {
        let Some(schedule) = oncall.schedule.and_then(|schedule| schedule.id) else { continue };
        let who = oncall.user.and_then(|user| user.id).unwrap_or_default();
        let at = |at: Option<fairlead_domain::Timestamp>| at.map(fairlead_domain::Timestamp::as_secs);
        holders.entry(schedule).or_default().insert(format!("{who} {:?} {:?}", at(oncall.start), at(oncall.end)));
    }
    let digest = |holders: BTreeSet<String>| {
        let text = holders.into_iter().collect::<Vec<_>>().join("\n");
        blake3::hash(text.as_bytes()).to_hex().chars().take(16).collect()
    };
    holders.into_iter().map(|(schedule, holders)| (schedule, digest(holders))).collect()
}

/// Schedules that somebody else holds than before, or that began or ceased to be held.
fn differing<'h>(before: &'h Held, now: &'h Held) -> Vec<&'h str> {
    let all: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    all.into_iter().filter(|id| before.get(*id) != now.get(*id)).map(String::as_str).collect()
}
