//! Telephone numbers never reach the disk: they are cut out of text where people write them.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// Fewest digits of a number that is taken for a telephone number.
const MIN_DIGITS: usize = 7;

/// Fewest digits of one that is told by its groups alone: a date has eight.
const MIN_GROUPED: usize = 9;

/// A pattern that is known to be good; a bad one matches nothing (the tests show that none is).
fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

static CANDIDATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\btel(?:ephone)?\b|\bphone\b|\bmobile\b|\bcell\b|☎|📞)?[:.]?\s*(?:\+|\b00)?\(?\d[\d\s().\-/\u{2010}-\u{2014}\u{a0}]{4,}\d",
    )
});
static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"\b(?:19|20)\d{2}[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])\b|\b\d{1,2}[./]\d{1,2}[./](?:19|20)?\d{2}\b|\b(?:19|20)\d{2}\s*[-/\u{2013}]\s*(?:19|20)\d{2}\b|\b(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\b",
    )
});

/// A trunk or international prefix with nine digits or more in groups, or three, three and four digits.
static GROUPED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^(?:\(?0\d{1,4}\)?[ /\-\u{a0}]{1,3}(?:\d[ /\-\u{a0}]?){4,9}\d|00[1-9]\d?[ /\-](?:\d[ /\-]?){6,12}\d|\(?\d{3}\)?[ \-]{1,2}\d{3}-\d{4})$",
    )
});

/// The text without telephone numbers. Dates and years stay.
pub(crate) fn without_phones(text: &str) -> String {
    let Some(candidate) = CANDIDATE.as_ref() else { return text.to_owned() };
    candidate
        .replace_all(text, |found: &Captures<'_>| {
            let found = found.get(0).map_or("", |m| m.as_str());
            if is_phone(found) { String::new() } else { found.to_owned() }
        })
        .into_owned()
}

/// The text without what is plainly a telephone number: one with a `+`, after a word for a telephone, or grouped as only
/// telephone numbers are. For text with numbers of other kinds, as titles of incidents and alerts: addresses, versions,
/// tickets and dates stay.
pub(crate) fn without_marked_phones(text: &str) -> String {
    let Some(candidate) = CANDIDATE.as_ref() else { return text.to_owned() };
    let cut = |found: &Captures<'_>| {
        let Some(found) = found.get(0) else { return String::new() };
        let number = found.as_str().trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.'));
        let before = text.get(..found.end() - number.len()).and_then(|before| before.chars().next_back());
        let part_of_a_word = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '#' | '/' | '.'));
        let found = found.as_str();
        let begins = |is: fn(char) -> bool| number.chars().next().is_some_and(is);
        // `UTC+01 2026-11-22` and `INC-0171 555 0199` are none.
        let plus = found.contains('+') && !(part_of_a_word && begins(|c| c == '+'));
        let grouped = !part_of_a_word
            && digits(number) >= MIN_GROUPED
            && GROUPED.as_ref().is_some_and(|grouped| grouped.is_match(number.trim_end()));
        if (plus || begins(is_mark) || grouped) && is_phone(found) { String::new() } else { found.to_owned() }
    };
    candidate.replace_all(text, cut).into_owned()
}

/// What a marked number begins with: the first letter of a word for a telephone, or a sign for one.
fn is_mark(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '☎' | '📞')
}

fn is_phone(found: &str) -> bool {
    let rest = match (DATE.as_ref(), found.contains('+')) {
        (Some(date), false) => date.replace_all(found, "").into_owned(),
        _ => found.to_owned(),
    };
    digits(&rest) >= MIN_DIGITS
}

fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("Notified Ines at +351 21 123 4567 by SMS", "Notified Ines at by SMS")]
    #[case("call tel: 0171/5550199 now", "call now")]
    #[case("10.20.30.40 lost 1234567 packets", "10.20.30.40 lost 1234567 packets")]
    #[case("order 20261122120000 failed", "order 20261122120000 failed")]
    #[case("Disk full, ring (0171) 555 0199", "Disk full, ring")]
    #[case("Disk full, ring 030/5550199", "Disk full, ring")]
    #[case("ask 0044 20 7946 0018", "ask")]
    #[case("ask (555) 010-0199 or 555-010-0199", "ask or")]
    #[case("phone 5550199", "")]
    #[case("10.20.30.40:8080 and 010.020.030.040 are down", "10.20.30.40:8080 and 010.020.030.040 are down")]
    #[case("fd00::1234:5678 is gone", "fd00::1234:5678 is gone")]
    #[case("release 2026.11.22-1234567", "release 2026.11.22-1234567")]
    #[case("v1.20.3000-0171 555 0199", "v1.20.3000-0171 555 0199")]
    #[case("INC-0001234567, ticket #0171 555 019", "INC-0001234567, ticket #0171 555 019")]
    #[case("since 2026-11-22 10:00 UTC+01 2026-11-23", "since 2026-11-22 10:00 UTC+01 2026-11-23")]
    #[case("from 01-12-2026 to 02/12/2026", "from 01-12-2026 to 02/12/2026")]
    #[case("from 01.12.2026 - 02.12.2026", "from 01.12.2026 - 02.12.2026")]
    #[case("0.25 of 1234567 requests fail", "0.25 of 1234567 requests fail")]
    #[case("account 123456789012 in eu-west-1", "account 123456789012 in eu-west-1")]
    fn of_a_title_only_marked_numbers_go(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(without_marked_phones(text).split_whitespace().collect::<Vec<_>>().join(" "), expected);
    }

    #[rstest::rstest]
    #[case("Ines +351 21 123 4567", "Ines")]
    #[case("Ines (+1-555-010-0199)", "Ines ()")]
    #[case("Tomasz tel: 0171/5550199 primary", "Tomasz primary")]
    #[case("Yuki 03-5550-0199", "Yuki")]
    #[case("freeze 2026-12-20 - 2027-01-05", "freeze 2026-12-20 - 2027-01-05")]
    #[case("freeze 20.12.2026 to 05.01.2027", "freeze 20.12.2026 to 05.01.2027")]
    #[case("winter 2026/2027", "winter 2026/2027")]
    #[case("Team 12 L2", "Team 12 L2")]
    fn numbers_go_and_dates_stay(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(without_phones(text).split_whitespace().collect::<Vec<_>>().join(" "), expected);
    }
}
