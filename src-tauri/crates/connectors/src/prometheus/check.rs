//! Proof that the server can be reached and what it lets be read.

use super::api::{Asked, Refusal};
use super::catalogue::Memory;
use super::source::Prometheus;
use super::span;
use crate::{Check, Connector, ConnectorError};

/// Asks once for everything that the streams need.
pub(super) async fn check(source: &Prometheus) -> Result<Vec<Check>, ConnectorError> {
    let api = &source.api;
    let mut lines = vec![match api.version().await {
        Ok(version) => line("reach the server", true, format!("version {version}")),
        Err(error) if error.stops_source() => return Err(error),
        Err(error) => {
            line("reach the server", false, format!("{error}; some compatible engines do not tell a version"))
        }
    }];
    let now = source.present(source.clock.now());
    lines.push(match api.instant("vector(1)", now.as_secs()).await? {
        Asked::Answered { .. } => line("run queries", true, "answered".into()),
        Asked::Refused(Refusal { reason, .. }) => {
            line("run queries", false, format!("refused: {reason}; nothing can be read"))
        }
    });
    lines.push(match api.rules().await {
        Ok(Some(groups)) => line("read rules", true, format!("{} groups", groups.len())),
        Ok(None) => line(
            "read rules",
            false,
            "not allowed, or not offered: events cannot be counted, budgets are the mean of Sloth's ratios, and Pyrra's SLOs show only Pyrra's own figure".into(),
        ),
        Err(error) => line("read rules", false, error.to_string()),
    });
    lines.push(match api.retention().await?.kept() {
        Some(kept) => line("depth of history", true, format!("{} days", span::days(kept))),
        None => line("depth of history", true, "not told; it is read until it ends".into()),
    });
    let listing = source.listing(&[], Memory::default(), now).await?;
    let skew = source.clock_skew_millis().unwrap_or(0);
    let found = listing.slos.len();
    let faults = listing.faults.iter().map(|fault| format!("; {fault}")).collect::<String>();
    lines.push(line("find SLOs", found > 0 && listing.faults.is_empty(), format!("{found} found{faults}")));
    if skew.abs() > 30_000 {
        lines.push(line(
            "agree on the time",
            false,
            format!("this machine's clock is {} s off the server's", -skew / 1000),
        ));
    }
    Ok(lines)
}

fn line(subject: &str, ok: bool, detail: String) -> Check {
    Check::new(subject, ok, detail)
}
