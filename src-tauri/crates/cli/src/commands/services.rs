//! `services`.

use fairlead_engine::views::services::{Services, services};

use super::Place;
use crate::exit::Failure;
use crate::output::Reply;
use crate::table::table;

pub(super) async fn run(place: &Place) -> Result<Reply, Failure> {
    let view = place.view().await?;
    let answer = services(&view.workspace, view.as_of).await?;
    Reply::of(&answer, &answer.warnings, text(&answer))
}

fn text(answer: &Services) -> String {
    if answer.services.is_empty() {
        return "No source names a service yet.".to_owned();
    }
    let rows = answer.services.iter().map(|service| {
        vec![
            if service.mapped { String::new() } else { "unmapped".to_owned() },
            format!("{}:{}", service.source, service.name),
            service.service.clone().unwrap_or_default(),
            service.tier.map_or_else(|| "unknown".to_owned(), |tier| tier.to_string()),
            service.team.clone().unwrap_or_default(),
        ]
    });
    table(&["", "IN SOURCE", "SERVICE", "TIER", "TEAM"], &[], rows.collect())
}
