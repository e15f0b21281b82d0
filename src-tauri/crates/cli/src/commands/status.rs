//! `status`: Posture, and what is done about its rows.

use fairlead_domain::Timestamp;
use fairlead_engine::views::answer::Warning;
use fairlead_engine::views::posture::{AttentionClass, Posture, Since, Snoozed, posture};

use fairlead_engine::actions::mark_seen::mark_seen;
use fairlead_engine::actions::snooze::snooze;
use fairlead_engine::actions::unsnooze::unsnooze;
use fairlead_engine::export::{Flavour, posture_text};
use serde::Serialize;

use super::Place;
use crate::args::StatusCommand;
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
    let text = if md { posture_text(&answer, zone, Flavour::Markdown) } else { text(&answer) };

    Reply::of(&answer, &answer.warnings, text)
}

/// What was done about a row.
#[derive(Serialize)]
struct Done<'a> {
    /// When.
    as_of: Timestamp,
    /// What limits it.
    warnings: &'a [Warning],
    /// What: `snoozed`, `unsnoozed`, `seen`.
    done: &'a str,
    /// The rows it was done to.
    rows: Vec<String>,
}

/// Does something about a row.
pub(super) async fn act(place: &Place, what: StatusCommand) -> Result<Reply, Failure> {
    let workspace = place.edit().await?;
    let zone = workspace.config.workspace.timezone;
    let (done, rows, text) = match what {
        StatusCommand::Snooze { id, until, until_worse: _, reason } => {
            let until = until.as_deref().map(|text| instant(text, "--until", zone)).transpose()?;
            let rows = snooze(&workspace, &id, until, &reason).await?;
            let end = until.map_or_else(|| "until it is worse".to_owned(), |at| format!("until {at}"));
            let text = format!("{} set aside {end}", rows.join(", "));
            ("snoozed", rows, text)
        }
        StatusCommand::Unsnooze { id } => {
            unsnooze(&workspace, &id).await?;
            let text = format!("{id} is back");
            ("unsnoozed", vec![id], text)
        }
        StatusCommand::Seen => {
            mark_seen(&workspace).await?;
            ("seen", Vec::new(), "Seen: changes are told from now on".to_owned())
        }
    };
    let as_of = workspace.clock.now();
    Reply::of(&Done { as_of, warnings: &[], done, rows }, &[], text)
}

fn text(answer: &Posture) -> String {
    let mut lines = Vec::new();
    let awake: Vec<_> = answer.attention.iter().filter(|row| row.snoozed.is_none()).collect();
    lines.push(fairlead_engine::views::posture::headline(answer));
    for row in &awake {
        lines.push(format!("{:<6} {}", class(row.class), row.title));
        lines.push(format!("       {}", row.reason));
    }
    for (row, snoozed) in answer.attention.iter().filter_map(|row| row.snoozed.as_ref().map(|snoozed| (row, snoozed))) {
        lines.push(format!("Snoozed {} ({})", row.title, rest(snoozed)));
    }
    lines.push(String::new());
    if !answer.since_last.lines.is_empty() {
        lines.push(format!("Since {}", answer.since_last.since));
        lines.extend(answer.since_last.lines.iter().map(|line| format!("       {}", line.text)));
        lines.push(String::new());
    }
    for entry in &answer.on_call {
        let who = match (&entry.person, entry.withheld) {
            (Some(person), _) => person.clone(),
            (None, true) => "somebody outside the team".to_owned(),
            (None, false) => "nobody".to_owned(),
        };
        lines.push(format!("On call  {} ({}): {who} until {}", entry.schedule, entry.role, entry.end));
    }
    let slos = &answer.slos;
    let few = if slos.too_few > 0 { format!(" ({} saw too few events to judge)", slos.too_few) } else { String::new() };
    lines.push(format!(
        "SLOs     {} ok{few}, {} warn, {} critical, {} spent, {} no traffic, {} unknown",
        slos.ok, slos.warn, slos.critical, slos.spent, slos.no_traffic, slos.unknown
    ));
    let open = answer.open_incidents.map_or_else(|| "unknown".to_owned(), |n| n.to_string());
    let hidden = answer.hidden.words().map(|words| format!(" ({words})")).unwrap_or_default();
    lines.push(format!("Incidents open: {open}{hidden}"));
    let named = answer.open_list.as_deref().unwrap_or_default();
    lines.extend(named.iter().map(|incident| format!("       {}, since {}", incident.words(), incident.since)));
    lines.extend(answer.open_unnamed().map(|more| format!("       and {more}")));
    for source in &answer.sources {
        let last = source.last_ok_at.map_or_else(|| "never".to_owned(), |at| at.to_rfc3339());
        let stale = if source.stale { ", stale" } else { "" };
        lines.push(format!("Source   {}: {}, last read {last}{stale}", source.name, source.state));
    }
    if !answer.not_watched.is_empty() {
        let kinds: Vec<&str> = answer.not_watched.iter().map(|n| n.kind.as_str()).collect();
        lines.push(format!("Not watched: {}", kinds.join(", ")));
    }
    lines.join("\n") + &super::unmapped_line(answer.unmapped)
}

fn rest(snoozed: &Snoozed) -> String {
    let end = snoozed.until.map_or_else(|| "until worse".to_owned(), |at| format!("until {at}"));
    snoozed.reason.as_ref().map_or_else(|| end.clone(), |reason| format!("{end}: {reason}"))
}

const fn class(class: AttentionClass) -> &'static str {
    match class {
        AttentionClass::Now => "Now",
        AttentionClass::Today => "Today",
        AttentionClass::Week => "Week",
    }
}
