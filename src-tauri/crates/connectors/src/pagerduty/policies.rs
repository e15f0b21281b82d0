//! Escalation policies and their levels.

use fairlead_domain::Item;
use fairlead_domain::escalation::{EscalationPolicy, PolicyLevel};

use super::api::Resource;
use super::page_walk::Turn;
use super::source::{PagerDuty, fresh};
use super::{person, wire};
use crate::http::Share;
use crate::{Batch, ConnectorError, Request};

pub(super) const POLICIES: Resource = Resource::new(
    "escalation_policies",
    "escalation_policies",
    "escalation policies",
    "who is primary and who secondary is not known",
);

impl PagerDuty {
    pub(super) async fn policies(&self, request: &Request<'_>) -> Result<Batch, ConnectorError> {
        let (page, step) = self.page(&POLICIES, &[], &Turn::read(request.cursor), Share::Incremental).await?;
        let read = fresh(&page, &step).into_iter().map(wire::read::<wire::Policy>);
        Ok(Batch {
            items: read.filter_map(policy).map(Item::from).collect(),
            next: step.next.map(|next| next.text()),
            total: page.total,
            ..Batch::default()
        })
    }
}

fn policy(policy: wire::Policy) -> Option<EscalationPolicy> {
    let ext_id = policy.id?;
    let name = policy.name.or(policy.summary).unwrap_or_else(|| ext_id.clone());
    let levels = policy.escalation_rules.iter().zip(1_u32..).map(|(rule, level)| {
        let is_schedule = |target: &&wire::Ref| target.kind.as_deref().is_some_and(|kind| kind.starts_with("schedule"));
        PolicyLevel {
            level,
            timeout_secs: rule.escalation_delay_in_minutes.map(|minutes| minutes.saturating_mul(60)),
            schedules: rule.targets.iter().filter(is_schedule).filter_map(|target| target.id.clone()).collect(),
            people: rule.targets.iter().filter_map(|target| person::by_ref(Some(target))).collect(),
        }
    });
    Some(EscalationPolicy { ext_id, name, levels: levels.collect() })
}
