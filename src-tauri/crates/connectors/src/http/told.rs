//! What an upstream says about when it may be asked again.

use std::time::Duration;

use chrono::DateTime;
use fairlead_domain::Timestamp;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// Numbers above this in a reset header are instants (seconds since 1970), those below are spans.
const EPOCH_FROM: f64 = 1e9;

/// Numbers above this in a reset header are instants in milliseconds.
const EPOCH_MILLIS_FROM: f64 = 1e12;

/// Requests of the upstream's window that are left to others.
const RESERVE: f64 = 15.0;

const MINUTE: Duration = Duration::from_secs(60);

/// Longest wait that is believed. A mistaken instant must not silence a source for ever.
const DAY: Duration = Duration::from_secs(86_400);

/// Reads a date as HTTP writes it (RFC 9110), to the second.
pub(super) fn http_date(text: &str) -> Option<Timestamp> {
    DateTime::parse_from_rfc2822(text.trim()).ok().map(|at| Timestamp::from_secs(at.timestamp()))
}

/// How long the upstream asks to wait: `Retry-After`, else the reset of its rate limit. `now` is our own time; the
/// answer's date counts more, because the upstream's instants are by its own clock.
pub(super) fn wait(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let now = server_now(headers).unwrap_or(now);
    let after = text(headers, RETRY_AFTER.as_str()).and_then(|value| span(value, now));
    after.or_else(|| reset(headers, now))
}

/// When the rate limit's window begins anew.
fn reset(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let value = text(headers, "ratelimit-reset").or_else(|| text(headers, "x-ratelimit-reset"))?;
    span(value, now)
}

/// A pause before the rate limit is used up: until its reset, or a minute, because limits are published per minute.
pub(super) fn breather(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let remaining = number(headers, "ratelimit-remaining").or_else(|| number(headers, "x-ratelimit-remaining"))?;
    let limit = number(headers, "ratelimit-limit").or_else(|| number(headers, "x-ratelimit-limit"));
    // A limit of a few requests would otherwise be "nearly used up" from its first request on.
    let reserve = limit.map_or(RESERVE, |limit| RESERVE.min(limit / 4.0));
    (remaining <= reserve).then(|| reset(headers, server_now(headers).unwrap_or(now)).unwrap_or(MINUTE))
}

fn server_now(headers: &HeaderMap) -> Option<Timestamp> {
    text(headers, DATE.as_str()).and_then(http_date)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim)
}

fn number(headers: &HeaderMap, name: &str) -> Option<f64> {
    text(headers, name)?.parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 0.0)
}

/// Seconds, an instant since 1970, or a date, as a span from `now`; rounded up so that nobody is asked too early.
fn span(value: &str, now: Timestamp) -> Option<Duration> {
    if let Some(at) = http_date(value) {
        return Some(until(at, now));
    }
    let number = value.parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0)?.ceil();
    if number < EPOCH_FROM {
        return Duration::try_from_secs_f64(number).ok().map(|span| span.min(DAY));
    }
    let millis = if number < EPOCH_MILLIS_FROM { number * 1_000.0 } else { number };
    #[expect(clippy::cast_possible_truncation, reason = "a cast from f64 saturates, and this is far below the bound")]
    let at = Timestamp::from_millis(millis as i64);
    Some(until(at, now))
}

fn until(at: Timestamp, now: Timestamp) -> Duration {
    let millis = at.as_millis().saturating_sub(now.as_millis());
    Duration::from_millis(u64::try_from(millis).unwrap_or(0)).min(DAY)
}
