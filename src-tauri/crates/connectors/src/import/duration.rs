//! Lengths of time as exports write them.

/// Milliseconds of `hh:mm:ss` (hours may be many), or of seconds; `None` for anything else, and for what is negative.
pub(super) fn read(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text.split(':').collect();
    match parts.as_slice() {
        [secs] => {
            let secs: f64 = secs.parse().ok()?;
            let millis = (secs * 1_000.0).round();
            // A century is no time to an acknowledgement.
            #[expect(clippy::cast_possible_truncation, reason = "bounded just here")]
            (0.0..3.2e12).contains(&millis).then_some(millis as i64)
        }
        [hours, minutes, secs] => {
            let number = |text: &str, limit: i64| {
                let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
                text.parse::<i64>().ok().filter(|n| digits && *n < limit)
            };
            let secs = number(hours, 900_000)? * 3_600 + number(minutes, 60)? * 60 + number(secs, 60)?;
            Some(secs * 1_000)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[rstest::rstest]
    #[case("0", Some(0))]
    #[case("93.5", Some(93_500))]
    #[case("00:01:33", Some(93_000))]
    #[case("123:00:01", Some(442_801_000))]
    #[case("-5", None)]
    #[case("NaN", None)]
    #[case("00:60:00", None)]
    #[case("1:2", None)]
    #[case("Invalid Duration", None)]
    fn a_length_is_seconds_or_hours_minutes_seconds(#[case] text: &str, #[case] millis: Option<i64>) {
        assert_eq!(super::read(text), millis);
    }
}
