//! Numbers and times in words, rounded once.

use chrono_tz::Tz;
use fairlead_domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use fairlead_domain::{Timestamp, Window};

/// A length of time: `42 min`, `3 h 05 min`, `2 d 4 h`. Negative lengths count as 0.
#[must_use]
pub fn duration(millis: i64) -> String {
    let millis = millis.max(0);
    let (days, hours, minutes) = (millis / DAY_MS, millis % DAY_MS / HOUR_MS, millis % HOUR_MS / MINUTE_MS);
    match (days, hours, minutes) {
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, 0) => format!("{hours} h"),
        (0, hours, minutes) => format!("{hours} h {minutes:02} min"),
        (days, 0, _) => format!("{days} d"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

/// A burn rate: `14.4×`.
#[must_use]
pub fn multiple(rate: f64) -> String {
    if rate >= 100.0 { format!("{rate:.0}×") } else { format!("{rate:.1}×") }
}

/// A ratio in percent with one digit and a minus sign where it belongs: `−6.0 %`.
#[must_use]
pub fn percent(ratio: f64) -> String {
    let text = format!("{:.1}\u{a0}%", ratio * 100.0);
    match text.strip_prefix('-') {
        Some("0.0\u{a0}%") => "0.0\u{a0}%".to_owned(),
        Some(positive) => format!("−{positive}"),
        None => text,
    }
}

/// A share in whole percent: `33 %`.
#[must_use]
pub fn share(ratio: f64) -> String {
    format!("{:.0}\u{a0}%", ratio * 100.0)
}

/// So many of something: `1 silence`, `3 silences`.
#[must_use]
pub fn counted(n: usize, noun: &str) -> String {
    counted_as(n, noun, &format!("{noun}s"))
}

/// So many of something with a plural of its own.
#[must_use]
pub fn counted_as(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// Words as a sentence begins.
#[must_use]
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Words one after the other: `alerts, pages and silences`.
#[must_use]
pub fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// Who holds something now in the place of whom: `Devon → Yuki`.
#[must_use]
pub fn swap(before: &[String], after: &[String]) -> String {
    let names = |people: &[String]| if people.is_empty() { "nobody".to_owned() } else { people.join(" and ") };
    format!("{} → {}", names(before), names(after))
}

/// A day by the wall clock of a zone: `Wed 18 Nov`.
#[must_use]
pub fn day_in(at: Timestamp, zone: Tz) -> String {
    at.to_utc().with_timezone(&zone).format("%a %-d %b").to_string()
}

/// A day and its time: `Tue 17 Nov 08:00 WET`.
#[must_use]
pub fn day_clock_in(at: Timestamp, zone: Tz) -> String {
    at.to_utc().with_timezone(&zone).format("%a %-d %b %H:%M %Z").to_string()
}

/// A time of day with its day and zone: `Mon 03:10 WET`.
#[must_use]
pub fn clock_in(at: Timestamp, zone: Tz) -> String {
    at.to_utc().with_timezone(&zone).format("%a %H:%M %Z").to_string()
}

/// A span with its zone: `Sat 02:00–06:00 WET`, over midnight with both days.
#[must_use]
pub fn span_in(window: Window, zone: Tz) -> String {
    let (start, end) = (window.start.to_utc().with_timezone(&zone), window.end.to_utc().with_timezone(&zone));
    let same_day = start.date_naive() == end.date_naive();
    let end = if same_day { end.format("%H:%M %Z") } else { end.format("%a %H:%M %Z") };
    format!("{}–{end}", start.format("%a %H:%M"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(42 * MINUTE_MS, "42 min")]
    #[case(3 * HOUR_MS + 5 * MINUTE_MS, "3 h 05 min")]
    #[case(24 * HOUR_MS, "1 d")]
    #[case(52 * HOUR_MS, "2 d 4 h")]
    #[case(-5, "0 min")]
    fn a_length_is_said_as_people_say_it(#[case] millis: i64, #[case] words: &str) {
        assert_eq!(duration(millis), words);
    }

    #[rstest]
    #[case(-0.06, "−6.0\u{a0}%")]
    #[case(-0.0001, "0.0\u{a0}%")]
    #[case(0.18, "18.0\u{a0}%")]
    fn a_share_has_one_digit_and_a_true_minus(#[case] ratio: f64, #[case] words: &str) {
        assert_eq!(percent(ratio), words);
    }

    #[test]
    fn a_span_over_midnight_names_both_days() {
        let start = Timestamp::parse_rfc3339("2026-11-21T22:00:00Z").unwrap();
        let window = Window::new(start, start.plus_hours(8));
        assert_eq!(span_in(window, chrono_tz::Europe::Lisbon), "Sat 22:00–Sun 06:00 WET");
        assert_eq!(span_in(Window::new(start, start.plus_hours(1)), chrono_tz::Europe::Lisbon), "Sat 22:00–23:00 WET");
    }
}
