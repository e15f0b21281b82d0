//! A severe incident is over for a week of work and has no postmortem.

use fairlead_metrics::posture::Class;

use super::super::facts::{Facts, ReviewFact};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::duration;

pub(super) const KIND: Kind = Kind { name: "review_missing", judge };

/// Working days after which a postmortem is missing.
const WORKING_DAYS: u32 = 5;

fn judge(facts: &Facts) -> Outcome {
    let unreviewed = match &facts.unreviewed {
        Ok(unreviewed) => unreviewed,
        Err(reason) => return Outcome::NotWatched(reason.clone()),
    };
    let late = unreviewed.iter().filter(|review| review.working_days >= WORKING_DAYS);
    Outcome::Found(late.map(|review| finding(facts, review)).collect())
}

fn finding(facts: &Facts, review: &ReviewFact) -> Finding {
    let mut row = plain_row(KIND.name, &review.id, Class::Week, review.resolved_at);
    row.tier = review.tier;
    row.service.clone_from(&review.service);
    row.sources.clone_from(&review.review_sources);
    row.unknown = review.review_sources.iter().any(|source| facts.is_blind(source, KIND.name));
    let age = facts.now.since(review.resolved_at);
    row.value = Some(super::seconds(age));
    Finding {
        title: format!("No postmortem of {} {}", review.number, review.title),
        reason: format!("SEV{} resolved {} ago", review.severity, duration(age)),
        unit: Some("secs"),
        team: review.team.clone(),
        action: action("Start review", review.url.clone()),
        why: why(
            "an incident of severity 1 or 2 has no postmortem 5 working days after it was resolved",
            Some("5 working days"),
            vec![format!(
                "{} resolved {}, {} working days ago",
                review.number, review.resolved_at, review.working_days
            )],
            Some(&review.source),
        ),
        row,
    }
}
