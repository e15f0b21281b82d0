//! Headers that name the offset of their times: `Created At (CET +1)`. It is the offset of the day of the export; rows
//! from the other half of the year have another, so the zone decides, as long as it has that offset at all.

use chrono::{Datelike, NaiveDate, Offset, TimeZone};
use chrono_tz::Tz;

use super::column::Columns;
use super::outcome::RowIssue;

/// What is to be said, and by which zone to read instead, when the header's offset is none that `zone` ever has.
pub(super) fn judge(columns: &Columns, zone: Tz) -> Option<(Tz, RowIssue)> {
    let header = columns.header("created");
    let minutes = offset(header)?;
    if has(zone, minutes) {
        return None;
    }
    let fixed = (minutes % 60 == 0).then(|| fixed(minutes / 60)).flatten();
    let message = match fixed {
        Some(_) => format!(
            "the header's offset is none of {zone}: times were read with it all year round; name the zone of the export as timezone in the mapping"
        ),
        None => format!(
            "the header's offset is none of {zone}, by which times were read: name the zone of the export as timezone in the mapping"
        ),
    };
    Some((fixed.unwrap_or(zone), RowIssue::at(header, message)))
}

/// The offset at the end of a header in parentheses, in minutes.
fn offset(header: &str) -> Option<i32> {
    let (_, inner) = header.trim().strip_suffix(')')?.rsplit_once('(')?;
    let word = inner.split_whitespace().last()?;
    let (sign, digits) = match word.strip_prefix('+') {
        Some(digits) => (1, digits),
        None => (-1, word.strip_prefix(['-', '\u{2212}'])?),
    };
    let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "0"));
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// Whether the zone has the offset in winter or in summer of a recent year.
fn has(zone: Tz, minutes: i32) -> bool {
    [1, 7].into_iter().filter_map(|month| NaiveDate::from_ymd_opt(2025, month, 1)).any(|day| {
        let noon = day.with_day(15).unwrap_or(day).and_hms_opt(12, 0, 0).unwrap_or_default();
        zone.offset_from_utc_datetime(&noon).fix().local_minus_utc() == minutes * 60
    })
}

/// The zone that is always so many hours ahead of UTC. Its name counts the other way round.
fn fixed(hours: i32) -> Option<Tz> {
    let name = if hours == 0 { "Etc/GMT".to_owned() } else { format!("Etc/GMT{:+}", -hours) };
    name.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{fixed, has, offset};

    #[rstest::rstest]
    #[case("Created At (CET +1)", Some(60))]
    #[case("Created At (GMT+5:30 +5:30)", Some(330))]
    #[case("Created At (EST -5)", Some(-300))]
    #[case("Created At (UTC +0)", Some(0))]
    #[case("Created At (local)", None)]
    #[case("Created At", None)]
    fn a_header_may_end_with_an_offset(#[case] header: &str, #[case] minutes: Option<i32>) {
        assert_eq!(offset(header), minutes);
    }

    #[test]
    fn a_zone_has_the_offsets_of_both_halves_of_the_year() {
        assert!(has(chrono_tz::Europe::Berlin, 60) && has(chrono_tz::Europe::Berlin, 120));
        assert!(!has(chrono_tz::Europe::Berlin, 0));
        assert_eq!(fixed(1), Some(chrono_tz::Etc::GMTMinus1));
    }
}
