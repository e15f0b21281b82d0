use fairlead_domain::slo::{BudgetMethod, CalendarUnit};
use proptest::prelude::*;

use super::super::expr::{Numerator, checked_parse, numerator};
use super::*;

fn reading() -> Reading {
    read(&[("slo/all.yaml".into(), include_str!("../fixtures/openslo.yaml").into())])
}

fn found(id: &str) -> Definition {
    let reading = reading();
    let ids: Vec<&str> = reading.definitions.iter().map(|d| d.id.as_str()).collect();
    reading.definitions.iter().find(|d| d.id == id).cloned().unwrap_or_else(|| panic!("{id} is not among {ids:?}"))
}

#[test]
fn a_broken_document_is_named_and_the_others_count() {
    let reading = reading();
    let ids: Vec<&str> = reading.definitions.iter().map(|d| d.id.as_str()).collect();
    assert_eq!(ids, ["orders", "search:Goal", "search:Contract", "search-speed", "old", "new"]);
    let expected = ["slo/all.yaml:82 is no YAML", "1M", "apiVersion \"foo\"", "Datadog"];
    assert_eq!(reading.faults.len(), expected.len(), "{:#?}", reading.faults);
    for part in expected {
        assert!(reading.faults.iter().any(|f| f.contains(part)), "{part} is not in {:#?}", reading.faults);
    }
    assert!(reading.faults.iter().all(|f| f.starts_with("slo/all.yaml:")), "each names its file and line");
}

#[test]
fn counters_are_increased_over_the_hour() {
    let slo = found("orders");
    assert_eq!((slo.objective, slo.method), (0.999, BudgetMethod::Occurrences));
    assert_eq!(slo.window, SloWindow::Rolling { days: 28.0 });
    assert_eq!(slo.labels["team"], "shop,web");
    let total = slo.total.unwrap();
    assert_eq!(total, "sum(increase(orders_total[1h]))");
    let bad = "sum(increase(orders_total{result=\"failed\"}[1h]))";
    assert_eq!(numerator(&slo.good.unwrap(), &total), Numerator::Bad(bad.into()));
}

#[test]
fn slices_are_judged_one_by_one() {
    let slo = found("search:Contract");
    assert_eq!(slo.method, BudgetMethod::Timeslices);
    assert!(matches!(slo.window, SloWindow::Calendar { unit: CalendarUnit::Month, count: 1, .. }));
    let (good, total) = (slo.good.unwrap(), slo.total.unwrap());
    assert!(good.contains(">= bool 0.95)[3599s:300s]"), "{good}");
    assert!(
        total.contains("> 0)") && total.contains("or 0 * count_over_time"),
        "silent slices are not measured: {total}"
    );
    for text in [good, total] {
        checked_parse(&text).unwrap();
    }
}

#[test]
fn thresholds_count_samples_and_never_nan() {
    let slo = found("search-speed");
    assert_eq!(slo.good.as_deref(), Some("sum_over_time((((search_latency_ms) >= -Inf) < bool 500)[3599s:60s])"));
    checked_parse(&slo.good.unwrap()).unwrap();
    checked_parse(&slo.total.unwrap()).unwrap();
}

#[test]
fn older_and_newer_forms_are_read() {
    assert_eq!(found("old").total.as_deref(), Some("sum(increase(a_total[1h]))"));
    let new = found("new");
    assert_eq!(new.method, BudgetMethod::RatioMean);
    checked_parse(&new.good.unwrap()).unwrap();
    checked_parse(&new.total.unwrap()).unwrap();
}

proptest! {
    #[test]
    fn any_file_is_answered_without_panic(text in "(apiVersion: openslo/v1\nkind: SLO\n)?[ -~\n]{0,200}") {
        let reading = read(&[("f".into(), text)]);
        prop_assert!(reading.definitions.is_empty());
    }
}
