//! Names of time zones: IANA, or the names of Ruby on Rails, in which PagerDuty also writes them.

/// The IANA name; `None` when the name is not known.
pub(super) fn iana(name: Option<&str>) -> Option<String> {
    let name = name?;
    if name.parse::<chrono_tz::Tz>().is_ok() {
        return Some(name.to_owned());
    }
    RAILS.iter().find(|(rails, _)| *rails == name).map(|(_, iana)| (*iana).to_owned())
}

/// Names that differ from IANA's, of the zones that teams are in most.
const RAILS: &[(&str, &str)] = &[
    ("Hawaii", "Pacific/Honolulu"),
    ("Alaska", "America/Juneau"),
    ("Pacific Time (US & Canada)", "America/Los_Angeles"),
    ("Mountain Time (US & Canada)", "America/Denver"),
    ("Arizona", "America/Phoenix"),
    ("Central Time (US & Canada)", "America/Chicago"),
    ("Eastern Time (US & Canada)", "America/New_York"),
    ("Atlantic Time (Canada)", "America/Halifax"),
    ("Mexico City", "America/Mexico_City"),
    ("Bogota", "America/Bogota"),
    ("Lima", "America/Lima"),
    ("Santiago", "America/Santiago"),
    ("Brasilia", "America/Sao_Paulo"),
    ("Buenos Aires", "America/Argentina/Buenos_Aires"),
    ("Dublin", "Europe/Dublin"),
    ("Edinburgh", "Europe/London"),
    ("Lisbon", "Europe/Lisbon"),
    ("London", "Europe/London"),
    ("Amsterdam", "Europe/Amsterdam"),
    ("Berlin", "Europe/Berlin"),
    ("Bern", "Europe/Zurich"),
    ("Brussels", "Europe/Brussels"),
    ("Copenhagen", "Europe/Copenhagen"),
    ("Madrid", "Europe/Madrid"),
    ("Paris", "Europe/Paris"),
    ("Prague", "Europe/Prague"),
    ("Rome", "Europe/Rome"),
    ("Stockholm", "Europe/Stockholm"),
    ("Vienna", "Europe/Vienna"),
    ("Warsaw", "Europe/Warsaw"),
    ("Athens", "Europe/Athens"),
    ("Bucharest", "Europe/Bucharest"),
    ("Helsinki", "Europe/Helsinki"),
    ("Kyiv", "Europe/Kiev"),
    ("Istanbul", "Europe/Istanbul"),
    ("Jerusalem", "Asia/Jerusalem"),
    ("Abu Dhabi", "Asia/Muscat"),
    ("Chennai", "Asia/Kolkata"),
    ("Kolkata", "Asia/Kolkata"),
    ("Mumbai", "Asia/Kolkata"),
    ("New Delhi", "Asia/Kolkata"),
    ("Bangkok", "Asia/Bangkok"),
    ("Beijing", "Asia/Shanghai"),
    ("Hong Kong", "Asia/Hong_Kong"),
    ("Singapore", "Asia/Singapore"),
    ("Taipei", "Asia/Taipei"),
    ("Seoul", "Asia/Seoul"),
    ("Osaka", "Asia/Tokyo"),
    ("Tokyo", "Asia/Tokyo"),
    ("Perth", "Australia/Perth"),
    ("Brisbane", "Australia/Brisbane"),
    ("Melbourne", "Australia/Melbourne"),
    ("Sydney", "Australia/Sydney"),
    ("Auckland", "Pacific/Auckland"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_zone() {
        for (_, iana) in RAILS {
            assert!(iana.parse::<chrono_tz::Tz>().is_ok(), "{iana}");
        }
        assert_eq!(iana(Some("Europe/Lisbon")).as_deref(), Some("Europe/Lisbon"));
        assert_eq!(iana(Some("Eastern Time (US & Canada)")).as_deref(), Some("America/New_York"));
        assert_eq!(iana(Some("Moon Base")), None);
    }
}
