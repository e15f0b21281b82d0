//! Values with a form of their own: zones, e-mails, hours, windows.

use chrono_tz::{TZ_VARIANTS, Tz};
use fairlead_domain::text::normalise_email;

use super::fault::suggestion;
use super::model::WorkHours;
use super::section::Fault;

/// An IANA zone.
pub(crate) fn zone(text: &str) -> Result<Tz, Fault> {
    text.parse().map_err(|_| {
        let hint = suggestion(text, TZ_VARIANTS.iter().map(|tz| tz.name()));
        (
            format!("\"{text}\" is no time zone"),
            Some(hint.unwrap_or_else(|| "for example \"Europe/Lisbon\"".to_owned())),
        )
    })
}

/// An e-mail address, normalised.
pub(super) fn email(text: &str) -> Result<String, Fault> {
    normalise_email(text).ok_or_else(|| (format!("\"{text}\" is no e-mail address"), None))
}

/// Working hours, `HH:MM-HH:MM`.
pub(crate) fn hours(text: &str) -> Result<WorkHours, Fault> {
    let minutes = |part: &str| {
        let (hour, minute) = part.split_once(':')?;
        let digits =
            |s: &str| ((1..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse().ok())?;
        let (hour, minute): (u16, u16) = (digits(hour)?, digits(minute)?);
        (minute < 60 && hour * 60 + minute <= 24 * 60).then_some(hour * 60 + minute)
    };
    let parsed = text.split_once('-').and_then(|(from, to)| {
        let (from, to) = (minutes(from.trim())?, minutes(to.trim())?);
        (from < to).then_some(WorkHours { from, to })
    });
    parsed.ok_or_else(|| (format!("\"{text}\" are no hours of a day"), Some("for example \"09:00-17:00\"".to_owned())))
}

/// The code of a calendar of public holidays: a country, or a country and a region.
pub(super) fn holidays(text: &str) -> Result<String, Fault> {
    let (country, region) = text.split_once('-').map_or((text, None), |(c, r)| (c, Some(r)));
    let plain = |s: &str| (1..=4).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let known = country.len() == 2 && plain(country) && region.is_none_or(plain);
    let hint = || Some("a country, or a country and a region: \"JP\", \"DE-BY\"".to_owned());
    if known { Ok(text.to_owned()) } else { Err((format!("\"{text}\" is no holiday calendar"), hint())) }
}

/// The window of an SLO: a length (`30d`, `4w`, `12h`), or a calendar period (`month`, `1Q`).
pub(super) fn slo_window(text: &str) -> Result<(), Fault> {
    let period = ["day", "week", "month", "quarter", "year"].contains(&text);
    let length = text.strip_suffix(['h', 'd', 'w', 'M', 'Q', 'Y']).and_then(|digits| digits.parse::<u32>().ok());
    if period || length.is_some_and(|count| count > 0) {
        return Ok(());
    }
    Err((format!("\"{text}\" is no window"), Some("for example \"30d\", or \"month\"".to_owned())))
}
