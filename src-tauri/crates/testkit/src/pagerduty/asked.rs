//! What was asked: parameters as the vendor reads them.

use chrono::{LocalResult, Months, NaiveDate, NaiveDateTime, SecondsFormat, TimeZone, Utc};
use chrono_tz::Tz;
use fairlead_domain::{Timestamp, Window};

use super::answer::Answer;
use super::ids::PagerDuty;
use crate::scenario::noun::{Noun, Vendor};

/// One request, taken apart.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    /// What stands in the place of `{id}` in the path.
    pub(super) id: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    /// Serve the page before.
    pub(super) repeats: bool,
    /// Say that there is more.
    pub(super) endless: bool,
    /// The furthest row that paging reaches.
    pub(super) reach: usize,
}

impl Asked {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.query.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Every value of `name[]`.
    pub(super) fn all(&self, name: &str) -> Vec<&str> {
        let listed = self.query.iter().filter(|(key, _)| key.strip_suffix("[]").unwrap_or(key) == name);
        listed.map(|(_, value)| value.as_str()).collect()
    }

    pub(super) fn includes(&self, what: &str) -> bool {
        self.all("include").contains(&what)
    }

    /// Whether a list filter lets a value through; without the filter everything passes.
    pub(super) fn lets(&self, name: &str, value: &str) -> bool {
        let wanted = self.all(name);
        wanted.is_empty() || wanted.contains(&value)
    }

    /// The same for an id, which is made only where the filter is there.
    pub(super) fn lets_id(&self, name: &str, noun: Noun, number: u32) -> bool {
        let wanted = self.all(name);
        wanted.is_empty() || wanted.contains(&PagerDuty.id(noun, number).as_str())
    }

    pub(super) fn is_set(&self, name: &str) -> bool {
        self.get(name) == Some("true")
    }

    /// Whether `query` is part of a name.
    pub(super) fn searches(&self, name: &str) -> bool {
        self.get("query").is_none_or(|text| name.to_lowercase().contains(&text.to_lowercase()))
    }

    /// The zone in which times are shown.
    pub(super) fn zone(&self, usual: Tz) -> Result<Tz, Answer> {
        let Some(name) = self.get("time_zone") else {
            return Ok(usual);
        };
        name.parse().map_err(|_| Answer::invalid("Time Zone is invalid"))
    }

    /// A bound. Without an offset it is in the account's zone.
    pub(super) fn instant(&self, name: &str, account: Tz) -> Result<Option<Timestamp>, Answer> {
        let Some(text) = self.get(name) else {
            return Ok(None);
        };
        parse(text, account).map(Some).ok_or_else(|| Answer::invalid(&format!("{name} is not a valid time")))
    }

    /// `since` and `until` where one month is taken for what is not said; `None` when neither is.
    pub(super) fn month(&self, account: Tz) -> Result<Option<Window>, Answer> {
        let window = match (self.instant("since", account)?, self.instant("until", account)?) {
            (None, None) => return Ok(None),
            (Some(since), None) => Window::new(since, months_after(since, 1)),
            (None, Some(until)) => Window::new(months_before(until, 1), until),
            (Some(since), Some(until)) => Window::new(since, until),
        };
        if window.end < window.start { Err(Answer::invalid("Until must be after since")) } else { Ok(Some(window)) }
    }
}

pub(super) fn months_after(at: Timestamp, months: u32) -> Timestamp {
    at.to_utc().checked_add_months(Months::new(months)).map_or(at, Timestamp::from)
}

pub(super) fn months_before(at: Timestamp, months: u32) -> Timestamp {
    at.to_utc().checked_sub_months(Months::new(months)).map_or(at, Timestamp::from)
}

fn parse(text: &str, account: Tz) -> Option<Timestamp> {
    if let Ok(at) = Timestamp::parse_rfc3339(text) {
        return Some(at);
    }
    let forms = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S"];
    let timed = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    let naive = timed.or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(NaiveDateTime::from))?;
    match account.from_local_datetime(&naive) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.with_timezone(&Utc).into()),
        LocalResult::None => None,
    }
}

/// An instant as shown in a zone.
pub(super) fn shown(at: Timestamp, zone: Tz) -> String {
    if zone == Tz::UTC {
        at.to_rfc3339()
    } else {
        at.to_utc().with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_offset_is_the_accounts() {
        let at = |text: &str| parse(text, Tz::America__New_York).map(Timestamp::to_rfc3339);
        assert_eq!(at("2026-11-16T08:00:00Z").as_deref(), Some("2026-11-16T08:00:00Z"));
        assert_eq!(at("2026-11-16T08:00:00").as_deref(), Some("2026-11-16T13:00:00Z"));
        assert_eq!(at("2026-07-01").as_deref(), Some("2026-07-01T04:00:00Z"));
        assert_eq!(at("2026-11-16T08:00:00 01:00"), None, "a plus that was not escaped");
    }
}
