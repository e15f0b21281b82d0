//! The rota of the coming weeks rests on too few people. It names nobody: it is about the size of a team.

use fairlead_metrics::oncall::MOST_SHARE;
use fairlead_metrics::posture::Class;

use super::super::facts::{Facts, ThinFact};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::share;

pub(super) const KIND: Kind = Kind { name: "rota_thin", judge };

/// Shares are sums of hours: what differs by less is equal.
const TOLERANCE: f64 = 1e-9;

fn judge(facts: &Facts) -> Outcome {
    let shares = match &facts.rota_shares {
        Ok(shares) => shares,
        Err(reason) => return Outcome::NotWatched(reason.clone()),
    };
    let above = |share: f64| share > MOST_SHARE + TOLERANCE;
    let thin = shares.iter().filter(|fact| above(fact.largest_share) || fact.without_one.is_none_or(above));
    Outcome::Found(thin.map(|fact| finding(facts, fact)).collect())
}

fn finding(facts: &Facts, thin: &ThinFact) -> Finding {
    let of_team = thin.team.as_deref().map_or_else(String::new, |team| format!(" of {team}"));
    let mut row = plain_row(KIND.name, thin.team.as_deref().unwrap_or_default(), Class::Week, facts.now.floor_day());
    row.sources.clone_from(&thin.sources);
    row.unknown = thin.sources.iter().any(|source| facts.is_blind(source, KIND.name));
    row.value = Some(thin.without_one.unwrap_or(1.0));
    let without = match thin.without_one {
        Some(without) => format!("Without one person a share is {}", share(without)),
        None => "Without one person nobody is left".to_owned(),
    };
    Finding {
        title: format!("The rota{of_team} is thin"),
        reason: format!("{without}; the largest is {}", share(thin.largest_share)),
        unit: Some("ratio"),
        team: thin.team.clone(),
        action: action("See N−1", Some("/oncall".to_owned())),
        why: why(
            "in the next 28 days somebody is on call for more than a quarter of the time, or would be without one person",
            Some("25 % of the time"),
            vec![
                format!("largest share {}", share(thin.largest_share)),
                thin.without_one.map_or_else(|| without.clone(), |w| format!("without one person {}", share(w))),
            ],
            thin.sources.first().map(String::as_str),
        ),
        row,
    }
}
