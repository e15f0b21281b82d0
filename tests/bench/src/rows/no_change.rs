//! A sync that meets nothing new: what it writes, and whether it costs more when there is more behind it.

use std::path::Path;
use std::sync::Arc;

use fairlead_domain::run::RunState;
use fairlead_engine::sync::{Past, SyncReport, SyncRequest, nobody, sync};
use fairlead_engine::{Access, Workspace};
use rusqlite::Connection;
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

use crate::Outcome;
use crate::figure::{Figure, Goal};
use crate::measure::{Threads, median, millis, timed};
use crate::world::{Extent, World};

const ROW: &str = "no-change sync";

/// The worlds to compare, the long one first.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// The long history.
    pub long: Extent,
    /// The short one.
    pub short: Extent,
    /// Syncs of each.
    pub runs: u32,
}

impl Plan {
    /// So many years, and one.
    #[must_use]
    pub const fn full(years: u32) -> Self {
        Self { long: Extent::years(years), short: Extent::years(1), runs: 15 }
    }

    /// A few weeks: that it runs.
    #[must_use]
    pub const fn tiny() -> Self {
        Self { long: Extent::tiny(40), short: Extent::tiny(20), runs: 2 }
    }
}

/// One world, open, with a look at its tables beside the program's own.
struct Side {
    workspace: Arc<Workspace>,
    beside: Connection,
}

impl Side {
    async fn open(shelf: &Path, extent: Extent) -> Outcome<Self> {
        let world = World::at(shelf, extent).await?;
        let workspace = world.open(Access::Write).await?;
        Ok(Self { workspace, beside: world.beside()? })
    }

    async fn sync(&self) -> Outcome<SyncReport> {
        let request = SyncRequest { past: Past::Leave, ..SyncRequest::default() };
        let report = sync(&self.workspace, &request, &nobody(), &CancellationToken::new()).await?;
        match report.sources.iter().find(|source| source.state != RunState::Ok) {
            Some(source) => Err(format!("{} did not go well: {source:?}", source.name).into()),
            None => Ok(report),
        }
    }

    /// The newest run, before anything is logged here.
    fn newest_run(&self) -> Outcome<i64> {
        Ok(self.beside.query_row("SELECT coalesce(max(id), 0) FROM sync_run", [], |row| row.get(0))?)
    }

    /// Takes the runs of the bench out of the log again, so that the world stays as it was made.
    fn forget_runs_after(&self, newest: i64) -> Outcome<()> {
        self.beside.execute("DELETE FROM sync_run WHERE id > ?1", [newest])?;
        Ok(())
    }
}

/// Facts that a sync stored anew, changed or took away.
fn written(report: &SyncReport) -> u32 {
    let streams = report.sources.iter().flat_map(|source| &source.streams);
    streams.map(|stream| stream.inserted + stream.updated + stream.tombstoned).sum()
}

/// Facts that a sync read.
fn read(report: &SyncReport) -> u32 {
    report.sources.iter().flat_map(|source| &source.streams).map(|stream| stream.fetched).sum()
}

/// Reads both worlds again and again, in turns.
///
/// # Errors
/// Why a sync does not go well.
pub fn measure(shelf: &Path, plan: &Plan) -> Outcome<Vec<Figure>> {
    let runtime = Runtime::new()?;
    let long = runtime.block_on(Side::open(shelf, plan.long))?;
    let short = runtime.block_on(Side::open(shelf, plan.short))?;
    let newest = (long.newest_run()?, short.newest_run()?);
    let run = |side: &Side| timed(&Threads::none(), || runtime.block_on(side.sync()));
    // The first sync makes the day's backup and fills caches.
    let (first, _) = run(&long)?;
    run(&short)?;
    let (mut cpu, mut cpu_short, mut rows) = (Vec::new(), Vec::new(), written(&first));
    for _ in 0..plan.runs {
        let (report, spent) = run(&long)?;
        rows += written(&report);
        cpu.push(millis(spent.cpu));
        let (report, spent) = run(&short)?;
        rows += written(&report);
        cpu_short.push(millis(spent.cpu));
    }
    runtime.block_on(async {
        long.workspace.close().await?;
        short.workspace.close().await
    })?;
    long.forget_runs_after(newest.0)?;
    short.forget_runs_after(newest.1)?;
    let ratio = median(&cpu) / median(&cpu_short).max(f64::MIN_POSITIVE);
    let note = format!(
        "{:.1} ms / {:.1} ms cpu, median of {} each; {} facts read in {} streams",
        median(&cpu),
        median(&cpu_short),
        cpu.len(),
        read(&first),
        first.sources.iter().map(|source| source.streams.len()).sum::<usize>()
    );
    Ok(vec![
        Figure::of(ROW, "facts written", f64::from(rows), "", Goal::Exactly(0.0)),
        Figure::of(ROW, "cpu, long / short", ratio, "", Goal::AtMost(1.10)).made_of(note).over(&cpu),
    ])
}
