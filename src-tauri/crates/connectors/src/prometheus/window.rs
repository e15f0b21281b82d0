//! Windows of objectives, as settings and OpenSLO documents write them.

use fairlead_domain::slo::{CalendarUnit, SloWindow};

/// A count with its unit; `M` is months and `m` minutes.
struct Length {
    count: u32,
    unit: char,
}

/// Splits `30d` or `1M`.
fn length(text: &str) -> Option<Length> {
    let unit = text.chars().last().filter(char::is_ascii_alphabetic)?;
    let count: u32 = text.get(..text.len() - 1)?.trim().parse().ok()?;
    (count > 0).then_some(Length { count, unit })
}

/// A rolling window of a length with unit `m`, `h`, `d`, `w`, `M`, `Q` or `Y`. Rolling months, quarters and years have
/// 30, 90 and 365 days.
///
/// # Errors
/// Says what is wrong with the text.
pub(super) fn rolling(text: &str) -> Result<SloWindow, String> {
    let Some(Length { count, unit }) = length(text) else {
        return Err(format!("the window {text:?} is no number with one of the units h, d, w, M, Q, Y"));
    };
    let hours: f64 = match unit {
        'h' => 1.0,
        'd' => 24.0,
        'w' => 168.0,
        'M' => 720.0,
        'Q' => 2_160.0,
        'Y' => 8_760.0,
        'm' => return Err(format!("the window {text:?} is in minutes: a month is written 1M")),
        _ => return Err(format!("the window {text:?} has an unknown unit")),
    };
    let days = f64::from(count) * hours / 24.0;
    if days > 3_660.0 {
        return Err(format!("the window {text:?} is longer than ten years"));
    }
    Ok(SloWindow::Rolling { days })
}

/// A calendar window of a length with unit `d`, `w`, `M`, `Q` or `Y`, in a zone, from an anchor.
///
/// # Errors
/// Says what is wrong with the text, the zone or the anchor.
pub(super) fn calendar(text: &str, timezone: &str, anchor: Option<&str>) -> Result<SloWindow, String> {
    let Some(Length { count, unit }) = length(text) else {
        return Err(format!("the window {text:?} is no number with one of the units d, w, M, Q, Y"));
    };
    let unit = match unit {
        'd' => CalendarUnit::Day,
        'w' => CalendarUnit::Week,
        'M' => CalendarUnit::Month,
        'Q' => CalendarUnit::Quarter,
        'Y' => CalendarUnit::Year,
        'm' => return Err(format!("the calendar window {text:?} is in minutes: a month is written 1M")),
        _ => return Err(format!("the calendar window {text:?} has none of the units d, w, M, Q, Y")),
    };
    let zone: chrono_tz::Tz = timezone.parse().map_err(|_| format!("the zone {timezone:?} is unknown"))?;
    let anchor = anchor.map(wall_clock).transpose()?;
    Ok(SloWindow::Calendar { unit, count, timezone: zone.name().to_owned(), anchor })
}

/// A window of a `[[slo]]`: a rolling length (`30d`, `4w`), or a calendar period (`1M`, `month`, `quarter` …).
///
/// # Errors
/// Says what is wrong with the text.
pub(super) fn plain(text: &str, timezone: chrono_tz::Tz) -> Result<SloWindow, String> {
    let period = match text.trim() {
        "day" => "1d",
        "week" => "1w",
        "month" => "1M",
        "quarter" => "1Q",
        "year" => "1Y",
        other if other.ends_with(['M', 'Q', 'Y']) => other,
        other => return rolling(other),
    };
    calendar(period, timezone.name(), None)
}

/// Wall-clock text as `YYYY-MM-DDTHH:MM:SS`.
fn wall_clock(text: &str) -> Result<String, String> {
    let written = text.trim().trim_end_matches('Z');
    let forms = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"];
    let at = forms.iter().find_map(|form| chrono::NaiveDateTime::parse_from_str(written, form).ok()).or_else(|| {
        chrono::NaiveDate::parse_from_str(written, "%Y-%m-%d").ok().and_then(|day| day.and_hms_opt(0, 0, 0))
    });
    at.map(|at| at.format("%Y-%m-%dT%H:%M:%S").to_string())
        .ok_or_else(|| format!("the start {text:?} is no wall-clock time such as 2026-01-01 00:00:00"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("30d", 30.0)]
    #[case("4w", 28.0)]
    #[case("12h", 0.5)]
    fn rolling_windows_have_days(#[case] text: &str, #[case] days: f64) {
        assert_eq!(plain(text, chrono_tz::UTC), Ok(SloWindow::Rolling { days }));
    }

    #[rstest]
    #[case("month", CalendarUnit::Month, 1)]
    #[case("1M", CalendarUnit::Month, 1)]
    #[case("2Q", CalendarUnit::Quarter, 2)]
    #[case("week", CalendarUnit::Week, 1)]
    fn calendar_windows_follow_the_zone(#[case] text: &str, #[case] unit: CalendarUnit, #[case] count: u32) {
        let timezone = "Europe/Lisbon".to_owned();
        let expected = SloWindow::Calendar { unit, count, timezone, anchor: None };
        assert_eq!(plain(text, chrono_tz::Europe::Lisbon), Ok(expected));
    }

    #[rstest]
    #[case("1m")]
    #[case("")]
    #[case("d")]
    #[case("0d")]
    #[case("-1d")]
    #[case("4000000000Y")]
    #[case("30é")]
    fn nonsense_is_refused_with_its_text(#[case] text: &str) {
        let message = rolling(text).unwrap_err();
        assert!(message.contains(&format!("{text:?}")), "{message}");
    }

    #[test]
    fn an_anchor_is_wall_clock() {
        let window = calendar("1w", "America/New_York", Some("2022-01-01 12:00:00")).unwrap();
        assert!(matches!(window, SloWindow::Calendar { anchor: Some(at), .. } if at == "2022-01-01T12:00:00"));
        assert!(calendar("1w", "Mars/Olympus", None).is_err());
        assert!(calendar("1w", "UTC", Some("soon")).is_err());
        assert!(calendar("1m", "UTC", None).unwrap_err().contains("1M"));
    }
}
