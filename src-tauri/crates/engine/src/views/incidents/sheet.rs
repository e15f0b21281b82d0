//! One incident for the side panel: facts, what happened, who was paged.

use fairlead_domain::Timestamp;
use fairlead_store::StoreError;
use fairlead_store::synced::{IncidentRow, PageRow, Reader};
use serde::Serialize;
use specta::Type;

use super::durations::secs;
use super::line::{IncidentLine, cut, lines_of};
use crate::EngineError;
use crate::config::{Config, People, Scope};
use crate::mapping::Mapping;
use crate::views::answer::Warning;
use crate::views::freshness::Freshness;
use crate::views::posture::SourceFreshness;
use crate::workspace::Workspace;

/// Characters of a text of an upstream that the panel shows.
const TEXT: usize = 1_000;
/// Entries of a timeline, and notifications, that the panel shows.
const ENTRIES: usize = 300;

/// One incident as it stood at an instant.
#[derive(Debug, Clone, Serialize, Type)]
pub struct IncidentSheet {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What limits it.
    pub warnings: Vec<Warning>,
    /// What stands in the table.
    pub line: IncidentLine,
    /// The source's word for the status it has now.
    pub status_said: Option<String>,
    /// The source's urgency; not a severity.
    pub urgency: Option<String>,
    /// First acknowledgement.
    #[specta(type = Option<String>)]
    pub acked_at: Option<Timestamp>,
    /// `field`, `timeline` or `derived`: where the acknowledgement comes from.
    pub acked_from: Option<String>,
    /// When the harm stopped.
    #[specta(type = Option<String>)]
    pub mitigated_at: Option<Timestamp>,
    /// Last resolution.
    #[specta(type = Option<String>)]
    pub resolved_at: Option<Timestamp>,
    /// When its follow-up was done.
    #[specta(type = Option<String>)]
    pub closed_at: Option<Timestamp>,
    /// When users began to be harmed.
    #[specta(type = Option<String>)]
    pub impact_start: Option<Timestamp>,
    /// When users ceased to be harmed.
    #[specta(type = Option<String>)]
    pub impact_end: Option<Timestamp>,
    /// The incident of the same source that continues this one.
    pub merged_into: Option<String>,
    /// Teams, as the source names them.
    pub teams: Vec<String>,
    /// Who took part.
    pub responders: Vec<SheetResponder>,
    /// Other records of the same event.
    pub links: Vec<SheetLink>,
    /// What happened, oldest first.
    pub timeline: Vec<SheetEvent>,
    /// Entries that are not shown, the latest ones.
    pub timeline_more: u32,
    /// Who was notified and when, oldest first.
    pub pages: Vec<SheetPage>,
    /// Notifications that are not shown, the latest ones.
    pub pages_more: u32,
    /// `off`, `rota`, `team` or `individual`: the most that a team lets be stored of its people.
    pub people: String,
    /// Address in the source, where it is one that a browser may open.
    pub url: Option<String>,
    /// How fresh its source is; null: it is not configured any more, or a file was read.
    pub source: Option<SourceFreshness>,
}

/// Somebody who took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SheetResponder {
    /// Who; null: the person was erased, or the source does not say.
    pub person: Option<String>,
    /// The source's word for the part.
    pub role: Option<String>,
    /// When it was given.
    #[specta(type = Option<String>)]
    pub assigned_at: Option<Timestamp>,
}

/// A record elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SheetLink {
    /// The kind of system.
    pub system: String,
    /// The id there.
    pub external_id: String,
    /// `same`, `parent`, `dup` or `ticket`.
    pub relation: String,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SheetEvent {
    /// When.
    #[specta(type = String)]
    pub at: Timestamp,
    /// What kind.
    pub kind: String,
    /// Who.
    pub actor: Option<String>,
    /// What was said, cut where it is long.
    pub text: Option<String>,
}

/// A notification of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SheetPage {
    /// When it was sent.
    #[specta(type = String)]
    pub at: Timestamp,
    /// `push`, `sms`, `voice`, `email`, `chat` or `unknown`.
    pub channel: String,
    /// Who; null: withheld, or the source does not say.
    pub person: Option<String>,
    /// The team's setting keeps the person back.
    pub withheld: bool,
    /// The source's word for what became of it.
    pub status: Option<String>,
    /// Seconds to the person's answer.
    pub answered_after_secs: Option<i32>,
}

/// One incident (`source/external_id`) as it stood at `as_of`.
///
/// # Errors
/// [`EngineError::Unknown`] when there is none of this id, and what the databases say.
pub async fn incident_sheet(workspace: &Workspace, as_of: Timestamp, id: &str) -> Result<IncidentSheet, EngineError> {
    let (source, ext_id) = super::split(id)?;
    let plan = workspace.plan();
    let Mapping { config, .. } = Mapping::at(workspace, as_of).await?;
    let read = workspace.synced.read(move |reader| {
        let Some(row) = reader.incident(&source, &ext_id, as_of)? else { return Ok(None) };
        let freshness = Freshness::read(reader, &plan, as_of)?;
        sheet(reader, &config, &freshness, row)
    });
    read.await?.ok_or_else(|| super::unknown(id))
}

fn sheet(
    reader: &Reader<'_>,
    config: &Config,
    freshness: &Freshness,
    row: IncidentRow,
) -> Result<Option<IncidentSheet>, StoreError> {
    let as_of = freshness.as_of;
    let Some(line) = lines_of(reader, config, vec![row.clone()], as_of)?.pop() else { return Ok(None) };
    let responders = reader.responders(&[row.id])?.into_iter().map(|part| SheetResponder {
        person: part.person.map(|person| person.name),
        role: part.role,
        assigned_at: part.assigned_at,
    });
    let links = reader.incident_links(row.id)?.into_iter().map(|link| SheetLink {
        system: link.system,
        external_id: link.ext_id,
        relation: link.relation.word().to_owned(),
    });
    let events = reader.timeline(row.source_id, &row.ext_id, as_of)?;
    let notifications = reader.pages_of(row.source_id, &row.ext_id, as_of)?;
    let scope = Scope::of(config);
    let over = |n: usize| u32::try_from(n.saturating_sub(ENTRIES)).unwrap_or(u32::MAX);
    let (timeline_more, pages_more) = (over(events.len()), over(notifications.len()));
    let timeline = events.into_iter().take(ENTRIES).map(|event| SheetEvent {
        at: event.at,
        kind: event.kind.word().to_owned(),
        actor: event.actor.map(|person| person.name),
        text: event.text.map(|text| cut(&text, TEXT).0),
    });
    Ok(Some(IncidentSheet {
        as_of,
        warnings: freshness.warnings(),
        status_said: row.status_raw,
        urgency: row.urgency,
        acked_at: row.acked_at,
        acked_from: row.ack_source.map(|source| source.word().to_owned()),
        mitigated_at: row.mitigated_at,
        resolved_at: row.resolved_at,
        closed_at: row.closed_at,
        impact_start: row.impact_start,
        impact_end: row.impact_end,
        merged_into: row.merged_into,
        teams: reader.incident_teams(row.id)?,
        responders: responders.collect(),
        links: links.collect(),
        timeline: timeline.collect(),
        timeline_more,
        pages: notifications.into_iter().take(ENTRIES).map(|page| notification(&scope, page)).collect(),
        pages_more,
        people: most_people(config).word().to_owned(),
        url: row.url.filter(|url| may_open(url)),
        source: freshness.entries().into_iter().find(|entry| entry.name == line.source),
        line,
    }))
}

fn notification(scope: &Scope, page: PageRow) -> SheetPage {
    let named = page.person.as_ref().filter(|person| scope.names_on_pages(person.email.as_deref()));
    SheetPage {
        at: page.sent_at,
        channel: page.channel.word().to_owned(),
        withheld: named.is_none() && (page.person.is_some() || page.party.is_some()),
        person: named.map(|person| person.name.clone()),
        status: page.status,
        answered_after_secs: page.answered_at.map(|at| secs(at.since(page.sent_at).max(0))),
    }
}

/// The most that a team lets be stored of its people; without teams, `team`.
fn most_people(config: &Config) -> People {
    config.teams.iter().map(|team| team.people).max().unwrap_or(People::Team)
}

/// Whether an address of a source may be handed to a browser: nothing but the web, and nothing that hides behind it.
pub(crate) fn may_open(url: &str) -> bool {
    let web = ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme));
    let plain = !url.chars().any(|c| c.is_control() || c.is_whitespace() || c == '"' || c == '\\');
    plain
        && url.len() <= 2_000
        && web.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '['))
}

/// The address of an incident (`source/external_id`) in its source, for a browser.
///
/// # Errors
/// [`EngineError::Unknown`] when there is none of this id, [`EngineError::Usage`] when it has no address of the web, and
/// what the database says.
pub async fn incident_address(workspace: &Workspace, as_of: Timestamp, id: &str) -> Result<String, EngineError> {
    let (source, ext_id) = super::split(id)?;
    let row = workspace.synced.read(move |reader| reader.incident(&source, &ext_id, as_of)).await?;
    let url = row.ok_or_else(|| super::unknown(id))?.url.filter(|url| may_open(url));
    url.ok_or_else(|| EngineError::Usage { message: format!("{id} has no address that a browser may open") })
}
