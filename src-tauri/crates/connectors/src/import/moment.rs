//! Times as files write them.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, TimeZone};
use fairlead_domain::Timestamp;

use super::mapping::Rules;
use crate::ical::instant_in;

/// Forms without an offset.
const LOCAL: &[&str] = &[
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
];
/// Forms with an offset beside RFC 3339.
const OFFSET: &[&str] = &[
    "%Y-%m-%d %H:%M:%S%.f%:z",
    "%Y-%m-%d %H:%M:%S%.f %z",
    "%Y-%m-%dT%H:%M:%S%.f%z",
    "%Y-%m-%d %H:%M%:z",
    "%Y-%m-%dT%H:%M%:z",
];

/// A time, and what is doubtful about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) at: Timestamp,
    pub(super) doubt: Option<&'static str>,
}

/// Reads a time. Times without an offset are wall clock in `zone`; a date alone is its midnight. A time that a clock change
/// skips is read with the offset before it, one that comes twice is the first, as in calendars; both are said.
pub(super) fn read(text: &str, zone: chrono_tz::Tz, rules: &Rules) -> Result<Read, String> {
    let at = offset_form(text, rules).map(|at| Read { at, doubt: None });
    let read = at.or_else(|| local_form(text, rules).map(|local| in_zone(local, zone)));
    let read =
        read.ok_or_else(|| format!("{:?} is no time; write for example 2026-11-22T08:00:00+01:00", shortened(text)))?;
    if read.at < Timestamp::EARLIEST || read.at >= Timestamp::LATEST {
        return Err(format!("{:?} lies outside the years 1900 to 2200", shortened(text)));
    }
    Ok(read)
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

fn offset_form(text: &str, rules: &Rules) -> Option<Timestamp> {
    let own = rules.date_formats.iter().find_map(|format| DateTime::parse_from_str(text, format).ok());
    let rfc = || DateTime::parse_from_rfc3339(text).ok();
    let usual = || OFFSET.iter().find_map(|format| DateTime::parse_from_str(text, format).ok());
    let spaced = || {
        let utc = text.strip_suffix("UTC").or_else(|| text.strip_suffix('Z'))?;
        local_of(utc.trim_end(), LOCAL).map(|local| local.and_utc().fixed_offset())
    };
    let written = own.or_else(rfc).or_else(usual).or_else(spaced);
    written.map(|at| Timestamp::from_millis(at.timestamp_millis())).or_else(|| epoch(text))
}

/// Seconds or, when there are more digits than seconds have, milliseconds since 1970.
fn epoch(text: &str) -> Option<Timestamp> {
    let number: i64 = text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    match text.len() {
        9..=10 => Some(Timestamp::from_secs(number)),
        12..=13 => Some(Timestamp::from_millis(number)),
        _ => None,
    }
}

fn local_form(text: &str, rules: &Rules) -> Option<NaiveDateTime> {
    let own = rules.date_formats.iter().find_map(|format| {
        let day = || NaiveDate::parse_from_str(text, format).ok()?.and_hms_opt(0, 0, 0);
        NaiveDateTime::parse_from_str(text, format).ok().or_else(day)
    });
    own.or_else(|| local_of(text, LOCAL))
        .or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0))
}

fn local_of(text: &str, formats: &[&str]) -> Option<NaiveDateTime> {
    formats.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
}

fn in_zone(local: NaiveDateTime, zone: chrono_tz::Tz) -> Read {
    let doubt = match zone.from_local_datetime(&local) {
        LocalResult::Single(_) => None,
        LocalResult::None => Some("the clock skips this time; it was read with the offset before the change"),
        LocalResult::Ambiguous(..) => Some("the clock shows this time twice; the first was taken"),
    };
    Read { at: instant_in(zone, local), doubt }
}
