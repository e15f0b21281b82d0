//! The past as OpenMetrics text, and the rules as Sloth and Pyrra write them.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::plan::{SCRAPE, Service, Style};

/// Seconds between two evaluations of the recorded ratios.
const EVALUATION: i64 = 300;

/// Writes every sample.
pub(super) fn open_metrics(services: &[Service], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# TYPE http_requests counter")?;
    for service in services {
        for scrape in &service.scrapes {
            writeln!(
                out,
                "http_requests_total{{job=\"{}\",code=\"200\"}} {} {}",
                service.name, scrape.good, scrape.at
            )?;
        }
        for (scrape, bad) in service.scrapes.iter().filter_map(|scrape| scrape.bad.map(|bad| (scrape, bad))) {
            writeln!(out, "http_requests_total{{job=\"{}\",code=\"500\"}} {bad} {}", service.name, scrape.at)?;
        }
    }
    for service in services.iter().filter(|service| service.style == Style::Sloth) {
        ratios(service, out)?;
        current(service, out)?;
    }
    for service in services.iter().filter(|service| service.style == Style::Pyrra) {
        members(service, out)?;
    }
    for service in services {
        for (first, last) in &service.firing {
            let mut at = *first;
            while at <= *last {
                writeln!(out, "ALERTS{{{}}} 1 {at}", alert_labels(service))?;
                at += SCRAPE;
            }
        }
    }
    writeln!(out, "# EOF")
}

fn alert_labels(service: &Service) -> String {
    format!("alertname=\"HighErrorRate\",alertstate=\"firing\",severity=\"critical\",service=\"{}\"", service.name)
}

fn sloth_labels(service: &Service) -> String {
    format!(
        "sloth_id=\"{}\",sloth_service=\"{}\",sloth_slo=\"requests-availability\",team=\"web\"",
        service.slo, service.name
    )
}

/// The error ratio of the five minutes before each evaluation; NaN without traffic, absent without scrapes.
fn ratios(service: &Service, out: &mut impl Write) -> io::Result<()> {
    let labels = sloth_labels(service);
    let mut window: Vec<(i64, u64, u64)> = Vec::new();
    for scrape in &service.scrapes {
        window.push((scrape.at, scrape.news.0, scrape.news.1));
        window.retain(|(at, ..)| *at > scrape.at - EVALUATION);
        if scrape.at % EVALUATION != 0 || window.len() < 2 || scrape.bad.is_none() {
            continue;
        }
        let (good, bad) = window.iter().fold((0, 0), |sum, (_, good, bad)| (sum.0 + good, sum.1 + bad));
        #[expect(clippy::cast_precision_loss, reason = "counts of five minutes are far below 2^53")]
        let ratio = if good + bad == 0 { "NaN".to_owned() } else { (bad as f64 / (good + bad) as f64).to_string() };
        writeln!(out, "slo:sli_error:ratio_rate5m{{{labels},sloth_window=\"5m\"}} {ratio} {}", scrape.at)?;
    }
    Ok(())
}

/// What an inventory shows, for the last hour.
fn current(service: &Service, out: &mut impl Write) -> io::Result<()> {
    let labels = sloth_labels(service);
    let Some(last) = service.scrapes.last() else { return Ok(()) };
    let info = format!(
        "{labels},sloth_objective=\"{}\",sloth_mode=\"cli-gen-prom\",sloth_version=\"v0.16.0\"",
        service.percent
    );
    let rows = [
        ("sloth_slo_info", info, 1.0),
        ("slo:objective:ratio", labels.clone(), service.objective + 1e-16),
        ("slo:time_period:days", labels.clone(), f64::from(service.window_days)),
        ("slo:current_burn_rate:ratio", labels.clone(), 0.25),
        ("slo:period_error_budget_remaining:ratio", labels, 0.5),
    ];
    for (name, labels, value) in rows {
        for back in (0..=60).rev() {
            writeln!(out, "{name}{{{labels}}} {value} {}", last.at - back * SCRAPE)?;
        }
    }
    Ok(())
}

/// Burn rates of the SLO that is grouped by code, for the last hour.
fn members(service: &Service, out: &mut impl Write) -> io::Result<()> {
    let Some(last) = service.scrapes.last() else { return Ok(()) };
    for code in ["200", "500"] {
        for back in (0..=60).rev() {
            let at = last.at - back * SCRAPE;
            writeln!(out, "http_requests:burnrate5m{{slo=\"{}-by-code\",code=\"{code}\"}} 0 {at}", service.slo)?;
        }
    }
    Ok(())
}

/// The rule file.
pub(super) fn rules(services: &[Service]) -> String {
    let mut text = String::from("groups:\n");
    for service in services {
        let groups = if service.style == Style::Sloth { sloth_group(service) } else { pyrra_groups(service) };
        text.push_str(&groups);
    }
    text
}

fn sloth_group(service: &Service) -> String {
    let job = &service.name;
    let mut text = format!("- name: sloth-slo-sli-recordings-{}\n  rules:\n", service.slo);
    for window in ["5m", "30m", "1h"] {
        let (bad, all) = (
            format!("sum(rate(http_requests_total{{job=\"{job}\",code=~\"(5..|429)\"}}[{window}]))"),
            format!("sum(rate(http_requests_total{{job=\"{job}\"}}[{window}]))"),
        );
        let head = format!(
            "  - record: slo:sli_error:ratio_rate{window}\n    expr: |\n      ({bad})\n      /\n      ({all})\n"
        );
        text.push_str(&head);
        let labels = sloth_labels(service).replace("=\"", ": \"").replace(',', ", ");
        // A `String` takes any text.
        if writeln!(text, "    labels: {{ {labels}, sloth_window: \"{window}\" }}").is_err() {
            return text;
        }
    }
    text
}

fn pyrra_groups(service: &Service) -> String {
    let (job, slo) = (&service.name, &service.slo);
    let labels = format!("    labels: {{ job: \"{job}\", slo: \"{slo}\" }}\n");
    let mut text = format!("- name: {slo}\n  rules:\n");
    for window in ["5m", "1h"] {
        text.push_str(&format!(
            "  - record: http_requests:burnrate{window}\n    expr: sum(rate(http_requests_total{{code=~\"5..\",job=\"{job}\"}}[{window}])) / sum(rate(http_requests_total{{job=\"{job}\"}}[{window}]))\n{labels}"
        ));
    }
    let objective = service.objective;
    text.push_str(&format!(
        "  - alert: ErrorBudgetBurn\n    expr: http_requests:burnrate5m{{job=\"{job}\",slo=\"{slo}\"}} > (14 * (1-{objective}))\n{labels}"
    ));
    text.push_str(&format!(
        "- name: {slo}-by-code\n  rules:\n  - record: http_requests:burnrate5m\n    expr: sum by (code) (rate(http_requests_total{{code=~\"5..\",job=\"{job}\"}}[5m])) / sum by (code) (rate(http_requests_total{{job=\"{job}\"}}[5m]))\n    labels: {{ slo: \"{slo}-by-code\" }}\n  - alert: ErrorBudgetBurn\n    expr: http_requests:burnrate5m{{slo=\"{slo}-by-code\"}} > (14 * (1-{objective}))\n    labels: {{ slo: \"{slo}-by-code\" }}\n  - record: http_requests:increase4w\n    expr: sum by (code) (increase(http_requests_total{{job=\"{job}\"}}[4w]))\n    labels: {{ slo: \"{slo}-by-code\" }}\n"
    ));
    text.push_str(&format!(
        "- name: {slo}-increase\n  rules:\n  - record: http_requests:increase4w\n    expr: sum by (code) (increase(http_requests_total{{job=\"{job}\"}}[4w]))\n{labels}"
    ));
    text
}
