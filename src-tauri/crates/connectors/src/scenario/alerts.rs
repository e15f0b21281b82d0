//! Alerts and silences as an alert source shows them.

use std::collections::BTreeMap;

use fairlead_domain::alert::{Alert, AlertStatus};
use fairlead_domain::silence::{Silence, SilenceState};
use fairlead_domain::{Timestamp, Window};

use super::plot::{self, Noise, Scenario};
use super::{draw, pages};

/// Alert sources forget a silence so many days after its end.
const SILENCE_KEPT_DAYS: i64 = 5;

/// Seconds by which an alert's start and end may be off: one evaluation.
const EVALUATION_SECS: u32 = 30;

/// The alerts of `site` (of every site without one) that are active at `now`.
#[must_use]
pub fn alerts(scenario: &Scenario, site: Option<&str>, now: Timestamp) -> Vec<Alert> {
    let here = |alert: &&plot::Alert| site.is_none_or(|site| site == alert.site);
    let active =
        |alert: &&plot::Alert| scenario.at(alert.start) <= now && alert.end.is_none_or(|end| now < scenario.at(end));
    let alert = |plot: &plot::Alert| {
        let labels = labels(scenario, plot);
        let silenced = scenario.silence.iter().any(|silence| {
            let matches = silence.matchers.iter().all(|(key, value)| labels.get(key) == Some(value));
            silence.site == plot.site && matches && scenario.span(silence.start, silence.end).contains(now)
        });
        Alert {
            fingerprint: fingerprint(&labels),
            name: plot.name.clone(),
            start: scenario.at(plot.start),
            end: None,
            resolution_secs: EVALUATION_SECS,
            status: if silenced { AlertStatus::Suppressed } else { AlertStatus::Firing },
            severity_raw: Some(plot.severity.clone()),
            service: scenario.service(&plot.service).map(|service| service.name.clone()),
            labels,
        }
    };
    scenario.alert.iter().filter(here).filter(active).map(alert).collect()
}

/// The past occurrences of noise that began in `window` and ended by `now`, as the metrics system remembers them.
#[must_use]
pub fn history(scenario: &Scenario, window: Window, now: Timestamp) -> Vec<Alert> {
    let of_noise = |noise: &Noise| {
        let service = scenario.service(&noise.service).map(|service| service.name.clone());
        let mut labels = BTreeMap::from([("alertname", noise.alert.as_str()), ("severity", "page")]);
        labels.extend(service.as_deref().map(|name| ("service", name)));
        let labels: BTreeMap<String, String> = labels.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
        let alert = |occurrence: Window| Alert {
            fingerprint: fingerprint(&labels),
            name: noise.alert.clone(),
            start: occurrence.start,
            end: Some(occurrence.end),
            resolution_secs: EVALUATION_SECS,
            status: AlertStatus::Resolved,
            severity_raw: Some("page".to_owned()),
            service: service.clone(),
            labels: labels.clone(),
        };
        let ended = pages::occurrences(scenario, noise, window).into_iter().filter(|o| o.end <= now);
        ended.map(alert).collect::<Vec<_>>()
    };
    scenario.noise.iter().flat_map(of_noise).collect()
}

/// The silences of `site` (of every site without one) that have begun by `now` and are not forgotten.
#[must_use]
pub fn silences(scenario: &Scenario, site: Option<&str>, now: Timestamp) -> Vec<Silence> {
    let silence = |plot: &plot::Silence| {
        let span = scenario.span(plot.start, plot.end);
        let kept = Window::new(span.start, span.end.plus_days(SILENCE_KEPT_DAYS)).contains(now);
        let here = site.is_none_or(|site| site == plot.site);
        (kept && here).then(|| Silence {
            ext_id: plot.id.clone(),
            start: span.start,
            end: span.end,
            creator: scenario.person(&plot.creator).map(|person| person.email.clone()),
            comment: (!plot.comment.is_empty()).then(|| plot.comment.clone()),
            matchers: matchers(plot),
            state: if now < span.end { SilenceState::Active } else { SilenceState::Expired },
        })
    };
    scenario.silence.iter().filter_map(silence).collect()
}

/// Every label of an alert.
fn labels(scenario: &Scenario, plot: &plot::Alert) -> BTreeMap<String, String> {
    let mut labels = plot.labels.clone();
    labels.insert("alertname".to_owned(), plot.name.clone());
    labels.insert("severity".to_owned(), plot.severity.clone());
    labels.extend(scenario.service(&plot.service).map(|service| ("service".to_owned(), service.name.clone())));
    labels
}

/// The matchers as Alertmanager's interface writes them.
fn matchers(plot: &plot::Silence) -> String {
    let matcher = |(name, value): (&String, &String)| serde_json::json!({ "name": name, "value": value, "isRegex": false, "isEqual": true });
    serde_json::Value::from(plot.matchers.iter().map(matcher).collect::<Vec<_>>()).to_string()
}

/// A digest of the labels: two draws over `key=value` lines, 16 digits.
fn fingerprint(labels: &BTreeMap<String, String>) -> String {
    let text: String = labels.iter().map(|(key, value)| format!("{key}={value}\n")).collect();
    let half = |n: i64| (draw::unit(0, ["labels", &text], n) * f64::from(u32::MAX)) as u32;
    format!("{:08x}{:08x}", half(0), half(1))
}
