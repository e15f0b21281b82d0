//! Incidents as Markdown, for chat and documents. What upstreams wrote goes out inert, and no person is named.

use chrono_tz::Tz;
use fairlead_domain::Timestamp;
use fairlead_domain::time::SECOND_MS;

use super::text::{Flavour, escape, not_known};
use crate::views::incidents::{
    Durations, IncidentFilters, IncidentIndex, IncidentLine, IncidentSheet, NOT_GIVEN, NOT_MAPPED, QuantileEntry,
};
use crate::views::wording::{clock_in, counted, duration};

/// The page as Markdown: what it is narrowed to, how long it took, and the lines given.
#[must_use]
pub fn incidents_markdown(
    index: &IncidentIndex,
    lines: &[IncidentLine],
    filters: &IncidentFilters,
    zone: Tz,
) -> String {
    let narrowed = narrowed(filters);
    let told = counted(index.rows.len(), "incident");
    let mut out = vec![format!("**{told}**{narrowed} ({})", clock_in(index.as_of, zone)), String::new()];
    out.push(format!("- Time to acknowledge: {}", durations(&index.time_to_ack)));
    out.push(format!("- Time to resolve: {}", durations(&index.time_to_resolve)));
    out.extend(index.hidden_words.iter().map(|words| {
        if filters.tests {
            format!("- Shown all the same: {}", words.replace(" hidden", ""))
        } else {
            format!("- {words}")
        }
    }));
    out.extend(index.warnings.iter().map(|warning| not_known(warning, zone, Flavour::Markdown)));
    if !lines.is_empty() {
        out.push(String::new());
        out.push("| Status | Number | Title | Severity | Service | Opened | Acknowledged after | Lasted |".to_owned());
        out.push("|---|---|---|---|---|---|---|---|".to_owned());
        out.extend(lines.iter().map(|line| row(line, zone)));
    }
    if lines.len() < index.rows.len() {
        out.push(format!("\nThe newest {} of {}.", lines.len(), index.rows.len()));
    }
    out.join("\n")
}

/// One incident as Markdown.
#[must_use]
pub fn incident_markdown(sheet: &IncidentSheet, zone: Tz) -> String {
    let line = &sheet.line;
    let number = line.number.as_deref().map(|number| format!("{} ", escape(number))).unwrap_or_default();
    let mut out = vec![format!("**{number}{}** ({})", title(line), clock_in(sheet.as_of, zone)), String::new()];
    let mut fact = |name: &str, value: String| out.push(format!("- {name}: {value}"));
    fact("Status", status(line));
    fact("Severity", severity(line));
    fact("Service", line.service.as_deref().map_or_else(|| "not given".to_owned(), escape));
    fact("Opened", moment(line.created_at, zone));
    fact("Acknowledged after", line.acked_after_secs.map_or_else(|| "not told".to_owned(), secs));
    fact(
        if line.running { "Open for" } else { "Lasted" },
        line.lasted_secs.map_or_else(|| "not told".to_owned(), secs),
    );
    fact("Paged", counted(sheet.pages.len() + sheet.pages_more as usize, "notification"));
    fact("Source", escape(&line.source));
    if let Some(url) = &sheet.url {
        fact("Link", format!("<{url}>"));
    }
    out.join("\n")
}

fn row(line: &IncidentLine, zone: Tz) -> String {
    let number = line.number.as_deref().map(escape).unwrap_or_default();
    let service = line.service.as_deref().map(escape).unwrap_or_default();
    let acked = line.acked_after_secs.map(secs).unwrap_or_default();
    let lasted = line.lasted_secs.map(secs).unwrap_or_default();
    let so_far = if line.running { " so far" } else { "" };
    let cells = [
        status(line),
        number,
        title(line),
        severity(line),
        service,
        moment(line.created_at, zone),
        acked,
        format!("{lasted}{so_far}"),
    ];
    format!("| {} |", cells.join(" | "))
}

fn title(line: &IncidentLine) -> String {
    format!("{}{}", escape(&line.title), if line.title_cut { "…" } else { "" })
}

fn status(line: &IncidentLine) -> String {
    match line.status.as_str() {
        "acked" => "acknowledged".to_owned(),
        word => word.to_owned(),
    }
}

fn severity(line: &IncidentLine) -> String {
    match (line.severity, &line.severity_said) {
        (Some(level), _) => format!("SEV{level}"),
        (None, Some(word)) => format!("{} (not mapped)", escape(word)),
        (None, None) => "not given".to_owned(),
    }
}

fn moment(at: Timestamp, zone: Tz) -> String {
    at.to_utc().with_timezone(&zone).format("%Y-%m-%d %H:%M %Z").to_string()
}

fn secs(secs: i32) -> String {
    if secs < 60 { format!("{secs} s") } else { duration(i64::from(secs) * SECOND_MS) }
}

fn durations(told: &Durations) -> String {
    let of = |name: &str, quantile: Option<QuantileEntry>| {
        let Some(quantile) = quantile else { return String::new() };
        let least = if quantile.at_least { "at least " } else { "" };
        let interval = match (quantile.low_secs, quantile.high_secs) {
            (Some(low), Some(high)) => format!(" (95 %: {} to {})", secs(low), secs(high)),
            (Some(low), None) => format!(" (95 %: {} or more)", secs(low)),
            _ => String::new(),
        };
        format!("{name} {least}{}{interval}, ", secs(quantile.secs))
    };
    let n = told.ended;
    if told.median.is_none() {
        return format!("{n} known, too few for a median ({} are needed)", told.fewest);
    }
    format!("{}{}of {n}", of("median", told.median), of("90th percentile", told.p90))
}

/// What the page is narrowed to, in words.
fn narrowed(filters: &IncidentFilters) -> String {
    let severity = |key: &String| match key.as_str() {
        NOT_MAPPED => "not mapped".to_owned(),
        NOT_GIVEN => "not given".to_owned(),
        level => format!("SEV{level}"),
    };
    let service = |key: &String| if key.is_empty() { "no service".to_owned() } else { key.clone() };
    let mut parts = Vec::new();
    parts.extend(filters.text.as_ref().filter(|text| !text.trim().is_empty()).map(|text| format!("“{text}”")));
    parts.extend(filters.team.as_ref().map(|team| format!("team {team}")));
    parts.extend(filters.days.map(|days| format!("last {}", counted(days as usize, "day"))));
    parts.extend(filters.since.as_ref().map(|since| format!("since {since}")));
    parts.extend(filters.until.as_ref().map(|until| format!("before {until}")));
    let severities: Vec<String> = filters.severities.iter().map(severity).collect();
    let services: Vec<String> = filters.services.iter().map(service).collect();
    for words in [&filters.statuses, &severities, &services, &filters.sources, &filters.kinds, &filters.months] {
        if !words.is_empty() {
            parts.push(words.join(" or "));
        }
    }
    if parts.is_empty() { String::new() } else { format!(": {}", escape(&parts.join(", "))) }
}
