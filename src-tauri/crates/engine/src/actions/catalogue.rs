//! What a source lists, before anything of it is stored: teams, schedules and services to choose from.

use fairlead_connectors::{Known, Mode, Request, Stream};
use fairlead_domain::{Record, RecordKind, Timestamp, Window};
use serde::Serialize;
use specta::Type;

use super::save_source::proposed;
use crate::EngineError;
use crate::config::TeamConfig;
use crate::sync::connector_or_issue;
use crate::views::sources::settings::SourceDraft;
use crate::workspace::Workspace;

/// Most pages of one listing that are read for a choice.
const MOST_PAGES: usize = 50;

/// What a source lists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
pub struct Catalogue {
    /// Its teams, by name.
    pub teams: Vec<CatalogueEntry>,
    /// Its schedules, by name.
    pub schedules: Vec<CatalogueEntry>,
    /// Its services, by name.
    pub services: Vec<CatalogueEntry>,
    /// How many people it lists.
    pub people: u32,
    /// What could not be listed, and why.
    pub missing: Vec<String>,
    /// Teams of the configuration that can take what is chosen; the first is meant when nothing is said.
    pub own_teams: Vec<String>,
}

/// Something that a source lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CatalogueEntry {
    /// `source:id`, as the configuration names it.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The source's id of the team that it belongs to.
    pub team: Option<String>,
    /// How many people belong to it; of teams alone.
    pub members: Option<u32>,
    /// Whether the configuration takes it as it stands.
    pub chosen: bool,
}

/// Lists what a draft's source has. Nothing is stored.
///
/// # Errors
/// As [`save_source`](super::save_source::save_source), and [`EngineError::Connector`] when the source cannot be asked.
pub async fn catalogue(workspace: &Workspace, draft: &SourceDraft, of: Option<&str>) -> Result<Catalogue, EngineError> {
    let proposed = proposed(workspace, draft, of, None)?.workspace(workspace);
    let name = of.unwrap_or(&draft.name);
    let connector = connector_or_issue(&proposed, proposed.source(name)?).map_err(|fault| EngineError::from(*fault))?;
    let (known, now) = (Known::default(), proposed.clock.now());
    let mut found = Catalogue::default();
    for stream in connector.streams().iter().filter(|stream| lists(stream)) {
        let mut cursor: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let window = Window::new(Timestamp::EARLIEST, now);
            let request = Request { stream: stream.name, cursor: cursor.as_deref(), window, known: &known, now };
            match connector.fetch(request).await {
                Ok(batch) => {
                    batch.items.into_iter().for_each(|item| found.note(name, &proposed.config.teams, item.record));
                    cursor = batch.next;
                }
                Err(error) if error.stops_source() => return Err(error.into()),
                Err(error) => {
                    found.missing.push(format!("{}: {error}", stream.name));
                    break;
                }
            }
            if cursor.is_none() {
                break;
            }
        }
    }
    for list in [&mut found.teams, &mut found.schedules, &mut found.services] {
        list.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        list.dedup_by(|a, b| a.id == b.id);
    }
    found.own_teams = proposed.config.teams.iter().map(|team| team.name.clone()).collect();
    if found.own_teams.is_empty() {
        found.own_teams.push(proposed.config.workspace.name.clone());
    }
    Ok(found)
}

fn lists(stream: &Stream) -> bool {
    let wanted = [RecordKind::Team, RecordKind::Schedule, RecordKind::Service, RecordKind::Person];
    stream.mode == Mode::Snapshot && stream.kinds.iter().any(|kind| wanted.contains(kind))
}

impl Catalogue {
    fn note(&mut self, source: &str, teams: &[TeamConfig], record: Record) {
        let entry = |id: &str, name: String| CatalogueEntry {
            id: format!("{source}:{id}"),
            name,
            team: None,
            members: None,
            chosen: true,
        };
        match record {
            Record::Team(team) => {
                let members = u32::try_from(team.members.len()).ok();
                self.teams.push(CatalogueEntry { members, ..entry(&team.ext_id, team.name) });
            }
            Record::Schedule(schedule) => {
                let chosen = takes(teams, |team| &team.schedules, source, (&schedule.ext_id, &schedule.name));
                self.schedules.push(CatalogueEntry { chosen, ..entry(&schedule.ext_id, schedule.name) });
            }
            Record::Service(service) => {
                let chosen = takes(teams, |team| &team.services, source, (&service.ext_id, &service.name));
                let team = service.team.clone();
                self.services.push(CatalogueEntry { chosen, team, ..entry(&service.ext_id, service.name) });
            }
            Record::Person(_) => self.people = self.people.saturating_add(1),
            _ => {}
        }
    }
}

/// Whether some team takes it: by name, or because nothing is narrowed.
fn takes(
    teams: &[TeamConfig],
    list: impl Fn(&TeamConfig) -> &Vec<String>,
    source: &str,
    (id, name): (&str, &str),
) -> bool {
    let whole = |team: &TeamConfig| team.members.is_empty() && team.schedules.is_empty() && team.services.is_empty();
    let names = [format!("{source}:{id}"), format!("{source}:{name}"), source.to_owned(), name.to_owned()];
    teams.iter().all(|team| list(team).is_empty())
        || teams.iter().any(|team| whole(team) || list(team).iter().any(|entry| names.contains(entry)))
}
