//! A tier 1 service was deployed, and a budget of it burns since.

use fairlead_domain::time::HOUR_MS;
use fairlead_metrics::posture::{Class, Part};

use super::super::facts::{DeployFact, Facts};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::{clock_in, multiple};

pub(super) const KIND: Kind = Kind { name: "hot_change", judge };

/// A deploy that is as old as this is no longer hot, in milliseconds.
const YOUNG_MS: i64 = 2 * HOUR_MS;
/// Below this the budget lasts its whole window, whatever the burn was before.
const SUSTAINABLE: f64 = 1.0;

fn judge(facts: &Facts) -> Outcome {
    match &facts.deploys {
        Ok(deploys) => Outcome::Found(deploys.iter().filter_map(|deploy| finding(facts, deploy)).collect()),
        Err(reason) => Outcome::NotWatched(reason.clone()),
    }
}

fn finding(facts: &Facts, deploy: &DeployFact) -> Option<Finding> {
    let (before, now) = (deploy.burn_before?, deploy.burn_now?);
    let rises = now > before && now > SUSTAINABLE;
    if !rises || facts.now.since(deploy.at) >= YOUNG_MS {
        return None;
    }
    let mut row = plain_row(KIND.name, &deploy.id, Class::Today, deploy.at);
    row.tier = deploy.tier;
    row.part = Part::Symptom;
    row.service = Some(deploy.service.clone());
    row.sources = vec![deploy.source.clone()];
    row.unknown = facts.is_blind(&deploy.source, KIND.name);
    row.value = Some(now);
    Some(Finding {
        title: format!("{} burns since its deploy", deploy.service),
        reason: format!(
            "Deploy {}, burn {} → {}",
            clock_in(deploy.at, facts.timezone),
            multiple(before),
            multiple(now)
        ),
        unit: Some("x"),
        team: deploy.team.clone(),
        action: action("Open change", deploy.url.clone()),
        why: why(
            "a tier 1 service was deployed within 2 hours, and its budget burns faster than before and than it lasts",
            Some("2 h; above 1× and above before"),
            vec![
                format!("{} at {}", deploy.title, deploy.at),
                format!(
                    "{}: {} in the last whole hour before, {} in the last",
                    deploy.slo,
                    multiple(before),
                    multiple(now)
                ),
            ],
            Some(&deploy.source),
        ),
        row,
    })
}
