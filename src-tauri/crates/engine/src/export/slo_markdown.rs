//! SLOs as Markdown, for chat and documents. What upstreams wrote goes out inert.

use chrono_tz::Tz;

use super::markdown::escape;
use crate::views::slos::{SloPage, SloTable, SloTableRow};
use crate::views::wording::{clock_in, day_clock_in, multiple, percent};

/// The table as Markdown: the answer, and a line for each SLO that is not healthy.
#[must_use]
pub fn slos_markdown(table: &SloTable, zone: Tz) -> String {
    let mut lines = vec![format!("**{}** ({})", escape(&table.words.answer), clock_in(table.as_of, zone))];
    lines.extend(table.words.next.iter().map(|next| escape(next)));
    lines.push(String::new());
    let (asking, healthy): (Vec<_>, Vec<_>) = table.rows.iter().partition(|row| row.state != "ok");
    lines.extend(asking.iter().map(|row| format!("- {}", slo_line_markdown(row, zone))));
    if !healthy.is_empty() {
        let names: Vec<String> = healthy.iter().map(|row| escape(&row.name)).collect();
        lines.push(format!("- Healthy: {}", names.join(", ")));
    }
    lines.extend(table.warnings.iter().map(|warning| format!("- Not known: {}", escape(&warning.message))));
    lines.join("\n")
}

/// One SLO in a line.
#[must_use]
pub fn slo_line_markdown(row: &SloTableRow, zone: Tz) -> String {
    let left = row.budget_remaining.map_or_else(|| "budget not known".to_owned(), |left| format!("{} left", percent(left)));
    let service = row.service.as_ref().map_or_else(String::new, |service| format!(" ({})", escape(service)));
    let mut parts = vec![format!("**{}**{service}: {}, {left}", escape(&row.name), state_word(&row.state))];
    parts.extend(row.too_few.then(|| "too few events for a verdict".to_owned()));
    parts.extend(row.burn.h1.map(|burn| format!("burns {} over the last hour", multiple(burn))));
    parts.extend(row.exhausts_at.map(|at| format!("runs out {} at the pace of the last 24 h", day_clock_in(at, zone))));
    parts.extend(row.recovers_at.map(|at| format!("back {} if nothing else breaks", day_clock_in(at, zone))));
    let coverage = row.coverage.filter(|known| *known < 1.0);
    parts.extend(coverage.map(|known| format!("{} of its hours known", percent(known))));
    format!("{}. Objective {}, {}; from {}", parts.join("; "), objective(row.objective), window(row), escape(&row.source))
}

/// One SLO's page as Markdown.
#[must_use]
pub fn slo_markdown(page: &SloPage, zone: Tz) -> String {
    let line = &page.line;
    let mut lines = vec![
        format!("**{}: {}** ({})", escape(&line.name), escape(&page.words.answer), clock_in(page.as_of, zone)),
        escape(&page.words.outlook),
        String::new(),
        format!("- {}", slo_line_markdown(line, zone)),
    ];
    if let Some(spent) = &page.spent {
        for row in &spent.rows {
            let beside = row.beside.as_ref().map_or_else(
                || "nothing recorded at the time".to_owned(),
                |beside| format!("{} {}", escape(&beside.label), escape(&beside.title)),
            );
            let back = row.leaves_at.map_or_else(String::new, |at| format!("; back {}", day_clock_in(at, zone)));
            let since = day_clock_in(row.starts_at, zone);
            lines.push(format!("- {:.1} points from {since}, at most {}: {beside}{back}", row.points, multiple(row.peak)));
        }
        lines.push(format!("- {:.1} points in the rest of the window; {:.1} in all", spent.rest, spent.total));
    }
    if let Some(upstream) = &page.upstream {
        lines.push(format!("- The upstream says {} left", percent(upstream.budget_remaining)));
        lines.extend(upstream.reasons.iter().map(|reason| format!("  - {}", escape(reason))));
    }
    for month in page.months.iter().take(3) {
        let left = month.budget_remaining.map_or_else(|| "not known".to_owned(), |left| format!("{} left", percent(left)));
        lines.push(format!("- {}: {left}", month.month));
    }
    if let Some(at) = page.changed_at {
        lines.push(format!("- The definition changed {}: hours before count by the new one", day_clock_in(at, zone)));
    }
    lines.extend(page.warnings.iter().map(|warning| format!("- Not known: {}", escape(&warning.message))));
    lines.join("\n")
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
