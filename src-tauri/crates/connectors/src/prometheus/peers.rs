//! Real answers, kept in a folder beside the project and named by `FAIRLEAD_PEERS_DIR`. Without it these tests say that
//! they saw nothing; the other tests do not need it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use fairlead_domain::slo::BudgetMethod;

use super::wire::{Envelope, QueryResult, RuleGroups, Sample};
use super::{pyrra, sloth};

/// A file below the folder; `None`, and a word about it, without the folder.
fn peer(path: &str) -> Option<String> {
    let Some(folder) = std::env::var_os("FAIRLEAD_PEERS_DIR").map(PathBuf::from) else {
        let skipped = "FAIRLEAD_PEERS_DIR is not set";
        std::io::Write::write_all(&mut std::io::stderr(), format!("skipped {path}: {skipped}\n").as_bytes()).unwrap();
        return None;
    };
    Some(std::fs::read_to_string(folder.join(path)).unwrap_or_else(|reason| panic!("{path}: {reason}")))
}

#[test]
fn a_captured_server_is_read_whole() {
    let Some(text) = peer("prometheus_api/rules.json") else { return };
    let rules: Envelope<RuleGroups> = serde_json::from_str(&text).unwrap();
    let groups = rules.data.unwrap().groups;
    let (counts, faults) = sloth::read_rules(&groups);
    assert_eq!((counts.len(), faults.len()), (10, 0), "{faults:?}");
    let (pyrra, faults) = pyrra::read_rules(&groups);
    assert_eq!((pyrra.len(), faults.len()), (10, 0), "{faults:?}");
    assert!(pyrra.iter().all(|slo| slo.objective == 0.999 && slo.method == BudgetMethod::Occurrences));
}

#[test]
fn captured_samples_are_an_inventory() {
    let mut samples: Vec<Sample> = Vec::new();
    for name in ["info", "objective", "burn", "remaining", "ratio5m", "ratio30d"] {
        let Some(text) = peer(&format!("prometheus_api/query_{name}.json")) else { return };
        let answer: Envelope<QueryResult<Sample>> = serde_json::from_str(&text).unwrap();
        samples.extend(answer.data.unwrap().result);
    }
    let (_, faults) = sloth::read_inventory(&samples, &BTreeMap::new());
    assert_eq!(faults.len(), 10, "the period is in none of these captures: {faults:?}");
    let ids: Vec<String> = samples.iter().filter_map(|s| s.label("sloth_id").map(str::to_owned)).collect();
    for id in ids {
        let metric = [("__name__", "slo:time_period:days"), ("sloth_id", &id)];
        let metric = metric.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        samples.push(Sample { metric, value: Some(super::wire::Point(0.0, "30".into())) });
    }
    let (seen, faults) = sloth::read_inventory(&samples, &BTreeMap::new());
    assert_eq!((seen.len(), faults.len()), (10, 0), "{faults:?}");
    for slo in &seen {
        assert_eq!(slo.definition.objective.to_string(), "0.999");
        assert_eq!((slo.members.len(), slo.shortest.as_deref()), (1, Some("5m")));
        assert!(slo.members.keys().all(BTreeMap::is_empty), "{:?}", slo.members);
    }
}
