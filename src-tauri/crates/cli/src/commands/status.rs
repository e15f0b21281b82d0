//! `status`: Posture.

use fairlead_engine::views::posture::{AttentionClass, Posture, Since, posture};

use super::Place;
use crate::exit::Failure;
use crate::moment::instant;
use crate::output::Reply;

pub(super) async fn run(place: &Place, since: Option<&str>, md: bool) -> Result<Reply, Failure> {
    let view = place.view().await?;
    let zone = view.workspace.config.workspace.timezone;
    let since = match since {
        None | Some("last") => Since::LastSeen,
        Some(text) => Since::At(instant(text, "--since", zone)?),
    };
    let answer = posture(&view.workspace, view.as_of, since).await?;
    let text = if md { fairlead_engine::export::posture_markdown(&answer, zone) } else { text(&answer) };

    Reply::of(&answer, &answer.warnings, text)
}

fn text(answer: &Posture) -> String {
    let mut lines = Vec::new();
    let awake: Vec<_> = answer.attention.iter().filter(|row| row.snoozed_until.is_none()).collect();
    lines.push(fairlead_engine::views::posture::headline(answer));
    for row in &awake {
        lines.push(format!("{:<6} {}", class(row.class), row.title));
        lines.push(format!("       {}", row.reason));
    }
    lines.push(String::new());
    for entry in &answer.on_call {
        let who = match (&entry.person, entry.withheld) {
            (Some(person), _) => person.clone(),
            (None, true) => "somebody outside the team".to_owned(),
            (None, false) => "nobody".to_owned(),
        };
        lines.push(format!("On call  {} ({}): {who} until {}", entry.schedule, entry.role, entry.end));
    }
    let slos = &answer.slos;
    lines.push(format!(
        "SLOs     {} ok, {} warn, {} critical, {} spent, {} no traffic, {} unknown",
        slos.ok, slos.warn, slos.critical, slos.spent, slos.no_traffic, slos.unknown
    ));
    let open = answer.open_incidents.map_or_else(|| "unknown".to_owned(), |n| n.to_string());
    let hidden = answer.hidden.words().map(|words| format!(" ({words})")).unwrap_or_default();
    lines.push(format!("Incidents open: {open}{hidden}"));
    for source in &answer.sources {
        let last = source.last_ok_at.map_or_else(|| "never".to_owned(), |at| at.to_rfc3339());
        let stale = if source.stale { ", stale" } else { "" };
        lines.push(format!("Source   {}: {}, last read {last}{stale}", source.name, super::sync::word(source.state)));
    }
    if !answer.not_watched.is_empty() {
        let kinds: Vec<&str> = answer.not_watched.iter().map(|n| n.kind.as_str()).collect();
        lines.push(format!("Not watched: {}", kinds.join(", ")));
    }
    lines.join("\n") + &super::unmapped_line(answer.unmapped)
}

const fn class(class: AttentionClass) -> &'static str {
    match class {
        AttentionClass::Now => "Now",
        AttentionClass::Today => "Today",
        AttentionClass::Week => "Week",
    }
}
