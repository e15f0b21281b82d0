//! What the SLOs of a real Prometheus with Sloth's rules cost it in requests.

use std::sync::Arc;

use fairlead_domain::time::{FixedClock, HOUR_MS, MINUTE_MS, SystemClock};
use fairlead_domain::{Clock, Timestamp};
use fairlead_engine::sync::{Past, SyncReport, SyncRequest, nobody, sync};
use fairlead_engine::{Access, Workspace};
use fairlead_testkit::prometheus::{Plan, Server};
use tokio_util::sync::CancellationToken;

use crate::Outcome;
use crate::figure::{Figure, Goal};

const ROW: &str = "slo requests";

/// SLOs of the full run.
pub const FULL: usize = 40;
/// SLOs of the smallest run that needs two questions for the counts.
pub const TINY: usize = 7;

/// Streams that tell where SLOs stand, and the upstream's own figures.
const STATUS: &[&str] = &["slos", "sli_ratio"];
const COUNTS: &str = "sli_counts";

/// Requests of the streams that `wanted` names.
fn requests(report: &SyncReport, wanted: &[&str]) -> u64 {
    let streams = report.sources.iter().flat_map(|source| &source.streams);
    streams.filter(|stream| wanted.contains(&stream.name.as_str())).map(|stream| u64::from(stream.requests)).sum()
}

/// Reads a Prometheus with so many SLOs, and once more when a new hour is complete.
///
/// # Errors
/// Why Prometheus does not run, or a sync does not go well.
pub fn measure(slos: usize) -> Outcome<Vec<Figure>> {
    // Every second service of the plan is Sloth's.
    let end = SystemClock.now().floor_hour().plus_millis(10 * MINUTE_MS - HOUR_MS);
    let server = Server::start(&Plan { days: 2, services: 2 * slos, ..Plan::ending(end) })?;
    let folder = tempfile::tempdir()?;
    let config = format!(
        "[workspace]\nname = \"Bench\"\n\n[[source]]\nname = \"prom\"\nkind = \"prometheus\"\nurl = \"{}\"\n\
         slo = {{ discover = [\"sloth\"] }}\n",
        server.url()
    );
    std::fs::write(folder.path().join(fairlead_engine::config::FILE), config)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let clock = FixedClock::at(end.plus_millis(-HOUR_MS));
    let read = |at: Timestamp| -> Outcome<SyncReport> {
        clock.set(at);
        runtime.block_on(async {
            let mut workspace = Workspace::open(folder.path(), Access::Write).await?;
            workspace.clock = Arc::new(clock.clone());
            let workspace = Arc::new(workspace);
            let request = SyncRequest { past: Past::Leave, ..SyncRequest::default() };
            let report = sync(&workspace, &request, &nobody(), &CancellationToken::new()).await?;
            workspace.close().await?;
            Ok(report)
        })
    };
    let before = end.plus_millis(-HOUR_MS);
    let first = read(before)?;
    let again = read(before.plus_millis(5 * MINUTE_MS))?;
    let next = read(end)?;
    let listed = next.sources.iter().flat_map(|s| &s.streams).find(|s| s.name == "slos").map_or(0, |s| s.fetched);
    let count = |requests: u64| f64::from(u32::try_from(requests).unwrap_or(u32::MAX));
    let least = u64::try_from(slos.div_ceil(5))?;
    let note = |report: &SyncReport| {
        let streams = report.sources.iter().flat_map(|source| &source.streams);
        streams.map(|stream| format!("{} {}", stream.name, stream.requests)).collect::<Vec<_>>().join(", ")
    };
    // The first sync also asks for what is asked for once a day: the rules, and how long history is kept.
    let status = requests(&next, STATUS);
    Ok(vec![
        Figure::of(ROW, format!("status and parity of {slos} SLOs"), count(status), "", Goal::AtMost(3.0))
            .made_of(format!("first {}; later {}; {listed} facts listed", note(&first), note(&next))),
        Figure::of(ROW, "true counts, a new hour", count(requests(&next, &[COUNTS])), "", Goal::AtMost(count(least))),
        Figure::of(ROW, "true counts, no new hour", count(requests(&again, &[COUNTS])), "", Goal::Exactly(0.0)),
    ])
}
