//! `incidents`.

use fairlead_domain::incident::IncidentStatus;
use fairlead_engine::views::incidents::{IncidentDetail, IncidentList, IncidentQuery, incident_detail, incident_list};

use super::{Place, View};
use crate::args::{IncidentFilter, IncidentsCommand};
use crate::exit::Failure;
use crate::moment::instant;
use crate::output::Reply;
use crate::table::{or_unknown, table};

pub(super) async fn run(
    place: &Place,
    what: Option<IncidentsCommand>,
    outer: IncidentFilter,
) -> Result<Reply, Failure> {
    let view = place.view().await?;
    match what {
        Some(IncidentsCommand::Show { id }) => {
            let answer = incident_detail(&view.workspace, view.as_of, &id).await?;
            Reply::of(&answer, &answer.warnings, detail_text(&answer))
        }
        Some(IncidentsCommand::List { filter }) => list(&view, &filter).await,
        None => list(&view, &outer).await,
    }
}

async fn list(view: &View, filter: &IncidentFilter) -> Result<Reply, Failure> {
    let query = query(view, filter)?;
    let answer = incident_list(&view.workspace, view.as_of, query).await?;
    Reply::of(&answer, &answer.warnings, list_text(&answer))
}

fn query(view: &View, filter: &IncidentFilter) -> Result<IncidentQuery, Failure> {
    let zone = view.workspace.config.workspace.timezone;
    let bound = |text: &Option<String>, option| text.as_deref().map(|text| instant(text, option, zone)).transpose();
    let status = |word: &String| {
        IncidentStatus::from_word(word.trim()).ok_or_else(|| {
            let words: Vec<&str> = IncidentStatus::ALL.iter().map(|status| status.word()).collect();
            Failure::usage(format!("--status {word:?} is unknown: write one of {}", words.join(", ")))
        })
    };
    Ok(IncidentQuery {
        since: bound(&filter.since, "--since")?,
        until: bound(&filter.until, "--until")?,
        statuses: filter.status.iter().map(status).collect::<Result<_, _>>()?,
        text: filter.query.clone(),
        limit: filter.limit,
        after: filter.after.clone(),
        tests: filter.tests,
    })
}

fn list_text(answer: &IncidentList) -> String {
    let hidden = answer.hidden.words().map(|words| format!("\n{words} (--tests shows them)")).unwrap_or_default();
    if answer.incidents.is_empty() {
        return format!("No incident matches.{hidden}");
    }
    let rows = answer.incidents.iter().map(|incident| {
        vec![
            incident.created_at.to_string(),
            incident.number.clone().unwrap_or_else(|| incident.external_id.clone()),
            incident.severity.map_or_else(|| "unmapped".to_owned(), |severity| format!("SEV{severity}")),
            incident.status.clone(),
            incident.service.clone().unwrap_or_default(),
            incident.title.clone(),
        ]
    });
    let mut text = table(&["CREATED", "NUMBER", "SEVERITY", "STATUS", "SERVICE", "TITLE"], &[], rows.collect());
    if let Some(next) = &answer.next {
        text.push_str(&format!("\nMore: --after {next}"));
    }
    text + &hidden + &super::unmapped_line(answer.unmapped)
}

fn detail_text(answer: &IncidentDetail) -> String {
    let incident = &answer.incident;
    let mut lines = vec![
        format!("{} {}", incident.number.as_ref().unwrap_or(&incident.external_id), incident.title),
        format!("status   {}", incident.status),
        format!("severity {}", or_unknown(incident.severity.as_ref())),
        format!("service  {}", or_unknown(incident.service.as_ref())),
        format!("created  {}", incident.created_at),
        format!("acked    {}", or_unknown(incident.acked_at.as_ref())),
        format!("resolved {}", or_unknown(incident.resolved_at.as_ref())),
    ];
    for responder in &incident.responders {
        lines.push(format!("with     {} {}", responder.person, responder.role.as_deref().unwrap_or_default()));
    }
    for entry in &answer.timeline {
        let actor = entry.actor.as_deref().unwrap_or_default();
        lines.push(format!("{}  {:<9} {actor} {}", entry.at, entry.kind, entry.text.as_deref().unwrap_or_default()));
    }
    lines.join("\n")
}
