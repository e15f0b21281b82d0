//! What the server knows and does with a request, short of the wire.

use std::time::{Duration, Instant};

use fairlead_domain::Timestamp;
use serde_json::Value;

use super::answer::Answer;
use super::asked::Asked;
use super::fault::{Fault, When};
use super::pace::{Bucket, Left, Watch};
use super::quirks::Quirks;
use super::routes::{ANALYTICS, Route, route};
use super::view::View;
use crate::scenario::Scenario;
use crate::scenario::mutation::Mutation;

/// A request that came, and what it got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// From 1 on.
    pub number: u64,
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The parameters, decoded, in their order.
    pub query: Vec<(String, String)>,
    /// The status of the answer.
    pub status: u16,
    /// Since the server's start.
    pub at: Duration,
}

/// A request as it comes off the wire.
#[derive(Debug, Default)]
pub(super) struct Arrival {
    pub(super) method: String,
    pub(super) path: String,
    /// `None` when the query is not decodable.
    pub(super) query: Option<Vec<(String, String)>>,
    pub(super) authorization: Option<String>,
    pub(super) accept: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) body: Vec<u8>,
}

/// An answer for the wire.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
    pub(super) fault: Option<Fault>,
}

pub(super) struct State {
    pub(super) story: Scenario,
    pub(super) quirks: Quirks,
    timeline: Vec<(Timestamp, u32, u32)>,
    started: Instant,
    pub(super) log: Vec<Seen>,
    pub(super) violations: Vec<String>,
    pub(super) faults: Vec<(When, Fault)>,
    pub(super) changes: Vec<(When, Mutation)>,
    bucket: Bucket,
    oncalls: Bucket,
    pub(super) watch: Watch,
    token_generation: u64,
    token_used: u64,
}

impl State {
    pub(super) fn new(story: Scenario, quirks: Quirks, now: Instant) -> Self {
        let mut state = Self {
            timeline: Vec::new(),
            started: now,
            log: Vec::new(),
            violations: Vec::new(),
            faults: Vec::new(),
            changes: Vec::new(),
            bucket: Bucket::new(quirks.rate, now),
            oncalls: Bucket::new(quirks.oncalls_rate, now),
            watch: Watch::default(),
            token_generation: 1,
            token_used: 0,
            story,
            quirks,
        };
        state.line_up();
        state
    }

    /// Puts every moment in its place in time, newest first.
    fn line_up(&mut self) {
        self.timeline.clear();
        for case in &self.story.cases {
            let places = (0..).zip(&case.moments);
            self.timeline.extend(places.map(|(place, moment)| (moment.at, case.number, place)));
        }
        self.timeline.sort_unstable_by(|a, b| b.cmp(a));
    }

    pub(super) fn mutate(&mut self, mutation: Mutation) -> Option<u32> {
        let made = self.story.mutate(mutation);
        self.line_up();
        made
    }

    pub(super) fn token(&self) -> String {
        match self.quirks.token_lasts {
            Some(_) => format!("{}-{}", self.quirks.token, self.token_generation),
            None => self.quirks.token.clone(),
        }
    }

    pub(super) fn receive(&mut self, arrival: Arrival, now: Instant) -> Reply {
        self.watch.arrive(now);
        let due = take(&mut self.changes, &arrival.path);
        for mutation in due {
            self.mutate(mutation);
        }
        let fault = take(&mut self.faults, &arrival.path).into_iter().next();
        let mut left = self.bucket.take(now);
        if arrival.path == "/oncalls" && !left.refused {
            left = self.oncalls.take(now);
        }
        let answer = self.answer(&arrival, fault.as_ref(), left, now);
        self.log.push(Seen {
            number: self.watch.pace.requests,
            method: arrival.method,
            path: arrival.path,
            query: arrival.query.unwrap_or_default(),
            status: answer.status,
            at: now.duration_since(self.started),
        });
        self.reply(&answer, fault, left)
    }

    fn answer(&mut self, arrival: &Arrival, fault: Option<&Fault>, left: Left, now: Instant) -> Answer {
        match fault {
            Some(Fault::TooMany(secs)) => {
                self.watch.refuse(now, secs.map(u64::from));
                return Answer::too_many();
            }
            Some(Fault::Status(status)) => return Answer { status: *status, body: Value::Null },
            _ if left.refused => {
                self.watch.refuse(now, self.quirks.limit_headers.then_some(left.reset_secs));
                return Answer::too_many();
            }
            _ => {}
        }
        if let Err(refusal) = self.admit(arrival) {
            return refusal;
        }
        let found = match (arrival.method.as_str(), arrival.path.as_str()) {
            ("GET", path) => route(path),
            ("POST", path) if path == ANALYTICS.path && self.quirks.analytics => Some((&ANALYTICS, String::new())),
            (method, _) => {
                self.violate(arrival, &format!("{method} is not reading"));
                return Answer::refusal(405, 2000, "Method Not Allowed", &[]);
            }
        };
        let Some((route, id)) = found else {
            self.violate(arrival, "there is no such path");
            return Answer::not_found();
        };
        if self.quirks.forbidden.contains(&route.resource()) {
            return Answer::forbidden();
        }
        if let Err(refusal) = self.check(arrival, route) {
            return refusal;
        }
        let asked = Asked {
            id,
            query: arrival.query.clone().unwrap_or_default(),
            body: arrival.body.clone(),
            repeats: fault == Some(&Fault::RepeatedPage),
            reach: self.quirks.reach,
            endless: fault == Some(&Fault::MoreForEver),
        };
        (route.answer)(&View { story: &self.story, quirks: &self.quirks, timeline: &self.timeline }, &asked)
    }

    /// Looks at the token; one that has served its time is worthless from then on.
    fn admit(&mut self, arrival: &Arrival) -> Result<(), Answer> {
        let shown = arrival.authorization.as_deref().unwrap_or_default();
        let token = shown.strip_prefix("Token token=").or_else(|| shown.strip_prefix("Bearer "));
        if token.is_none() {
            self.violate(arrival, "Authorization is neither `Token token=…` nor `Bearer …`");
        }
        if self.quirks.token_lasts.is_some_and(|lasts| self.token_used >= lasts) {
            self.token_generation += 1;
            self.token_used = 0;
        }
        if token != Some(self.token().as_str()) {
            return Err(Answer::unauthorized());
        }
        self.token_used += 1;
        Ok(())
    }

    /// Looks at headers and parameters.
    fn check(&mut self, arrival: &Arrival, route: &Route) -> Result<(), Answer> {
        let accept = arrival.accept.as_deref().unwrap_or_default().replace(' ', "");
        if !route.is_v3() {
            if !accept.contains("application/vnd.pagerduty+json;version=2") {
                self.violate(arrival, "Accept names no version 2");
                if self.quirks.strict_headers {
                    return Err(Answer::invalid("Accept must be application/vnd.pagerduty+json;version=2"));
                }
            }
            let typed = arrival.content_type.as_deref().is_some_and(|kind| kind.starts_with("application/json"));
            if !typed && !UNTYPED.contains(&route.path) {
                self.violate(arrival, "Content-Type is not application/json");
                if self.quirks.strict_headers {
                    return Err(Answer::invalid("Content-Type must be application/json"));
                }
            }
        }
        let Some(query) = &arrival.query else {
            self.violate(arrival, "the query cannot be decoded");
            return Err(Answer::invalid("The query cannot be decoded"));
        };
        let unknown =
            query.iter().filter(|(name, _)| !route.knows(name)).map(|(name, _)| format!("{name} is no parameter"));
        let above = query.iter().filter(|(name, value)| {
            let most = if route.path == "/v3/schedules" { 1_000 } else { 100 };
            name == "limit" && route.path != "/audit/records" && value.parse::<u32>().is_ok_and(|limit| limit > most)
        });
        let above = above.map(|(_, value)| format!("limit {value} is more than a page holds"));
        for what in unknown.chain(above).collect::<Vec<_>>() {
            self.violate(arrival, &what);
        }
        Ok(())
    }

    fn violate(&mut self, arrival: &Arrival, what: &str) {
        let number = self.watch.pace.requests;
        self.violations.push(format!("#{number} {} {}: {what}", arrival.method, arrival.path));
    }

    fn reply(&self, answer: &Answer, fault: Option<Fault>, left: Left) -> Reply {
        let date = self.story.now().plus_millis(self.quirks.clock_skew_millis).to_utc();
        let mut headers = vec![("date", date.format("%a, %d %b %Y %H:%M:%S GMT").to_string())];
        let told = match fault {
            Some(Fault::TooMany(secs)) => secs.map(|secs| (left.limit, 0, u64::from(secs))),
            _ if left.refused && !self.quirks.limit_headers => None,
            _ => Some((left.limit, left.remaining, left.reset_secs)),
        };
        if let Some((limit, remaining, reset)) = told {
            headers.push(("ratelimit-limit", limit.to_string()));
            headers.push(("ratelimit-remaining", remaining.to_string()));
            headers.push(("ratelimit-reset", reset.to_string()));
        }
        let mut body = match (&fault, answer.body.is_null()) {
            (Some(Fault::Html), _) | (_, true) => SIGN_IN.as_bytes().to_vec(),
            _ => serde_json::to_vec(&answer.body).unwrap_or_default(),
        };
        let html = body == SIGN_IN.as_bytes();
        headers.push(("content-type", if html { "text/html" } else { "application/json; charset=utf-8" }.to_owned()));
        if fault == Some(Fault::Truncated) {
            body.truncate(body.len() / 2);
        }
        Reply { status: if fault == Some(Fault::Html) { 200 } else { answer.status }, headers, body, fault }
    }
}

/// Paths whose description does not ask for a content type.
const UNTYPED: &[&str] = &["/incidents/{id}/custom_fields/values", "/incidents/custom_fields"];

const SIGN_IN: &str =
    "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>Sign in</form></body></html>";

/// Takes what a request sets off, in order.
fn take<T: Clone>(planned: &mut Vec<(When, T)>, path: &str) -> Vec<T> {
    let mut due = Vec::new();
    planned.retain_mut(|(when, what)| {
        let strikes = when.strikes(path);
        if strikes {
            due.push(what.clone());
        }
        !strikes || when.lasts()
    });
    due
}
