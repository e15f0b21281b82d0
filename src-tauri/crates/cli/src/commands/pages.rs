//! `pages`.

use std::path::Path;

use fairlead_engine::EngineError;
use fairlead_engine::config::{Config, PageRules};
use fairlead_engine::views::pages::{PageList, PagePreview, PageTotals, page_list, page_preview};

use super::Place;
use crate::args::{PagesCommand, Range};
use crate::exit::Failure;
use crate::output::Reply;
use crate::table::table;

pub(super) async fn run(place: &Place, what: Option<PagesCommand>, outer: Range) -> Result<Reply, Failure> {
    let view = place.view().await?;
    let zone = view.workspace.config.workspace.timezone;
    let ends = |range: &Range| super::range(range.from.as_deref().zip(range.to.as_deref()), zone);
    match what.unwrap_or(PagesCommand::List { range: outer.clone() }) {
        PagesCommand::List { range } => {
            let range = if range.from.is_some() { range } else { outer };
            let answer = page_list(&view.workspace, view.as_of, ends(&range)?).await?;
            Reply::of(&answer, &answer.warnings, list_text(&answer))
        }
        PagesCommand::Preview { rules, range } => {
            let range = if range.from.is_some() { range } else { outer };
            let proposed = rules.as_deref().map(read_rules).transpose()?;
            let answer = page_preview(&view.workspace, view.as_of, ends(&range)?, proposed.as_ref()).await?;
            Reply::of(&answer, &answer.warnings, preview_text(&answer))
        }
    }
}

fn read_rules(file: &Path) -> Result<PageRules, Failure> {
    let text =
        std::fs::read_to_string(file).map_err(|source| EngineError::Folder { path: file.to_path_buf(), source })?;
    let name = file.display().to_string();
    Ok(Config::page_rules(&name, &text).map_err(|faults| EngineError::Config { faults: faults.0 })?)
}

fn list_text(answer: &PageList) -> String {
    let mut lines = Vec::new();
    if answer.pages.is_empty() {
        lines.push("No page counts in this range.".to_owned());
    } else {
        let rows = answer.pages.iter().map(|page| {
            vec![
                page.at.to_string(),
                page.service.clone().unwrap_or_default(),
                page.person.clone().unwrap_or_default(),
                page.channels.join(", "),
                page.title.clone().unwrap_or_default(),
            ]
        });
        lines.push(table(&["AT", "SERVICE", "PERSON", "CHANNELS", "TITLE"], &[], rows.collect()));
    }
    lines.extend(totals_text(&answer.totals));
    lines.push(format!("Rules {}{}", answer.rules.version, since(answer.rules.since.as_ref())));
    lines.join("\n") + &super::unmapped_line(answer.unmapped)
}

fn preview_text(answer: &PagePreview) -> String {
    let mut lines = totals_text(&answer.totals);
    let rows = answer.services.iter().map(|service| {
        let left_out: u32 = service.totals.dropped.iter().map(|dropped| dropped.notifications).sum();
        vec![
            service.service.clone().unwrap_or_else(|| "(none)".to_owned()),
            service.source.clone(),
            service.totals.notifications.to_string(),
            service.totals.pages.to_string(),
            service.totals.merged.to_string(),
            left_out.to_string(),
        ]
    });
    let head = ["SERVICE", "SOURCE", "NOTIFICATIONS", "PAGES", "MERGED", "DROPPED"];
    lines.push(table(&head, &[2, 3, 4, 5], rows.collect()));
    lines.push(format!("Rules {}{}", answer.rules.version, since(answer.rules.since.as_ref())));
    if let Some(proposed) = &answer.proposed {
        lines.push(String::new());
        lines.push(format!(
            "Proposed {}: {} pages ({:+}), {} notifications would count anew, {} no more",
            proposed.rules.version,
            proposed.totals.pages,
            proposed.pages_change,
            proposed.newly_counted,
            proposed.newly_dropped
        ));
        let change = |service: &fairlead_engine::views::pages::ServiceChange| {
            let name = service.service.as_deref().unwrap_or("(none)");
            format!("  {name} ({}): {} to {}", service.source, service.pages, service.proposed)
        };
        lines.extend(proposed.services.iter().map(change));
    }
    lines.join("\n") + &super::unmapped_line(answer.unmapped)
}

fn totals_text(totals: &PageTotals) -> Vec<String> {
    let mut lines =
        vec![format!("{} notifications: {} pages, {} merged", totals.notifications, totals.pages, totals.merged)];
    lines.extend(totals.dropped.iter().map(|dropped| {
        let rule = dropped.rule.as_ref().map_or_else(String::new, |rule| format!(" {rule}"));
        format!("  {} dropped: {}{rule}", dropped.notifications, dropped.reason)
    }));
    lines
}

fn since(at: Option<&fairlead_domain::Timestamp>) -> String {
    at.map_or_else(|| ", not yet in a sync".to_owned(), |at| format!(" since {at}"))
}
