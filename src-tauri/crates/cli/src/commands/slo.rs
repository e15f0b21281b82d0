//! `slo`.

use fairlead_engine::views::slos::{SloDetail, SloEntry, SloList, slo_detail, slo_list};
use fairlead_engine::views::wording::{multiple, percent};

use super::Place;
use crate::args::SloCommand;
use crate::exit::Failure;
use crate::output::Reply;
use crate::table::table;

pub(super) async fn run(place: &Place, what: Option<SloCommand>) -> Result<Reply, Failure> {
    let view = place.view().await?;
    match what.unwrap_or(SloCommand::List) {
        SloCommand::List => {
            let answer = slo_list(&view.workspace, view.as_of).await?;
            Reply::of(&answer, &answer.warnings, list_text(&answer))
        }
        SloCommand::Show { id } => {
            let answer = slo_detail(&view.workspace, view.as_of, &id).await?;
            Reply::of(&answer, &answer.warnings, detail_text(&answer))
        }
    }
}

fn list_text(answer: &SloList) -> String {
    if answer.slos.is_empty() {
        return "No SLO is known.".to_owned();
    }
    let unknown = || "unknown".to_owned();
    let rows = answer.slos.iter().map(|slo| {
        vec![
            slo.id.clone(),
            slo.state.clone(),
            if slo.too_few_events.is_some() {
                "too few".to_owned()
            } else {
                slo.budget_remaining.map_or_else(unknown, percent)
            },
            slo.burn.h1.map_or_else(unknown, multiple),
            turn(slo),
            slo.coverage.map_or_else(unknown, percent),
            slo.method.clone(),
            slo.upstream_budget_remaining.map_or_else(unknown, percent),
        ]
    });
    let head = ["SLO", "STATE", "BUDGET LEFT", "BURN 1H", "RUNS OUT OR RECOVERS", "COVERAGE", "METHOD", "UPSTREAM"];
    table(&head, &[2, 3, 5, 7], rows.collect()) + &super::unmapped_line(answer.unmapped)
}

/// When the budget turns: a spent one has no end any more, only a recovery.
fn turn(slo: &SloEntry) -> String {
    match (slo.exhausts_at, slo.recovers_at) {
        (_, Some(at)) => format!("recovers {at}"),
        (Some(at), None) => format!("runs out {at}"),
        (None, None) if slo.state == "spent" => "does not recover".to_owned(),
        (None, None) if slo.burn.d1.is_none() => "unknown".to_owned(),
        (None, None) => "-".to_owned(),
    }
}

fn detail_text(answer: &SloDetail) -> String {
    let slo = &answer.slo;
    let unknown = || "unknown".to_owned();
    let mut lines = vec![
        format!("{} ({})", slo.id, slo.state),
        format!("objective {} over {} days, {}", percent(slo.objective), slo.window.days, slo.method),
        format!("window    {} to {}", slo.window.starts_at, slo.window.ends_at),
        format!(
            "left      {}",
            match &slo.too_few_events {
                Some(few) => few.words.clone(),
                None => slo.budget_remaining.map_or_else(unknown, percent),
            }
        ),
        format!("upstream  {}", slo.upstream_budget_remaining.map_or_else(unknown, percent)),
        format!(
            "hours     {} measured, {} quiet, {} missing",
            answer.hours.measured, answer.hours.quiet, answer.hours.missing
        ),
    ];
    lines.extend(slo.exhausts_at.map(|at| format!("runs out  {at} at the last day's pace")));
    lines.extend(slo.recovers_at.map(|at| format!("recovers  {at} without further errors")));
    for definition in &answer.definitions {
        lines.push(format!("\nsince {} by {}", definition.valid_from, definition.origin));
        lines.extend(definition.good.as_ref().map(|good| format!("  good  {good}")));
        lines.extend(definition.total.as_ref().map(|total| format!("  total {total}")));
    }
    lines.join("\n")
}
