//! `people`.

use std::sync::Arc;

use fairlead_engine::Workspace;
use fairlead_engine::actions::map_people;
use fairlead_engine::views::people::{People, people};

use super::Place;
use crate::args::PeopleCommand;
use crate::exit::Failure;
use crate::moment::instant;
use crate::output::Reply;
use crate::table::table;

pub(super) async fn run(place: &Place, what: Option<PeopleCommand>) -> Result<Reply, Failure> {
    let Some(what) = what.filter(|what| !matches!(what, PeopleCommand::List)) else {
        let view = place.view().await?;
        let answer = people(&view.workspace, view.as_of).await?;
        return Reply::of(&answer, &answer.warnings, text(&answer));
    };
    let workspace = place.edit().await?;
    let said = say(&workspace, what).await?;
    let answer = people(&workspace, workspace.clock.now()).await?;
    Reply::of(&answer, &answer.warnings, said + &text(&answer))
}

/// Does what is asked for; returns what is to be told before the list.
async fn say(workspace: &Arc<Workspace>, what: PeopleCommand) -> Result<String, Failure> {
    match what {
        PeopleCommand::List => {}
        PeopleCommand::Merge { one, into } => map_people::merge(workspace, &one, &into).await?,
        PeopleCommand::Split { one } => map_people::split(workspace, &one).await?,
        PeopleCommand::Map { identity, who } => map_people::map(workspace, &identity, &who).await?,
        PeopleCommand::Mark { who, kind } => map_people::mark(workspace, &who, &kind).await?,
        PeopleCommand::Set { who, timezone, hours, from } => {
            let zone = workspace.config.workspace.timezone;
            let from = from.as_deref().map(|text| instant(text, "--from", zone)).transpose()?;
            let from = from.unwrap_or_else(|| workspace.clock.now());
            map_people::set_hours(workspace, &who, timezone.as_deref(), hours.as_deref(), from).await?;
        }
        PeopleCommand::Undo => {
            let step = map_people::undo(workspace).await?;
            return Ok(format!("Taken back: {} ({})\n", step.title, step.at));
        }
    }
    Ok(String::new())
}

fn text(answer: &People) -> String {
    if answer.people.is_empty() {
        return "Nobody is known yet.".to_owned();
    }
    let rows = answer.people.iter().map(|person| {
        let sources: Vec<&str> = person.identities.iter().map(|identity| identity.source.as_str()).collect();
        let mark = match (person.mapped, person.kind.as_str()) {
            (false, _) => "unmapped",
            (true, "person") => "",
            (true, kind) => kind,
        };
        vec![
            mark.to_owned(),
            person.name.clone(),
            person.email.clone().unwrap_or_default(),
            person.timezone.clone().unwrap_or_else(|| "unknown".to_owned()),
            person.hours.clone().unwrap_or_default(),
            sources.join(", "),
        ]
    });
    let mut text = table(&["", "PERSON", "E-MAIL", "ZONE", "HOURS", "SOURCES"], &[], rows.collect());
    for suggestion in &answer.suggestions {
        text.push_str(&format!("\nPerhaps: {} ({}: {})", suggestion.command, suggestion.name, suggestion.reason));
    }
    text
}
