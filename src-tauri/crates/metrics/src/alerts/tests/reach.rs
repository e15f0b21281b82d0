use fairlead_domain::alert::{Alert, AlertStatus};
use fairlead_domain::silence::{Silence, SilenceState};
use rstest::rstest;

use super::{alert, at};
use crate::alerts::{Matchers, Reach, idle_since, reach};

fn silence(start: i64, end: i64) -> Silence {
    Silence {
        ext_id: "s".to_owned(),
        start: at(start),
        end: at(end),
        creator: None,
        comment: None,
        matchers: r#"[{"name":"alertname","value":"A","isRegex":false,"isEqual":true}]"#.to_owned(),
        state: SilenceState::Active,
    }
}

fn reach_of(alerts: &[Alert], now: i64) -> Reach {
    let matchers = Matchers::parse(&silence(0, 1).matchers).unwrap();
    reach(&matchers, alerts, at(now))
}

#[test]
fn firing_and_suppressed_alerts_are_matched_and_others_are_not() {
    let quiet = Alert { status: AlertStatus::Suppressed, ..alert("A", 0, None) };
    let pending = Alert { status: AlertStatus::Pending, ..alert("A", 0, None) };
    let alerts = [alert("A", 10, None), quiet, pending, alert("B", 0, None), alert("A", 200, None)];
    assert_eq!(reach_of(&alerts, 100), Reach { firing: 2, last_match: Some(at(100)) });
    assert_eq!(reach_of(&alerts[3..], 100), Reach { firing: 0, last_match: None });
}

#[rstest]
#[case::just_before_its_end(49, 1, 49)]
#[case::at_its_end(50, 0, 50)]
#[case::later(90, 0, 50)]
fn an_end_is_no_match_any_more(#[case] now: i64, #[case] firing: usize, #[case] last: i64) {
    assert_eq!(reach_of(&[alert("A", 0, Some(50))], now), Reach { firing, last_match: Some(at(last)) });
}

#[rstest]
#[case::never_matched(silence(10, 900), &[], 0, 500, Some(10))]
#[case::matched_until(silence(10, 900), &[(0, Some(50))], 0, 500, Some(50))]
#[case::matched_before_it_began(silence(100, 900), &[(0, Some(50))], 0, 500, Some(100))]
#[case::matches(silence(10, 900), &[(0, None)], 0, 500, None)]
#[case::watched_for_shorter(silence(10, 900), &[], 300, 500, Some(300))]
#[case::not_watched_yet(silence(10, 900), &[], 501, 500, None)]
#[case::over(silence(10, 500), &[], 0, 500, None)]
#[case::not_begun(silence(501, 900), &[], 0, 500, None)]
fn since_when_it_matches_nothing(
    #[case] silence: Silence,
    #[case] alerts: &[(i64, Option<i64>)],
    #[case] watched: i64,
    #[case] now: i64,
    #[case] expected: Option<i64>,
) {
    let alerts: Vec<Alert> = alerts.iter().map(|(start, end)| alert("A", *start, *end)).collect();
    let reach = reach_of(&alerts, now);
    assert_eq!(idle_since(&silence, reach, at(watched), at(now)), expected.map(at));
}
