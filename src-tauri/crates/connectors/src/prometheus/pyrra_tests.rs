use rstest::rstest;

use super::super::expr::{Numerator, numerator};
use super::*;

fn rule(name: &str, query: &str, labels: &[(&str, &str)]) -> Rule {
    let mut labels: Labels = labels.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    labels.insert("slo".into(), "api-errors".into());
    let kind = if name == "ErrorBudgetBurn" { "alerting" } else { "recording" };
    Rule { name: name.into(), query: query.into(), labels, kind: kind.into() }
}

fn read(rules: Vec<Rule>) -> (Vec<Definition>, Vec<String>) {
    read_rules(&[RuleGroup { name: "api-errors".into(), rules }])
}

const RATIO: &str = "sum(rate(hits_total{code=~\"5..\",job=\"api\"}[5m])) / sum(rate(hits_total{job=\"api\"}[5m]))";
const BURN: &str =
    "hits:burnrate5m{slo=\"api-errors\"} > (14 * (1-0.99)) and hits:burnrate1h{slo=\"api-errors\"} > (14 * (1-0.99))";

#[test]
fn a_ratio_slo_is_read_from_its_rules_alone() {
    let (slos, faults) = read(vec![
        rule("hits:burnrate1h", &RATIO.replace("5m", "1h"), &[("job", "api")]),
        rule("hits:burnrate5m", RATIO, &[("job", "api")]),
        rule("ErrorBudgetBurn", BURN, &[("severity", "critical")]),
        rule("hits:increase5m", "sum by (code) (increase(hits_total[5m]))", &[]),
        rule("hits:increase4w", "sum by (code) (increase(hits_total[4w]))", &[("job", "api")]),
    ]);
    assert_eq!(faults, Vec::<String>::new());
    let slo = &slos[0];
    assert_eq!((slo.objective, slo.window.clone()), (0.99, SloWindow::Rolling { days: 28.0 }));
    assert_eq!(slo.service.as_deref(), Some("api"));
    assert_eq!(slo.method, BudgetMethod::Occurrences);
    assert!(slo.grouping.is_empty());
    assert!(!slo.labels.contains_key("severity"), "an alert's labels are not the SLO's");
    let (good, total) = (slo.good.clone().unwrap(), slo.total.clone().unwrap());
    assert_eq!(
        numerator(&good, &total),
        Numerator::Bad("sum(increase(hits_total{code=~\"5..\",job=\"api\"}[1h]))".into())
    );
}

#[test]
fn generic_rules_state_objective_and_window() {
    let (slos, _) = read(vec![
        rule("hits:burnrate5m", RATIO, &[]),
        rule("pyrra_objective", "vector(0.9990000000000001)", &[]),
        rule("pyrra_window", "vector(2.592e+06)", &[]),
    ]);
    assert_eq!((slos[0].objective, slos[0].window.clone()), (0.999, SloWindow::Rolling { days: 30.0 }));
}

#[test]
fn groups_and_odd_windows_are_seen() {
    let query = "sum by (verb, resource) (rate(e[6m])) / sum by (verb, resource) (rate(t[6m]))";
    let (slos, _) = read(vec![
        rule("t:burnrate6m", query, &[]),
        rule("t:burnrate1d1h43m", &query.replace("6m", "1d1h43m"), &[]),
        rule("t:increase30d", "sum(increase(t[30d]))", &[]),
        rule("ErrorBudgetBurn", "t:burnrate6m > (7 * (1 - 0.995))", &[]),
    ]);
    assert_eq!(slos[0].grouping, ["resource", "verb"]);
    assert_eq!(slos[0].objective, 0.995);
    assert_eq!(slos[0].member_series.as_deref(), Some("t:burnrate6m{slo=\"api-errors\"}"));
}

#[rstest]
#[case::no_objective(vec![rule("hits:burnrate5m", RATIO, &[]), rule("hits:increase4w", "x", &[])], "objective")]
#[case::no_window(vec![rule("hits:burnrate5m", RATIO, &[]), rule("ErrorBudgetBurn", BURN, &[])], "window")]
fn what_is_not_stated_is_said(#[case] rules: Vec<Rule>, #[case] missing: &str) {
    let (slos, faults) = read(rules);
    assert!(slos.is_empty());
    assert!(faults[0].contains("api-errors") && faults[0].contains(missing), "{faults:?}");
}

#[test]
fn rules_with_a_label_named_slo_are_not_all_pyras() {
    let (slos, faults) = read(vec![rule("team:latency", "avg(x)", &[])]);
    assert!(slos.is_empty() && faults.is_empty());
}

#[test]
fn generic_series_suffice_for_pyrras_own_figure() {
    let sample = |name: &str, value: &str| Sample {
        metric: Labels::from([("__name__".into(), name.into()), ("slo".into(), "api-errors".into())]),
        value: Some(super::super::wire::Point(0.0, value.into())),
    };
    let samples = [sample(OBJECTIVE, "0.99"), sample(WINDOW, "604800"), sample(AVAILABILITY, "0.995")];
    let slos = read_series(&samples);
    assert_eq!((slos.len(), slos[0].method), (1, BudgetMethod::Upstream));
    let left = remaining(&samples, 0.99, "api-errors").unwrap();
    assert!((left - 0.5).abs() < 1e-9);
    assert_eq!(remaining(&samples, 0.99, "other"), None);
}
