//! SLOs as text, for documents and chat. What upstreams wrote goes out inert.

use chrono_tz::Tz;

use super::text::{Flavour, not_known};
use crate::views::slos::{SloPage, SloTable, SloTableRow, SpentRow, TooFew};
use crate::views::wording::{clock_in, day_clock_in, multiple, percent};

/// Months that are told.
const MONTHS: usize = 3;

/// The table: the answer, and a line for each SLO that is not healthy.
#[must_use]
pub fn slos_text(table: &SloTable, zone: Tz, flavour: Flavour) -> String {
    let dot = flavour.bullet();
    let mut lines = vec![format!("{} ({})", flavour.bold(&table.words.answer), clock_in(table.as_of, zone))];
    lines.extend(table.words.next.iter().map(|next| flavour.inert(next)));
    lines.push(String::new());
    let (asking, healthy): (Vec<_>, Vec<_>) = table.rows.iter().partition(|row| row.state != "ok" || row.too_few);
    lines.extend(asking.iter().map(|row| format!("{dot} {}", slo_line_text(row, zone, flavour))));
    if !healthy.is_empty() {
        let names: Vec<String> = healthy.iter().map(|row| flavour.inert(&row.name)).collect();
        lines.push(format!("{dot} Healthy: {}", names.join(", ")));
    }
    lines.extend(table.warnings.iter().map(|warning| not_known(warning, zone, flavour)));
    lines.join("\n")
}

/// One SLO in a line.
#[must_use]
pub fn slo_line_text(row: &SloTableRow, zone: Tz, flavour: Flavour) -> String {
    let left = left(row.budget_remaining, row.too_few_events.as_ref());
    let left = left.unwrap_or_else(|| "budget not known".to_owned());
    let service = row.service.as_ref().map_or_else(String::new, |service| format!(" ({})", flavour.inert(service)));
    let mut parts = vec![format!(
        "{}{service}: {}, {left}",
        flavour.bold(&row.name),
        if row.too_few && row.state == "ok" { "no verdict" } else { state_word(&row.state) }
    )];
    parts.extend(row.burn.h1.map(|burn| format!("burns {} over the last hour", multiple(burn))));
    parts.extend(row.exhausts_at.map(|at| format!("runs out {} at the pace of the last 24 h", day_clock_in(at, zone))));
    parts.extend(row.recovers_at.map(|at| format!("back {} if nothing else breaks", day_clock_in(at, zone))));
    let coverage = row.coverage.filter(|known| *known < 1.0);
    parts.extend(coverage.map(|known| format!("{} of its hours known", percent(known))));
    let (told, source) = (parts.join("; "), flavour.inert(&row.source));
    format!("{told}. Objective {}, {}; from {source}", objective(row.objective), window(row))
}

/// What is left, where that is known, or why it is no finding.
fn left(remaining: Option<f64>, few: Option<&TooFew>) -> Option<String> {
    remaining.map(|left| few.map_or_else(|| format!("{} left", percent(left)), |few| few.words.clone()))
}

/// One SLO's page.
#[must_use]
pub fn slo_text(page: &SloPage, zone: Tz, flavour: Flavour) -> String {
    let (line, dot) = (&page.line, flavour.bullet());
    let answer = flavour.bold(&format!("{}: {}", line.name, page.words.answer));
    let mut lines = vec![
        format!("{answer} ({})", clock_in(page.as_of, zone)),
        flavour.inert(&page.words.outlook),
        String::new(),
        format!("{dot} {}", slo_line_text(line, zone, flavour)),
    ];
    if let Some(spent) = &page.spent {
        lines.extend(spent.rows.iter().map(|row| format!("{dot} {}", spell(row, zone, flavour))));
        lines.push(format!("{dot} {:.1} points in the rest of the window; {:.1} in all", spent.rest, spent.total));
    }
    if let Some(upstream) = &page.upstream {
        lines.push(format!("{dot} The upstream says {} left", percent(upstream.budget_remaining)));
        lines.extend(upstream.reasons.iter().map(|reason| format!("  {dot} {}", flavour.inert(reason))));
    }
    for month in page.months.iter().take(MONTHS) {
        let left =
            left(month.budget_remaining, month.too_few_events.as_ref()).unwrap_or_else(|| "not known".to_owned());
        lines.push(format!("{dot} {}: {left}", month.month));
    }
    if let Some(at) = page.changed_at {
        lines.push(format!(
            "{dot} The definition changed {}: hours before count by the new one",
            day_clock_in(at, zone)
        ));
    }
    lines.extend(page.warnings.iter().map(|warning| not_known(warning, zone, flavour)));
    lines.join("\n")
}

/// A spell that spent the budget.
fn spell(row: &SpentRow, zone: Tz, flavour: Flavour) -> String {
    let beside = row.beside.as_ref().map_or_else(
        || "nothing recorded at the time".to_owned(),
        |beside| format!("{} {}", flavour.inert(&beside.label), flavour.inert(&beside.title)),
    );
    let back = row.leaves_at.map_or_else(String::new, |at| format!("; back {}", day_clock_in(at, zone)));
    let since = day_clock_in(row.starts_at, zone);
    format!("{:.1} points from {since}, at most {}: {beside}{back}", row.points, multiple(row.peak))
}

/// The states, as the pages say them.
fn state_word(state: &str) -> &'static str {
    match state {
        "ok" => "healthy",
        "warn" => "tight",
        "critical" => "critical",
        "spent" => "spent",
        "no_traffic" => "no traffic",
        _ => "not known",
    }
}

/// An objective without noise: `99.9 %`.
fn objective(ratio: f64) -> String {
    let hundreds = format!("{:.4}", ratio * 100.0);
    format!("{}\u{a0}%", hundreds.trim_end_matches('0').trim_end_matches('.'))
}

fn window(row: &SloTableRow) -> String {
    let days = format!("{:.1}", row.window.days);
    let days = days.strip_suffix(".0").unwrap_or(&days);
    if row.window.kind == "rolling" { format!("{days} d rolling") } else { format!("calendar period of {days} d") }
}

#[cfg(test)]
mod tests {
    use super::objective;

    #[test]
    fn an_objective_has_no_noise_of_binary_fractions() {
        assert_eq!(objective(0.999_000_000_000_000_1), "99.9\u{a0}%");
        assert_eq!(objective(0.9999), "99.99\u{a0}%");
        assert_eq!(objective(0.9), "90\u{a0}%");
    }
}
