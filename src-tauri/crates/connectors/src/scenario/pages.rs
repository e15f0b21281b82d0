//! Who is notified: an escalation policy walked until somebody acknowledges.

use fairlead_domain::page::{Page, PageChannel};
use fairlead_domain::time::{DAY_MS, MINUTE_MS};
use fairlead_domain::{Timestamp, Window};

use super::plot::{Incident, Noise, Scenario};
use super::{draw, person_ref, rota};

/// What a person is sent, and how many minutes after being asked.
const LADDER: &[(i64, PageChannel)] = &[(0, PageChannel::Push), (2, PageChannel::Sms), (5, PageChannel::Voice)];

/// How long people take to answer noise, in minutes.
const NOISE_ANSWER_MINS: i64 = 1;

/// One notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call<'a> {
    /// Id of the person.
    pub person: &'a str,
    /// Level of the policy, the first is 1.
    pub level: u32,
    /// When.
    pub at: Timestamp,
    /// How.
    pub channel: PageChannel,
}

/// The notifications of something that begins at `start` and is acknowledged at `acked`.
#[must_use]
pub fn calls<'a>(scenario: &'a Scenario, service: &str, start: Timestamp, acked: Option<Timestamp>) -> Vec<Call<'a>> {
    let policy = scenario.service(service).and_then(|s| scenario.policy.iter().find(|p| p.id == s.policy));
    let answered = acked.unwrap_or(Timestamp::LATEST);
    let (mut calls, mut asked) = (Vec::new(), start);
    for (level, step) in (1_u32..).zip(policy.map(|p| p.levels.as_slice()).unwrap_or_default()) {
        if asked >= answered {
            break;
        }
        let until = asked.plus_millis(i64::from(step.timeout_mins) * MINUTE_MS);
        let people: Vec<&str> = step.schedules.iter().filter_map(|s| rota::holder(scenario, s, asked)).collect();
        for (minutes, channel) in LADDER {
            let at = asked.plus_millis(minutes * MINUTE_MS);
            if at < until.min(answered) {
                calls.extend(people.iter().map(|&person| Call { person, level, at, channel: *channel }));
            }
        }
        // An empty level is passed at once.
        asked = if people.is_empty() { asked } else { until };
    }
    calls
}

/// The notifications of an incident; none where it does not page.
#[must_use]
pub fn of_incident<'a>(scenario: &'a Scenario, incident: &Incident) -> Vec<Call<'a>> {
    if !incident.pages {
        return Vec::new();
    }
    let start = scenario.at(incident.start);
    calls(scenario, &incident.service, start, incident.acked.map(|mins| start.plus_millis(i64::from(mins) * MINUTE_MS)))
}

/// The occurrences of a noise that begin in `window`, by start.
#[must_use]
pub fn occurrences(scenario: &Scenario, noise: &Noise, window: Window) -> Vec<Window> {
    let span = scenario.span(noise.start, noise.end);
    let asked = span.intersect(window);
    if asked.is_empty() {
        return Vec::new();
    }
    let first = asked.start.floor_day().as_millis().div_euclid(DAY_MS);
    let last = asked.end.as_millis().div_euclid(DAY_MS);
    let lasts = i64::from(noise.lasts_mins) * MINUTE_MS;
    let occurrence = |day: i64| {
        let occurs = draw::unit(scenario.seed, ["noise", &noise.alert], day) < noise.per_day;
        let minute = (draw::unit(scenario.seed, ["noise time", &noise.alert], day) * 1_440.0) as i64;
        let start = Timestamp::from_millis(day * DAY_MS + minute * MINUTE_MS);
        (occurs && asked.contains(start)).then(|| Window::new(start, start.plus_millis(lasts)))
    };
    (first..=last).filter_map(occurrence).collect()
}

/// The pages sent in `window`, by time, as they stand at `now`.
#[must_use]
pub fn pages(scenario: &Scenario, window: Window, now: Timestamp) -> Vec<Page> {
    let mut pages: Vec<Page> = scenario
        .incident
        .iter()
        .flat_map(|incident| {
            let start = scenario.at(incident.start);
            let acked = incident.acked.map(|mins| start.plus_millis(i64::from(mins) * MINUTE_MS));
            let incident_id = Some(incident.id.as_str());
            let cause = Cause { id: &incident.id, incident: incident_id, service: &incident.service, acked };
            let calls = of_incident(scenario, incident);
            cause.pages(scenario, &calls, now)
        })
        .collect();
    for noise in &scenario.noise {
        for each in occurrences(scenario, noise, window) {
            let acked = Some(each.start.plus_millis(NOISE_ANSWER_MINS * MINUTE_MS));
            let id = format!("{}@{}", noise.alert, each.start.as_secs());
            let cause = Cause { id: &id, incident: None, service: &noise.service, acked };
            pages.extend(cause.pages(scenario, &calls(scenario, &noise.service, each.start, acked), now));
        }
    }
    pages.retain(|page| window.contains(page.sent_at));
    pages.sort_by(|a, b| (a.sent_at, &a.ext_id).cmp(&(b.sent_at, &b.ext_id)));
    pages
}

/// What people were notified of.
struct Cause<'a> {
    id: &'a str,
    incident: Option<&'a str>,
    service: &'a str,
    acked: Option<Timestamp>,
}

impl Cause<'_> {
    /// The pages of its notifications; whoever was reached last has answered.
    fn pages(&self, scenario: &Scenario, calls: &[Call<'_>], now: Timestamp) -> Vec<Page> {
        let answerer = calls.last().map(|call| call.person);
        let page = |(n, call): (usize, &Call<'_>)| {
            let answered_at = self.acked.filter(|&at| at <= now && Some(call.person) == answerer);
            Page {
                ext_id: format!("{}-{}", self.id, n + 1),
                person: person_ref(scenario, call.person),
                party: None,
                incident: self.incident.map(str::to_owned),
                sent_at: call.at,
                channel: call.channel,
                status: Some(if answered_at.is_some() { "acknowledged" } else { "delivered" }.to_owned()),
                answered_at,
                service: Some(self.service.to_owned()),
            }
        };
        calls.iter().enumerate().map(page).collect()
    }
}
