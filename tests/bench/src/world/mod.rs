//! A team with years behind it, written through the store's own records, without an upstream.
//!
//! Ten years take minutes to make, so the file is kept under its seed, its extent and the schema's version.

mod config;
mod days;
mod shelves;
mod standing;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use fairlead_domain::record::Item;
use fairlead_domain::run::RunState;
use fairlead_domain::time::{FixedClock, MINUTE_MS};
use fairlead_domain::{Timestamp, Window};
use fairlead_engine::{Access, Workspace};
use fairlead_store::synced::{SourceId, StreamOk};
use fairlead_store::{Database, Mode, Synced};
use fairlead_testkit::upstream::KINDS;
use rusqlite::{Connection, params};

use crate::Outcome;
use days::Day;

/// The instant at which the world is looked at: a Monday morning in Lisbon.
pub const NOW: Timestamp = Timestamp::from_secs(1_794_816_000);
/// When the last sync before it ended.
const LAST_READ: Timestamp = NOW.plus_millis(-2 * MINUTE_MS);
/// The same seed gives the same world.
const SEED: u64 = 9;
/// Records that are stored in one transaction.
const BATCH: usize = 20_000;

/// How large a world is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Days of history.
    pub days: u32,
    /// People.
    pub people: u32,
    /// Services; one incident a day for every seven, so that ten years of 200 bring 100,000.
    pub services: u32,
    /// SLOs, each with every hour.
    pub slos: u32,
}

impl Extent {
    /// 50 people, 200 services, 200 SLOs: 10,000 incidents and 1.75 million hours a year.
    #[must_use]
    pub const fn years(years: u32) -> Self {
        Self { days: 365 * years, people: 50, services: 200, slos: 200 }
    }

    /// The least that has everything in it.
    #[must_use]
    pub const fn tiny(days: u32) -> Self {
        Self { days, people: 10, services: 8, slos: 6 }
    }
}

/// A world on disk.
#[derive(Debug)]
pub struct World {
    dir: PathBuf,
    extent: Extent,
}

impl World {
    /// The world of this extent under `shelf`; made when it is not there, or of another schema.
    ///
    /// # Errors
    /// Why it could not be made.
    pub async fn at(shelf: &Path, extent: Extent) -> Outcome<Self> {
        let schema = newest_schema().await?;
        let Extent { days, people, services, slos } = extent;
        let name = format!("world-{SEED}-{days}d-{people}p-{services}s-{slos}o-schema{schema}");
        let world = Self { dir: shelf.join(name), extent };
        let done = world.dir.join("made");
        if !done.exists() {
            if world.dir.exists() {
                std::fs::remove_dir_all(&world.dir)?;
            }
            std::fs::create_dir_all(&world.dir)?;
            world.make().await?;
            std::fs::write(done, "")?;
        }
        Ok(world)
    }

    /// The world as a workspace whose sources answer from what was last read, and whose clock stands still.
    ///
    /// # Errors
    /// Why it does not open.
    pub async fn open(&self, access: Access) -> Outcome<Arc<Workspace>> {
        let upstreams = shelves::upstreams(self.extent);
        let file = self.dir.join(fairlead_engine::config::FILE);
        std::fs::write(file, config::text(self.extent, &upstreams))?;
        let mut workspace = Workspace::open_with(&self.dir, access, KINDS).await?;
        workspace.clock = Arc::new(FixedClock::at(NOW));
        Ok(Arc::new(workspace))
    }

    /// A connection beside the program's own, to count and to tidy.
    ///
    /// # Errors
    /// Why it does not open.
    pub fn beside(&self) -> Outcome<Connection> {
        Ok(Connection::open(Database::Synced.path(&self.dir))?)
    }

    async fn make(&self) -> Outcome<()> {
        let synced = Synced::open(&self.dir, Mode::ReadWrite, NOW).await?;
        let sources = self.sources(&synced).await?;
        let first = NOW.plus_days(-i64::from(self.extent.days)).floor_day();
        for (place, items) in standing::of(self.extent).into_iter().enumerate() {
            self.store(&synced, &sources, (place, items), first).await?;
        }
        let mut pending: Vec<Vec<Item>> = vec![Vec::new(); days::STREAMS.len()];
        let days = i64::from(self.extent.days);
        for back in (-60..=days).rev() {
            for (place, items) in Day::of(SEED, self.extent, back).items(LAST_READ).into_iter().enumerate() {
                pending[place].extend(items);
            }
            if pending.iter().map(Vec::len).sum::<usize>() >= BATCH || back == -60 {
                let full = pending.iter_mut().map(std::mem::take).enumerate().collect::<Vec<_>>();
                for (place, items) in full {
                    self.store_day(&synced, &sources, place, items).await?;
                }
            }
        }
        self.note_coverage(&synced, &sources, first).await?;
        synced.close().await?;
        self.note_runs()
    }

    async fn sources(&self, synced: &Synced) -> Outcome<Vec<SourceId>> {
        let first = NOW.plus_days(-i64::from(self.extent.days));
        let ids = synced.write(move |w| {
            config::SOURCES.iter().map(|name| w.ensure_source(name, "scripted", first)).collect::<Result<Vec<_>, _>>()
        });
        Ok(ids.await?)
    }

    async fn store(
        &self,
        synced: &Synced,
        sources: &[SourceId],
        (place, items): (usize, Vec<Item>),
        at: Timestamp,
    ) -> Outcome<()> {
        let (source, stream) = standing::STREAMS[place];
        let id = sources[source];
        synced.write(move |w| w.apply(id, stream, &items, at)).await?;
        Ok(())
    }

    async fn store_day(&self, synced: &Synced, sources: &[SourceId], place: usize, items: Vec<Item>) -> Outcome<()> {
        let (source, stream) = days::STREAMS[place];
        let id = sources[source];
        // Stored at the end of history: what lies before is then nobody's news.
        synced.write(move |w| w.apply(id, stream, &items, LAST_READ)).await?;
        Ok(())
    }

    /// Everything was read without a hole, shifts and leave 60 days ahead.
    async fn note_coverage(&self, synced: &Synced, sources: &[SourceId], first: Timestamp) -> Outcome<()> {
        let ids = sources.to_vec();
        let note = synced.write(move |w| {
            for (source, stream) in standing::STREAMS.iter().chain(days::STREAMS) {
                let ahead = days::LOOKS_AHEAD.contains(stream);
                let end = if ahead { LAST_READ.plus_days(60) } else { LAST_READ };
                let timeless = standing::STREAMS.iter().any(|(_, name)| name == stream);
                let covered = (!timeless).then_some(Window::new(first, end));
                let ok = StreamOk { watermark: Some(LAST_READ), covered, exhausted: true, state: None };
                w.stream_started(ids[*source], stream, LAST_READ)?;
                w.stream_ok(ids[*source], stream, &ok, LAST_READ)?;
            }
            Ok(())
        });
        Ok(note.await?)
    }

    /// A good run of each stream a day, and every one of the last week, as the log is kept.
    fn note_runs(&self) -> Outcome<()> {
        let connection = self.beside()?;
        let runs = "INSERT INTO sync_run (source_id, stream, started_at, ended_at, state, requests)
            WITH RECURSIVE run (at) AS (SELECT ?1 UNION ALL SELECT at + ?3 FROM run WHERE at + ?3 < ?2)
            SELECT s.source_id, s.stream, run.at, run.at, ?4, 1 FROM run, stream_state s WHERE s.stream = ?5";
        let first = NOW.plus_days(-i64::from(self.extent.days)).floor_day().plus_millis(-MINUTE_MS);
        let week = NOW.plus_days(-7);
        for told in shelves::TOLD {
            let often = i64::from(told.minutes) * MINUTE_MS;
            let spans = [(first, week, 24 * 60 * MINUTE_MS), (week, LAST_READ.plus_millis(1), often)];
            for (from, to, step) in spans {
                let values = params![from.as_millis(), to.as_millis(), step, RunState::Ok.word(), told.name];
                connection.execute(runs, values)?;
            }
        }
        Ok(())
    }
}

/// The schema's version that this program makes.
async fn newest_schema() -> Outcome<i64> {
    let folder = tempfile::tempdir()?;
    let synced = Synced::open(folder.path(), Mode::ReadWrite, NOW).await?;
    synced.close().await?;
    let connection = Connection::open(Database::Synced.path(folder.path()))?;
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}
