use std::collections::BTreeMap;

use fairlead_domain::slo::{SloOrigin, SloWindow, group_id};
use rstest::rstest;

use super::super::wire::{Labels, Point};
use super::*;

fn slo(id: &str, group: &[(&str, &str)], good: &str, total: &str) -> Slo {
    let group: BTreeMap<String, String> = group.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    Slo {
        ext_id: group_id(id, &group),
        name: id.into(),
        service: None,
        group,
        origin: SloOrigin::Sloth,
        objective: 0.99,
        window: SloWindow::Rolling { days: 30.0 },
        method: BudgetMethod::Occurrences,
        good_expr: Some(good.into()),
        total_expr: Some(total.into()),
        description: None,
        labels: BTreeMap::new(),
    }
}

#[rstest]
#[case::measured(Numerator::Bad(String::new()), Some(3.0), 10.0, Some((7.0, false)))]
#[case::no_error_was_ever_counted(Numerator::Bad(String::new()), None, 10.0, Some((10.0, false)))]
#[case::no_success_was_ever_counted(Numerator::Good(String::new()), None, 10.0, Some((0.0, false)))]
#[case::quiet(Numerator::Good(String::new()), Some(f64::NAN), 0.0, Some((0.0, false)))]
#[case::extrapolated_a_little_over(Numerator::Good(String::new()), Some(10.05), 10.0, Some((10.0, false)))]
#[case::misfit(Numerator::Bad(String::new()), Some(50.0), 10.0, Some((0.0, true)))]
#[case::part_is_no_number(Numerator::Bad(String::new()), Some(f64::NAN), 10.0, None)]
#[case::whole_is_no_number(Numerator::Bad(String::new()), Some(1.0), f64::NAN, None)]
fn an_hour_is_measured_quiet_or_missing(
    #[case] numerator: Numerator,
    #[case] part: Option<f64>,
    #[case] total: f64,
    #[case] expected: Option<(f64, bool)>,
) {
    assert_eq!(count(&numerator, part, total), expected);
}

fn row(part: &str, labels: &[(&str, &str)], values: &[(i64, &str)]) -> Series {
    let mut metric: Labels = labels.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    metric.insert(PART.into(), part.into());
    #[expect(clippy::cast_precision_loss, reason = "small numbers of a test")]
    let values = values.iter().map(|(at, value)| Point(*at as f64, (*value).to_owned())).collect();
    Series { metric, values }
}

#[test]
fn members_of_a_group_are_asked_once_and_told_apart() {
    let slos = [slo("a", &[("zone", "eu")], "g", "t"), slo("a", &[("zone", "us")], "g", "t"), slo("b", &[], "g", "t")];
    let families = families(&slos);
    assert_eq!(families.len(), 2);
    let rows = [
        row("0g", &[("zone", "us")], &[(3600, "5"), (7200, "5")]),
        row("0t", &[("zone", "us")], &[(3600, "6"), (7200, "7")]),
        row("0t", &[("zone", "eu")], &[(7200, "0")]),
    ];
    let mut found = Hourly::default();
    family_hours(&mut found, 0, &families[0], &rows);
    let told: Vec<_> =
        found.hours.iter().map(|h| (h.slo.as_str(), h.hour.as_secs(), h.figures.good, h.figures.total)).collect();
    let expected = [
        ("a{zone=\"eu\"}", 3600, Some(0.0), Some(0.0)),
        ("a{zone=\"us\"}", 0, Some(5.0), Some(6.0)),
        ("a{zone=\"us\"}", 3600, Some(5.0), Some(7.0)),
    ];
    assert_eq!(told, expected, "the value at an instant is of the hour before it, and missing hours stay missing");
}

#[test]
fn several_series_for_one_slo_are_said() {
    let slos = [slo("b", &[], "g", "t")];
    let rows = [row("0t", &[("x", "1")], &[(3600, "6")]), row("0t", &[("x", "2")], &[(3600, "6")])];
    let mut found = Hourly::default();
    family_hours(&mut found, 0, &families(&slos)[0], &rows);
    assert!(found.hours.is_empty());
    assert!(found.faults[0].contains("sum()"), "{:?}", found.faults);
}

#[test]
fn a_hundred_slos_cost_at_most_twenty_requests_below_eight_kibibytes() {
    let total = |n: usize| format!("sum(increase(http_request_duration_seconds_count{{job=\"service-{n:03}\"}}[1h]))");
    let bad = |n: usize| total(n).replace("job", "code=~\"(5..|429)\",job");
    let slos: Vec<Slo> =
        (0..100).map(|n| slo(&format!("s{n:03}"), &[], &expr::good_from_bad(&bad(n), &total(n)), &total(n))).collect();
    assert!(request_count(&slos) <= 20, "{} requests", request_count(&slos));
    let families = families(&slos);
    for pack in packs(&families) {
        let question: Vec<String> = pack.iter().enumerate().map(|(n, family)| family.question(n)).collect();
        assert!(encoded_length(&question.join(" or ")) < 8_192);
        assert!(matches!(pack[0].numerator, Numerator::Bad(_)), "the whole is not asked for twice");
    }
}
