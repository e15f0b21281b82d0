//! `oncall`.

use fairlead_engine::views::oncall::{OnCall, on_call};

use super::Place;
use crate::exit::Failure;
use crate::output::Reply;
use crate::table::table;

pub(super) async fn run(place: &Place, range: Option<(&str, &str)>) -> Result<Reply, Failure> {
    let view = place.view().await?;
    let zone = view.workspace.config.workspace.timezone;
    let range = super::range(range, zone)?;
    let answer = on_call(&view.workspace, view.as_of, range).await?;
    Reply::of(&answer, &answer.warnings, text(&answer, range.is_some()))
}

fn text(answer: &OnCall, range: bool) -> String {
    let mut parts = Vec::new();
    let who = |person: &Option<String>, withheld: bool| match (person, withheld) {
        (Some(person), _) => person.clone(),
        (None, true) => "(outside the team)".to_owned(),
        (None, false) => "nobody".to_owned(),
    };
    if range {
        let rows = answer.shifts.iter().map(|shift| {
            let person = who(&shift.person, shift.withheld);
            vec![shift.schedule.clone(), person, shift.role.clone(), shift.start.to_string(), shift.end.to_string()]
        });
        parts.push(table(&["SCHEDULE", "PERSON", "ROLE", "START", "END"], &[], rows.collect()));
    } else if answer.on_call.is_empty() {
        parts.push("Nobody is known to be on call.".to_owned());
    } else {
        let rows = answer.on_call.iter().map(|entry| {
            let person = who(&entry.person, entry.withheld);
            vec![entry.schedule.clone(), person, entry.role.clone(), entry.end.to_string()]
        });
        parts.push(table(&["SCHEDULE", "PERSON", "ROLE", "UNTIL"], &[], rows.collect()));
    }
    for gap in &answer.gaps {
        parts.push(format!("Gap in {}: {} to {}", gap.schedule, gap.start, gap.end));
    }
    parts.join("\n") + &super::unmapped_line(answer.unmapped)
}
