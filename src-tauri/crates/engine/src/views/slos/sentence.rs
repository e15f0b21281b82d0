//! The answers of the pages as sentences with their numbers.

use chrono_tz::Tz;
use fairlead_domain::Timestamp;
use serde::Serialize;
use specta::Type;

use super::few::TooFew;
use super::row::SloTableRow;
use crate::views::wording::{capitalised, counted_as, day_clock_in, multiple, percent};

/// What the table says, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct TableWords {
    /// The answer: `1 of 9 budgets is spent, 2 are critical`.
    pub answer: String,
    /// What comes next: `Checkout availability runs out first, Tue 17 Nov 08:00 WET, at the pace of the last 24 h`.
    pub next: Option<String>,
}

/// What one SLO's page says, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PageWords {
    /// The answer: `18.2 % of the budget is left`.
    pub answer: String,
    /// What becomes of it: `Runs out Tue 17 Nov 08:00 WET at the pace of the last 24 h`.
    pub outlook: String,
    /// Under which assumption the forecast is drawn.
    pub assumption: String,
}

pub(super) fn table_words(rows: &[SloTableRow], zone: Tz) -> TableWords {
    let of = |state: &str| rows.iter().filter(|row| row.state == state).count();
    let stand = |count: usize, words: &str| (count > 0).then(|| format!("{} {words}", counted_as(count, "is", "are")));
    let bad = [stand(of("spent"), "spent"), stand(of("critical"), "critical"), stand(of("warn"), "tight")];
    let unknown = stand(of("unknown"), "not known");
    let few = rows.iter().filter(|row| row.state == "ok" && row.too_few).count();
    let (all, healthy) = (rows.len(), of("ok") - few);
    let budgets = if all == 1 { "budget" } else { "budgets" };
    let no_verdict = (few > 0).then(|| format!("{few} saw too few events to judge"));
    let told: Vec<String> = bad.into_iter().flatten().collect();
    let rest: Vec<String> = unknown.into_iter().chain(no_verdict).collect();
    let answer = if all == 0 {
        "No SLO is known".to_owned()
    } else if told.is_empty() && healthy == all {
        if all == 1 { "The one budget is healthy".to_owned() } else { format!("All {all} budgets are healthy") }
    } else if told.is_empty() {
        let healthy = format!("{healthy} of {all} {budgets} {} healthy", if healthy == 1 { "is" } else { "are" });
        std::iter::once(healthy).chain(rest).collect::<Vec<_>>().join("; ")
    } else {
        let mut parts = told;
        parts.extend(rest);
        // "1 is spent" becomes "1 of 9 budgets is spent"; the others keep their count alone.
        let first = parts.remove(0);
        let first = first.replacen(' ', &format!(" of {all} {budgets} "), 1);
        std::iter::once(first).chain(parts).collect::<Vec<_>>().join(", ")
    };
    TableWords { answer, next: next(rows, zone) }
}

fn next(rows: &[SloTableRow], zone: Tz) -> Option<String> {
    let first = rows.iter().filter_map(|row| Some((row.exhausts_at?, &row.name))).min();
    let back = rows.iter().filter_map(|row| Some((row.recovers_at?, &row.name))).min();
    let runs_out = first
        .map(|(at, name)| format!("{name} runs out first, {}, at the pace of the last 24 h", day_clock_in(at, zone)));
    let recovers = back.map(|(at, name)| format!("{name} is back {} if nothing else breaks", day_clock_in(at, zone)));
    match (runs_out, recovers) {
        (Some(out), Some(back)) => Some(format!("{out}; {back}")),
        (out, back) => out.or(back),
    }
}

/// What the words of a page are made from.
pub(super) struct Outlook {
    pub remaining: Option<f64>,
    pub exhausts_at: Option<Timestamp>,
    pub recovers_at: Option<Timestamp>,
    /// Burn rate of the last 24 hours.
    pub pace: Option<f64>,
    pub rolling: bool,
    /// End of the calendar period, or of the forecast.
    pub ends_at: Timestamp,
    pub too_few: Option<TooFew>,
    /// All that is known of the window is that there was no traffic.
    pub no_traffic: bool,
}

pub(super) fn page_words(outlook: &Outlook, zone: Tz) -> PageWords {
    let at = |instant: Timestamp| day_clock_in(instant, zone);
    let answer = match (outlook.remaining, &outlook.too_few) {
        (None, _) if outlook.no_traffic => "No traffic was measured".to_owned(),
        (None, _) => "Not known what is left".to_owned(),
        (Some(left), Some(few)) if left <= 0.0 => format!("The budget is spent, but by {}", few.words),
        (Some(_), Some(few)) => capitalised(&few.words),
        (Some(left), None) if left <= 0.0 => format!("The budget is spent, {} left", percent(left)),
        (Some(left), None) => format!("{} of the budget is left", percent(left)),
    };
    let pace = outlook.pace.map_or_else(
        || "nothing known of the last 24 h".to_owned(),
        |pace| format!("{} burn, the pace of the last 24 h", multiple(pace)),
    );
    let told = match (outlook.exhausts_at, outlook.recovers_at) {
        (None, None) if outlook.too_few.is_some() => "No forecast: one failure is the whole budget".to_owned(),
        (Some(out), _) => format!("Runs out {} at {pace}", at(out)),
        (None, Some(back)) => format!("Back above 0 {} if nothing else breaks", at(back)),
        (None, None) if outlook.pace.is_none() => "No forecast: nothing is known of the last 24 h".to_owned(),
        (None, None) if outlook.remaining.is_some_and(|left| left <= 0.0) => {
            "Does not come back within a window".to_owned()
        }
        (None, None) if outlook.rolling => format!("Does not run out within a window at {pace}"),
        (None, None) => format!("Lasts to the end of the period, {}, at {pace}", at(outlook.ends_at)),
    };
    let roll = if outlook.rolling { "old hours leave the window" } else { "nothing leaves before the period ends" };
    let assumption = match outlook.pace {
        Some(rate) => format!("dashed: errors go on at {} as in the last 24 h, {roll}", multiple(rate)),
        None => "no forecast: nothing is known of the last 24 h".to_owned(),
    };
    PageWords { answer, outlook: told, assumption }
}
