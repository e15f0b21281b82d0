//! Proof that the server can be reached and what it lets be read.

use super::source::{Alertmanager, Restart};
use crate::{Check, Connector, ConnectorError};

/// Asks once for everything that the streams need.
pub(super) async fn check(source: &Alertmanager) -> Result<Vec<Check>, ConnectorError> {
    let mut lines = Vec::new();
    match source.api.status().await {
        Ok(status) => {
            let version = status.version_info.as_ref().map_or("unknown", |info| info.version.as_str());
            let version = fairlead_domain::text::clean_line(version);
            lines.push(line("reach the server", true, format!("version {version}")));
            lines.push(match source.restart(&status) {
                Restart::Past => line("tell a restart", true, "it has run for long enough to know what fires".into()),
                Restart::Fresh { secs, of_secs } => {
                    line("tell a restart", true, format!("started {secs} s ago, believed after {of_secs} s"))
                }
                Restart::Untold => {
                    line("tell a restart", false, "not told: a restart looks as if every alert were over".into())
                }
            });
            if let Some(cluster) = status.cluster.filter(|cluster| cluster.status != "disabled") {
                let peers = cluster.peers.map_or(0, |peers| peers.len());
                let settled = cluster.status == "ready";
                let detail =
                    if settled { "silences are shared" } else { "silences may be missing until it has settled" };
                lines.push(line("cluster", settled, format!("{peers} peers; {detail}")));
            }
        }
        Err(error) if error.stops_source() => return Err(error),
        Err(error) => lines.push(line("reach the server", false, error.to_string())),
    }
    let alerts = source.api.alerts().await.map(|alerts| {
        let suppressed = alerts.iter().filter(|alert| alert.status.state == "suppressed").count();
        format!("{} fire, {suppressed} of them silenced or inhibited", alerts.len())
    });
    lines.push(outcome("read alerts", alerts));
    let silences = source.api.silences().await.map(|silences| {
        let active = silences.iter().filter(|silence| silence.status.state == "active").count();
        format!("{} listed, {active} of them active", silences.len())
    });
    lines.push(outcome("read silences", silences));
    let receivers = source.api.receivers().await.map(|receivers| format!("{} are told", receivers.len()));
    lines.push(outcome("read receivers", receivers));
    let skew = source.clock_skew_millis().unwrap_or(0);
    if skew.abs() > 30_000 {
        let detail = format!("this machine's clock is {} s off the server's", -skew / 1000);
        lines.push(line("agree on the time", false, detail));
    }
    Ok(lines)
}

fn outcome(subject: &str, read: Result<String, ConnectorError>) -> Check {
    match read {
        Ok(detail) => line(subject, true, detail),
        Err(error) => line(subject, false, error.to_string()),
    }
}

fn line(subject: &str, ok: bool, detail: String) -> Check {
    Check::new(subject, ok, detail)
}
