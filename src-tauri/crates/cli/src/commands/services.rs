//! `services`.

use fairlead_engine::actions::import_services::{ServiceImport, import_services};
use fairlead_engine::actions::map_services;
use fairlead_engine::views::services::{Services, services};

use super::Place;
use crate::args::ServicesCommand;
use crate::exit::Failure;
use crate::output::Reply;
use crate::table::table;

pub(super) async fn run(place: &Place, what: Option<ServicesCommand>) -> Result<Reply, Failure> {
    let (workspace, as_of, said) = match what.unwrap_or(ServicesCommand::List) {
        ServicesCommand::List => {
            let view = place.view().await?;
            (view.workspace, view.as_of, String::new())
        }
        ServicesCommand::Map { place: called, name, tier, team } => {
            let workspace = place.edit().await?;
            map_services::map(&workspace, &called, &name, tier, team.as_deref()).await?;
            let now = workspace.clock.now();
            (workspace, now, String::new())
        }
        ServicesCommand::Undo => {
            let workspace = place.edit().await?;
            let step = map_services::undo(&workspace).await?;
            let now = workspace.clock.now();
            (workspace, now, format!("Taken back: {} ({})\n", step.title, step.at))
        }
        ServicesCommand::Import { file, dry_run } => {
            let workspace = place.edit().await?;
            let report = import_services(&workspace, &file, dry_run).await?;
            let partial = report.faults > 0;
            return Ok(Reply::of(&report, &report.warnings, import_text(&report))?.partial_if(partial));
        }
    };
    let answer = services(&workspace, as_of).await?;
    Reply::of(&answer, &answer.warnings, said + &text(&answer))
}

fn text(answer: &Services) -> String {
    let mut text = if answer.services.is_empty() {
        "No source names a service yet.".to_owned()
    } else {
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
    };
    for severity in &answer.severities {
        let (source, word) = (&severity.source, &severity.word);
        text.push_str(&format!("\nSeverity {word:?} of {source} means nothing yet ({} incidents)", severity.incidents));
    }
    text
}

fn import_text(report: &ServiceImport) -> String {
    let verb = if report.dry_run { "Would change" } else { "Changed" };
    let mut lines: Vec<String> = report
        .changes
        .iter()
        .map(|change| {
            let word = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
            format!("{} {}: {} to {}", change.service, change.what, word(&change.before), word(&change.after))
        })
        .collect();
    lines.push(format!(
        "{verb} {} things; {} of {} services are the same already, {} faults",
        report.changes.len(),
        report.unchanged,
        report.services,
        report.faults
    ));
    lines.join("\n")
}
