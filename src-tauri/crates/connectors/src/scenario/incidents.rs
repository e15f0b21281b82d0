//! Incidents as they stand at an instant, and their timelines.

use fairlead_domain::incident::{
    AckSource, Incident, IncidentKind, IncidentStatus, Responder, TimelineEvent, TimelineKind,
};
use fairlead_domain::time::MINUTE_MS;
use fairlead_domain::{Timestamp, Window};

use super::plot::{self, Scenario};
use super::{pages, person_ref};

/// The incidents made in `window`, and those of `also`, as they stand at `now`.
#[must_use]
pub fn incidents(scenario: &Scenario, window: Window, also: &[String], now: Timestamp) -> Vec<Incident> {
    let asked = |plot: &&plot::Incident| {
        let start = scenario.at(plot.start);
        start <= now && (window.contains(start) || also.contains(&plot.id))
    };
    scenario.incident.iter().filter(asked).map(|plot| incident(scenario, plot, now)).collect()
}

/// The entries of timelines written in `window`, by time.
#[must_use]
pub fn timeline(scenario: &Scenario, window: Window) -> Vec<TimelineEvent> {
    let mut events: Vec<TimelineEvent> = scenario.incident.iter().flat_map(|plot| entries(scenario, plot)).collect();
    events.retain(|event| window.contains(event.at));
    events.sort_by(|a, b| (a.at, &a.ext_id).cmp(&(b.at, &b.ext_id)));
    events
}

/// An incident as it stands at `now`.
fn incident(scenario: &Scenario, plot: &plot::Incident, now: Timestamp) -> Incident {
    let start = scenario.at(plot.start);
    let past = |minutes: Option<u32>| minutes.map(|m| after(start, m)).filter(|&at| at <= now);
    let (acked_at, mitigated_at, resolved_at) = (past(plot.acked), past(plot.mitigated), past(plot.resolved));
    let status = match (acked_at, mitigated_at, resolved_at) {
        (_, _, Some(_)) => IncidentStatus::Resolved,
        (_, Some(_), None) => IncidentStatus::Mitigated,
        (Some(_), None, None) => IncidentStatus::Acked,
        (None, None, None) => IncidentStatus::Open,
    };
    let updated_at = entries(scenario, plot).into_iter().map(|event| event.at).filter(|&at| at <= now).max();
    Incident {
        ext_id: plot.id.clone(),
        kind: IncidentKind::Paged,
        number: Some(plot.number.clone()),
        title: plot.title.clone(),
        status,
        status_raw: Some(status.word().to_owned()),
        severity: Some(plot.severity),
        severity_raw: Some(format!("SEV{}", plot.severity)),
        urgency: Some(if plot.pages { "high" } else { "low" }.to_owned()),
        service: Some(plot.service.clone()),
        teams: scenario.service(&plot.service).map(|service| service.team.clone()).into_iter().collect(),
        created_at: start,
        acked_at,
        ack_source: acked_at.map(|_| AckSource::Timeline),
        mitigated_at,
        resolved_at,
        closed_at: None,
        updated_at,
        impact_start: Some(start),
        impact_end: mitigated_at.or(resolved_at),
        merged_into: None,
        is_test: false,
        url: scenario.addresses.pager.as_ref().map(|base| format!("{base}/incidents/{}", plot.id)),
        responders: responders(scenario, plot, now),
        links: Vec::new(),
        custom_fields: Vec::new(),
    }
}

/// Whoever acknowledged, then those who joined.
fn responders(scenario: &Scenario, plot: &plot::Incident, now: Timestamp) -> Vec<Responder> {
    let start = scenario.at(plot.start);
    let acked = plot.acked.and_then(|mins| Some((answerer(scenario, plot)?, "responder", after(start, mins))));
    let joined = plot.responders.iter().map(|r| (r.person.as_str(), r.role.as_str(), after(start, r.after)));
    let responder = |(id, role, at): (&str, &str, Timestamp)| {
        let person = person_ref(scenario, id)?;
        Some(Responder { person, role: Some(role.to_owned()), assigned_at: Some(at) })
    };
    acked.into_iter().chain(joined).filter(|&(_, _, at)| at <= now).filter_map(responder).collect()
}

/// Id of the person who acknowledged: whoever was reached last.
fn answerer<'a>(scenario: &'a Scenario, plot: &plot::Incident) -> Option<&'a str> {
    pages::of_incident(scenario, plot).last().map(|call| call.person)
}

/// The whole timeline, by time. Its order gives the ids, so that they do not depend on when it is asked for.
fn entries(scenario: &Scenario, plot: &plot::Incident) -> Vec<TimelineEvent> {
    let start = scenario.at(plot.start);
    let mut lines = vec![Line { at: start, kind: TimelineKind::Trigger, actor: None, text: plot.title.clone() }];
    let mut level = 1;
    for call in pages::of_incident(scenario, plot) {
        if call.level > level {
            level = call.level;
            let text = format!("escalated to level {level}");
            lines.push(Line { at: call.at, kind: TimelineKind::Escalate, actor: None, text });
        }
        let text = format!("notified by {}", call.channel);
        lines.push(Line { at: call.at, kind: TimelineKind::Notify, actor: Some(call.person), text });
    }
    let steps = [
        (plot.acked, TimelineKind::Ack, "acknowledged"),
        (plot.mitigated, TimelineKind::Status, "mitigated"),
        (plot.resolved, TimelineKind::Resolve, "resolved"),
    ];
    for (minutes, kind, text) in steps {
        let Some(minutes) = minutes else { continue };
        let actor = answerer(scenario, plot);
        lines.push(Line { at: after(start, minutes), kind, actor, text: text.to_owned() });
    }
    for note in &plot.notes {
        let (at, actor) = (after(start, note.after), Some(note.person.as_str()));
        lines.push(Line { at, kind: TimelineKind::Note, actor, text: note.text.clone() });
    }
    lines.sort_by_key(|line| line.at);
    lines.into_iter().enumerate().map(|(n, line)| line.event(scenario, plot, n + 1)).collect()
}

/// One entry before it has an id.
struct Line<'a> {
    at: Timestamp,
    kind: TimelineKind,
    actor: Option<&'a str>,
    text: String,
}

impl Line<'_> {
    fn event(self, scenario: &Scenario, plot: &plot::Incident, n: usize) -> TimelineEvent {
        TimelineEvent {
            ext_id: format!("{}-t{n}", plot.id),
            incident: Some(plot.id.clone()),
            at: self.at,
            kind: self.kind,
            actor: self.actor.and_then(|id| person_ref(scenario, id)),
            raw_type: Some(self.kind.word().to_owned()),
            text: Some(self.text),
        }
    }
}

/// So many minutes after `start`.
fn after(start: Timestamp, minutes: u32) -> Timestamp {
    start.plus_millis(i64::from(minutes) * MINUTE_MS)
}
