use proptest::prelude::*;
use rstest::rstest;

use super::*;

const FIVE_MINUTES: Duration = Duration::from_secs(300);

#[rstest]
#[case::bad_over_total(
    "(sum(rate(hits_total{code=~\"5..\"}[5m])))\n/\n(sum(rate(hits_total[5m])))",
    Numerator::Bad("sum(increase(hits_total{code=~\"5..\"}[1h]))".into()),
    "sum(increase(hits_total[1h]))"
)]
#[case::one_minus_good(
    "1 - (sum(rate(hits_total{code!~\"5..\"}[5m])) / sum(rate(hits_total[5m])))",
    Numerator::Good("sum(increase(hits_total{code!~\"5..\"}[1h]))".into()),
    "sum(increase(hits_total[1h]))"
)]
#[case::latency(
    "(sum by (job) (rate(t_count[5m])) - sum by (job) (rate(t_bucket{le=\"1\"}[5m]))) / sum by (job) (rate(t_count[5m]))",
    Numerator::Good("sum by (job) (increase(t_bucket{le=\"1\"}[1h]))".into()),
    "sum by (job) (increase(t_count[1h]))"
)]
#[case::gauge_of_ones_and_zeros(
    "(sum(count_over_time(up[5m])) - sum(sum_over_time(up[5m]))) / sum(count_over_time(up[5m]))",
    Numerator::Good("sum(sum_over_time(up[1h]))".into()),
    "sum(count_over_time(up[1h]))"
)]
#[case::native_histogram(
    "1 - histogram_fraction(0, 1, sum(rate(t{code=~\"2..\"}[5m])))",
    Numerator::Good(
        "histogram_fraction(0, 1, sum(increase(t{code=~\"2..\"}[1h]))) * histogram_count(sum(increase(t{code=~\"2..\"}[1h])))"
            .into()
    ),
    "histogram_count(sum(increase(t{code=~\"2..\"}[1h])))"
)]
#[case::defaults_hide_gaps(
    "(sum(rate(bad[5m])) OR on() vector(0)) / (sum(rate(all[5m])) or vector(0))",
    Numerator::Bad("sum(increase(bad[1h]))".into()),
    "sum(increase(all[1h]))"
)]
#[case::subqueries(
    "(sum_over_time((count(x < 0.5))[5m:])) / (sum_over_time((count(x))[5m:]))",
    Numerator::Bad("sum_over_time((count(x < 0.5))[1h:])".into()),
    "sum_over_time((count(x))[1h:])"
)]
fn a_ratio_becomes_counts_of_an_hour(#[case] ratio: &str, #[case] expected: Numerator, #[case] total: &str) {
    let counts = hourly_counts(ratio, FIVE_MINUTES).unwrap();
    let squeeze = |text: &str| text.replace("  ", " ").replace(" (", "(");
    assert_eq!(squeeze(&counts.total), squeeze(total));
    let (Numerator::Bad(found) | Numerator::Good(found)) = numerator(&counts.good, &counts.total);
    let (Numerator::Bad(text) | Numerator::Good(text)) = &expected;
    assert_eq!(squeeze(&found), squeeze(text));
    let kind = |n: &Numerator| matches!(n, Numerator::Bad(_));
    assert_eq!(kind(&numerator(&counts.good, &counts.total)), kind(&expected));
    checked_parse(&counts.good).unwrap();
}

#[rstest]
#[case::no_quotient("sum(rate(x[5m]))")]
#[case::corrected_quotient("(sum(rate(a[5m])) / sum(rate(b[5m]))) * on() correction")]
#[case::weighed_by_a_gauge("(sum(rate(a[5m])) * on() correction) / sum(rate(b[5m]))")]
#[case::total_is_constant("sum(rate(a[5m])) / vector(1)")]
#[case::other_window("sum(rate(a[10m])) / sum(rate(b[5m]))")]
#[case::mean("avg_over_time(a[5m]) / count_over_time(a[5m])")]
#[case::instant_rate("sum(irate(a[5m])) / sum(rate(b[5m]))")]
#[case::threshold("(sum(rate(a[5m])) > 3) / sum(rate(b[5m]))")]
#[case::metricsql("(1 - histogram_share(0.2, sum by (vmrange) (rate(x[5m])))) / (vector(1)[5m])")]
#[case::broken("sum(rate(a[5m])) /")]
#[case::joined("sum by (x) (rate(a[5m])) / on(x) group_left() sum by (x) (rate(b[5m]))")]
fn what_does_not_count_events_is_refused(#[case] ratio: &str) {
    let refused = hourly_counts(ratio, FIVE_MINUTES);
    assert!(refused.is_err(), "{refused:?}");
}

#[test]
fn a_hostile_expression_cannot_exhaust_the_stack() {
    assert!(checked_parse(&"(".repeat(100_000)).is_err());
    assert!(checked_parse(&format!("{}x{}", "(".repeat(5_000), ")".repeat(5_000))).is_err());
}

proptest! {
    #[test]
    fn any_text_is_answered_without_panic(text in "\\PC{0,80}") {
        let refused_or_read = hourly_counts(&text, FIVE_MINUTES);
        prop_assert!(refused_or_read.is_ok() || refused_or_read.is_err());
    }

    #[test]
    fn bad_events_come_back_out_of_the_good_expression(metric in "[a-z]{1,8}", code in "[0-9.]{0,4}") {
        let ratio = format!("sum(rate({metric}_total{{code=~\"{code}\"}}[5m])) / sum(rate({metric}_total[5m]))");
        if let Ok(counts) = hourly_counts(&ratio, FIVE_MINUTES) {
            prop_assert!(matches!(numerator(&counts.good, &counts.total), Numerator::Bad(_)));
        }
    }
}
