use super::*;

fn sample(name: &str, labels: &[(&str, &str)], value: &str) -> Sample {
    let mut metric: Labels = labels.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    metric.insert("__name__".into(), name.into());
    Sample { metric, value: Some(super::super::wire::Point(1_795_000_000.0, value.into())) }
}

const ID: (&str, &str) = ("sloth_id", "shop-availability");

fn definition_rows(extra: &[(&str, &str)]) -> Vec<Sample> {
    let base = [&[ID, ("sloth_service", "shop"), ("sloth_slo", "availability"), ("team", "web")], extra].concat();
    vec![
        sample(INFO, &[&base[..], &[("sloth_objective", "99.9"), ("sloth_version", "v0.16.0")]].concat(), "1"),
        sample(OBJECTIVE, &base, "0.9990000000000001"),
        sample(PERIOD, &base, "30"),
    ]
}

fn only(samples: &[Sample]) -> Seen {
    let (mut seen, faults) = read_inventory(samples, &BTreeMap::new());
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(seen.len(), 1);
    seen.remove(0)
}

#[test]
fn an_slo_is_read_with_its_clean_objective() {
    let mut samples = definition_rows(&[]);
    let base = [ID, ("sloth_service", "shop"), ("sloth_slo", "availability"), ("team", "web")];
    samples.push(sample(REMAINING, &base, "-0.25"));
    samples.push(sample("slo:sli_error:ratio_rate30m", &[&base[..], &[("sloth_window", "30m")]].concat(), "0"));
    samples.push(sample("slo:sli_error:ratio_rate2m", &[&base[..], &[("sloth_window", "2m")]].concat(), "NaN"));
    let slo = only(&samples);
    assert_eq!(slo.definition.objective.to_string(), "0.999");
    assert_eq!(slo.definition.window, SloWindow::Rolling { days: 30.0 });
    assert_eq!(slo.definition.method, BudgetMethod::RatioMean);
    assert_eq!(slo.definition.service.as_deref(), Some("shop"));
    assert_eq!(slo.definition.labels, Labels::from([("team".into(), "web".into())]));
    assert_eq!(slo.members, BTreeMap::from([(Labels::new(), Some(-0.25))]));
    assert_eq!(slo.shortest.as_deref(), Some("2m"));
}

#[test]
fn groups_are_the_labels_beyond_the_definition() {
    let mut samples = definition_rows(&[]);
    for (zone, remaining) in [("eu", "0.5"), ("us", "NaN")] {
        let row = [ID, ("sloth_service", "shop"), ("sloth_slo", "availability"), ("zone", zone)];
        samples.push(sample("slo:current_burn_rate:ratio", &row, "1"));
        samples.push(sample(REMAINING, &row, remaining));
    }
    let members = only(&samples).members;
    let zone = |name: &str| Labels::from([("zone".to_owned(), name.to_owned())]);
    assert_eq!(members, BTreeMap::from([(zone("eu"), Some(0.5)), (zone("us"), None)]));
}

#[test]
fn the_same_id_in_two_clusters_is_two_members() {
    let mut samples = definition_rows(&[("cluster", "a")]);
    samples.extend(definition_rows(&[("cluster", "b")]));
    for cluster in ["a", "b"] {
        samples.push(sample(REMAINING, &[ID, ("cluster", cluster), ("team", "web")], "1"));
    }
    let slo = only(&samples);
    assert_eq!(slo.members.len(), 2);
    assert!(!slo.definition.labels.contains_key("cluster"), "what tells members apart is no label of all");
}

#[test]
fn without_measured_series_no_member_is_invented() {
    assert_eq!(only(&definition_rows(&[])).members, BTreeMap::new());
}

#[test]
fn an_impossible_objective_is_a_fault_of_that_slo_only() {
    let broken =
        vec![sample(OBJECTIVE, &[("sloth_id", "broken")], "1.5"), sample(PERIOD, &[("sloth_id", "broken")], "30")];
    let (seen, faults) = read_inventory(&[broken, definition_rows(&[])].concat(), &BTreeMap::new());
    assert_eq!(seen.len(), 1);
    assert!(faults[0].contains("broken"), "{faults:?}");
}

#[test]
fn rules_of_the_shortest_window_give_the_counts() {
    let rule = |window: &str, query: &str| super::super::wire::Rule {
        name: format!("{RATIO}{window}"),
        query: query.into(),
        labels: Labels::from([(ID.0.into(), ID.1.into())]),
        kind: "recording".into(),
    };
    let ratio = |w: &str| format!("(sum(rate(e[{w}])))\n/\n(sum(rate(t[{w}])))");
    let optimised = "sum_over_time(slo:sli_error:ratio_rate5m[30d]) / ignoring (sloth_window) count_over_time(slo:sli_error:ratio_rate5m[30d])";
    let group = RuleGroup {
        name: "g".into(),
        rules: vec![rule("30d", optimised), rule("30m", &ratio("30m")), rule("5m", &ratio("5m"))],
    };
    let (counts, faults) = read_rules(&[group]);
    assert_eq!(counts[ID.1].total, "sum(increase(t[1h]))");
    assert_eq!(faults, Vec::<String>::new());

    let raw = RuleGroup { name: "g".into(), rules: vec![rule("5m", "avg_over_time(error_ratio[5m])")] };
    let (counts, faults) = read_rules(&[raw]);
    assert!(counts.is_empty() && faults[0].contains(ID.1));
}
