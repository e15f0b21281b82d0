//! Prometheus' durations and number texts.

use std::time::Duration;

/// Parses a Prometheus duration such as `5m` or `1d1h43m`; `None` when it is none or does not fit.
pub(super) fn parse(text: &str) -> Option<Duration> {
    if text.is_empty() || text.parse::<f64>().is_ok() {
        return None;
    }
    let mut rest = text;
    let mut millis: u64 = 0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let count: u64 = rest.get(..digits)?.parse().ok()?;
        let (unit, length) = unit_at(rest.get(digits..)?)?;
        millis = millis.checked_add(count.checked_mul(unit)?)?;
        rest = rest.get(digits + length..)?;
    }
    Some(Duration::from_millis(millis))
}

/// Milliseconds of the unit that `text` begins with, and the unit's length in bytes.
fn unit_at(text: &str) -> Option<(u64, usize)> {
    const UNITS: [(&str, u64); 7] = [
        ("ms", 1),
        ("y", 31_536_000_000),
        ("w", 604_800_000),
        ("d", 86_400_000),
        ("h", 3_600_000),
        ("m", 60_000),
        ("s", 1_000),
    ];
    UNITS.iter().find(|(name, _)| text.starts_with(name)).map(|(name, millis)| (*millis, name.len()))
}

/// How long samples are kept, out of `storageRetention` (`60d`, `60d or 10GiB`); `None` when only a size bounds it.
pub(super) fn retention(text: &str) -> Option<Duration> {
    text.split(" or ").find_map(|part| parse(part.trim())).filter(|kept| !kept.is_zero())
}

/// Days of 24 hours.
pub(super) fn days(span: Duration) -> f64 {
    span.as_secs_f64() / 86_400.0
}

/// A sample's value; `NaN`, `+Inf` and `-Inf` are words in the interface.
pub(super) fn number(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}

/// A ratio without the noise of its computation: `0.9990000000000001` is `0.999`.
pub(super) fn quiet_ratio(value: f64) -> f64 {
    (value * 1e12).round() / 1e12
}

/// A percentage as text (`99.9`) as a ratio, moved by the decimal point so that no noise arises.
pub(super) fn percent_ratio(text: &str) -> Option<f64> {
    let value: f64 = text.trim().parse().ok()?;
    Some(quiet_ratio(value / 100.0))
}

/// Whether a value may be an SLO's objective.
pub(super) fn is_objective(value: f64) -> bool {
    value > 0.0 && value < 1.0
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("5m", Some(300))]
    #[case("1d1h43m", Some(86_400 + 3_600 + 43 * 60))]
    #[case("4w", Some(2_419_200))]
    #[case("30s500ms", Some(30))]
    #[case("", None)]
    #[case("30", None)]
    #[case("5M", None)]
    #[case("m5", None)]
    #[case("99999999999999999999y", None)]
    #[case("9999999999999999y", None)]
    fn durations_are_read_exactly(#[case] text: &str, #[case] secs: Option<u64>) {
        assert_eq!(parse(text).map(|d| d.as_secs()), secs);
    }

    #[rstest]
    #[case("15d", Some(15.0))]
    #[case("60d or 10GiB", Some(60.0))]
    #[case("10GiB", None)]
    #[case("0s", None)]
    #[case("20y", Some(7300.0))]
    fn retention_is_the_time_part(#[case] text: &str, #[case] expected: Option<f64>) {
        assert_eq!(retention(text).map(days), expected);
    }

    #[test]
    fn percent_texts_become_clean_ratios() {
        for (text, ratio) in [("99.9", 0.999), ("99.99", 0.9999), ("99.999", 0.99999), ("95", 0.95), (" 99.5 ", 0.995)]
        {
            assert_eq!(percent_ratio(text), Some(ratio), "{text}");
        }
        assert_eq!(quiet_ratio(0.999_000_000_000_000_1), 0.999);
        assert!(!is_objective(1.0) && !is_objective(f64::NAN) && is_objective(0.5));
    }
}
