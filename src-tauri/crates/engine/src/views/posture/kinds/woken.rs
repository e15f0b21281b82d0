//! Somebody on call was woken twice in a night, or two nights running. Names stay out of it: what matters is the rota.

use fairlead_metrics::posture::Class;

use super::super::facts::{Facts, NightFact};
use super::{Finding, Kind, Outcome, action, plain_row, why};
use crate::views::wording::{capitalised, counted};

pub(super) const KIND: Kind = Kind { name: "woken", judge };

/// So many wakes in one night are too many.
const WAKES: u32 = 2;

fn judge(facts: &Facts) -> Outcome {
    let nights = match &facts.nights {
        Ok(nights) => nights,
        Err(reason) => return Outcome::NotWatched(reason.clone()),
    };
    let bad = |night: &&NightFact| night.wakes_last >= WAKES || (night.wakes_last > 0 && night.wakes_before > 0);
    Outcome::Found(nights.iter().filter(bad).map(finding).collect())
}

fn finding(night: &NightFact) -> Finding {
    let mut row = plain_row(KIND.name, &night.person_key, Class::Today, night.since);
    row.sources.clone_from(&night.sources);
    row.value = Some(f64::from(night.wakes_last));
    let who = match night.role.as_deref() {
        None | Some("unknown") => "Somebody on the rota".to_owned(),
        Some(role) => capitalised(role),
    };
    let how = match (night.wakes_last, night.wakes_before) {
        (1, _) => "two nights running".to_owned(),
        (2, _) => "twice".to_owned(),
        (n, _) => format!("{n} times"),
    };
    let running = if night.wakes_before > 0 && night.wakes_last > 1 { ", and the night before" } else { "" };
    let again = if night.again { "on call tonight" } else { "not on call tonight" };
    Finding {
        title: format!("{who} woken {how}"),
        reason: format!("{} last night{running}; {again}", counted(night.wakes_last as usize, "wake")),
        unit: Some("count"),
        team: night.team.clone(),
        action: action("Copy relief offer", None),
        why: why(
            "two wakes in sleeping hours last night, or wakes two nights running",
            Some("2 wakes, or 2 nights"),
            [
                Some(format!("last night {}, the night before {}", night.wakes_last, night.wakes_before)),
                Some(format!("first of last night {}", night.since)),
                night.schedule.as_ref().map(|schedule| format!("on call for {schedule} now")),
            ]
            .into_iter()
            .flatten()
            .collect(),
            night.sources.first().map(String::as_str),
        ),
        row,
    }
}
