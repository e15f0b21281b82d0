//! `people`.

use fairlead_engine::actions::map_people;
use fairlead_engine::views::people::{People, people};

use super::Place;
use crate::args::PeopleCommand;
use crate::exit::Failure;
use crate::output::Reply;
use crate::table::table;

pub(super) async fn run(place: &Place, what: Option<PeopleCommand>) -> Result<Reply, Failure> {
    let (workspace, as_of) = match what.unwrap_or(PeopleCommand::List) {
        PeopleCommand::List => {
            let view = place.view().await?;
            (view.workspace, view.as_of)
        }
        PeopleCommand::Merge { one, into } => {
            let workspace = place.edit().await?;
            map_people::merge(&workspace, &one, &into).await?;
            let now = workspace.clock.now();
            (workspace, now)
        }
        PeopleCommand::Split { one } => {
            let workspace = place.edit().await?;
            map_people::split(&workspace, &one).await?;
            let now = workspace.clock.now();
            (workspace, now)
        }
    };
    let answer = people(&workspace, as_of).await?;
    Reply::of(&answer, &answer.warnings, text(&answer))
}

fn text(answer: &People) -> String {
    if answer.people.is_empty() {
        return "Nobody is known yet.".to_owned();
    }
    let rows = answer.people.iter().map(|person| {
        let sources: Vec<&str> = person.identities.iter().map(|identity| identity.source.as_str()).collect();
        vec![
            if person.mapped { String::new() } else { "unmapped".to_owned() },
            person.name.clone(),
            person.email.clone().unwrap_or_default(),
            person.timezone.clone().unwrap_or_else(|| "unknown".to_owned()),
            sources.join(", "),
        ]
    });
    table(&["", "PERSON", "E-MAIL", "ZONE", "SOURCES"], &[], rows.collect())
}
