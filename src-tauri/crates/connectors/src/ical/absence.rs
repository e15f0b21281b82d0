//! Whose a leave is. What kind of leave it is is not kept, so only a plain name is taken from a summary.

use std::sync::LazyLock;

use fairlead_domain::person::PersonRef;
use fairlead_domain::text::{clean_line, normalise_email};
use regex::Regex;

use super::feed::Event;
use super::whose::{named, person_of, tidy};
use crate::phone::without_phones;

static KIND_OF_LEAVE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:on\s+)?(?:annual|parental|maternity|paternity|sick|medical|unpaid|compassionate|study)?\s*(?:leave|vacation|holidays?|pto|ooo|out[\s-]of[\s-](?:the[\s-])?office|time[\s-]off|day[\s-]off|off[\s-]work|sick(?:ness)?|absent|absence|away|off|urlaub|krank|f[ée]rias|vacances|cong[ée]s?)\b",
    )
    .ok()
});

/// The people that an event of a leave calendar names. The configured pattern comes first, then the attendees, then what
/// is left of the summary without words for leave, when that is a plain name.
pub(super) fn people(event: &Event, own: Option<&Regex>) -> Vec<PersonRef> {
    let summary = without_phones(&clean_line(&event.summary));
    if let Some(found) = own.and_then(|own| own.captures(&summary)).and_then(|found| found.name("person")) {
        return vec![named(found.as_str())];
    }
    let invited: Vec<_> = event.attendees.iter().filter_map(person_of).collect();
    if !invited.is_empty() || own.is_some() {
        return invited;
    }
    plain_name(&summary).map(|name| named(&name)).into_iter().collect()
}

fn plain_name(summary: &str) -> Option<String> {
    let rest = KIND_OF_LEAVE.as_ref()?.replace_all(summary, "\u{1}");
    let part =
        rest.split(['\u{1}', ':', '(', ')', '[', ']', '|', ',', ';', '–', '—']).flat_map(|part| part.split(" - "));
    let name = part.map(tidy).find(|part| !part.is_empty())?;
    let plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’' | '-' | '.');
    let is_name = normalise_email(&name).is_some() || (name.chars().all(plain) && name.split(' ').count() <= 4);
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("Ines Silva - vacation", Some("Ines Silva"))]
    #[case("Vacation: Ines", Some("Ines"))]
    #[case("Yuki OOO", Some("Yuki"))]
    #[case("Tomasz (sick leave, back Monday)", Some("Tomasz"))]
    #[case("Devon on leave", Some("Devon"))]
    #[case("Team offsite 2026 in room 4", None)]
    #[case("Vacation", None)]
    fn only_the_name_is_taken(#[case] summary: &str, #[case] expected: Option<&str>) {
        assert_eq!(plain_name(summary).as_deref(), expected);
    }
}
