//! What rules, documents and settings say of an SLO, before its groups are known.

use std::collections::BTreeMap;

use fairlead_domain::slo::{BudgetMethod, Slo, SloOrigin, SloWindow, group_id};
use serde::{Deserialize, Serialize};

/// An SLO as it is defined, for all members of its group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Definition {
    /// The upstream's id.
    pub id: String,
    /// Display name.
    pub name: String,
    /// The service, where a label says so.
    pub service: Option<String>,
    /// What defined it.
    pub origin: SloOrigin,
    /// Target ratio.
    pub objective: f64,
    /// Over which time.
    pub window: SloWindow,
    /// How the budget is counted.
    pub method: BudgetMethod,
    /// Good events, or good slices, of an hour.
    pub good: Option<String>,
    /// All events, or measured slices, of an hour.
    pub total: Option<String>,
    /// What the upstream says of it.
    pub description: Option<String>,
    /// Further labels.
    pub labels: BTreeMap<String, String>,
    /// Labels by which it is parted into members, where the definition says so.
    pub grouping: Vec<String>,
    /// A series that has one row for each member, as a selector.
    pub member_series: Option<String>,
}

impl Definition {
    /// The member with these labels; the SLO itself when there are none.
    pub fn member(&self, group: BTreeMap<String, String>) -> Slo {
        Slo {
            ext_id: group_id(&self.id, &group),
            name: self.name.clone(),
            service: self.service.clone(),
            group,
            origin: self.origin,
            objective: self.objective,
            window: self.window.clone(),
            method: self.method,
            good_expr: self.good.clone(),
            total_expr: self.total.clone(),
            description: self.description.clone(),
            labels: self.labels.clone(),
        }
    }
}

/// The upstream's id of a member: its id without the group's labels.
pub(super) fn upstream_id(slo: &Slo) -> &str {
    let suffix = group_id("", &slo.group);
    slo.ext_id.strip_suffix(suffix.as_str()).unwrap_or(&slo.ext_id)
}

/// Whether a row's labels are those of this member.
pub(super) fn belongs(slo: &Slo, labels: &BTreeMap<String, String>) -> bool {
    slo.group.iter().all(|(key, value)| labels.get(key) == Some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_gives_its_upstream_id_back() {
        let definition = Definition {
            id: "api-errors".into(),
            name: "errors".into(),
            service: None,
            origin: SloOrigin::Pyrra,
            objective: 0.99,
            window: SloWindow::Rolling { days: 14.0 },
            method: BudgetMethod::Occurrences,
            good: None,
            total: None,
            description: None,
            labels: BTreeMap::new(),
            grouping: vec!["verb".into()],
            member_series: None,
        };
        let member = definition.member(BTreeMap::from([("verb".into(), "GET".into())]));
        assert_eq!(member.ext_id, "api-errors{verb=\"GET\"}");
        assert_eq!(upstream_id(&member), "api-errors");
        assert_eq!(upstream_id(&definition.member(BTreeMap::new())), "api-errors");
        let row = BTreeMap::from([("verb".into(), "GET".into()), ("job".into(), "x".into())]);
        assert!(belongs(&member, &row));
        assert!(!belongs(&member, &BTreeMap::new()));
    }
}
