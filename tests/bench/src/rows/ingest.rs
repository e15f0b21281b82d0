//! A first sync from the wire to the rows, against the bare writing of the same rows.
//!
//! Asking for the pages is part of what a sync costs here: connections, headers and bodies are read by the same threads.

use std::path::Path;
use std::time::Duration;

use fairlead_store::{Database, Mode, Synced};
use fairlead_testkit::scenario::Extent;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::pager::Pager;
use crate::Outcome;
use crate::figure::{Figure, Goal};
use crate::measure::{Threads, median, millis, timed};
use crate::world::NOW;

const ROW: &str = "ingest";

/// Records of a batch of the engine's.
const BATCH: u64 = 1_000;

/// How much is ingested how often.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// The account.
    pub extent: Extent,
    /// Syncs, and bare writings.
    pub runs: u32,
}

impl Plan {
    /// 2,000 incidents of 90 days.
    pub const FULL: Self = Self { extent: Extent { incidents: 2_000, days: 90, bystanders: 110 }, runs: 7 };
    /// That it runs.
    pub const TINY: Self = Self { extent: Extent { incidents: 60, days: 41, bystanders: 95 }, runs: 1 };
}

/// A table with all its rows.
struct Table {
    insert: String,
    rows: Vec<Vec<Value>>,
}

/// Reads what a sync left, table by table in the order in which they were made, so that what is pointed to comes first.
fn tables(file: &Path) -> Outcome<Vec<Table>> {
    let connection = Connection::open(file)?;
    let names = "SELECT name FROM pragma_table_list JOIN sqlite_schema USING (name)
        WHERE pragma_table_list.schema = 'main' AND pragma_table_list.type = 'table' AND name NOT LIKE 'sqlite_%'
        ORDER BY sqlite_schema.rowid";
    let names: Vec<String> = connection.prepare(names)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut found = Vec::new();
    for name in names.iter().filter(|name| *name != "meta") {
        found.push(table(&connection, name, &format!("SELECT * FROM {name}"))?);
    }
    // The index keeps no copy of its words.
    found.push(table(&connection, "incident_search", "SELECT id AS rowid, title, number FROM incident ORDER BY id")?);
    Ok(found)
}

fn table(connection: &Connection, name: &str, select: &str) -> Outcome<Table> {
    let mut statement = connection.prepare(select)?;
    let columns: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let width = columns.len();
    let rows = statement.query_map([], |row| (0..width).map(|column| row.get(column)).collect())?;
    let rows = rows.collect::<Result<_, _>>()?;
    let marks = vec!["?"; width].join(", ");
    Ok(Table { insert: format!("INSERT INTO {name} ({}) VALUES ({marks})", columns.join(", ")), rows })
}

/// An empty database with the program's schema and settings.
fn empty(dir: &Path) -> Outcome<Connection> {
    std::fs::create_dir_all(dir)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async { Synced::open(dir, Mode::ReadWrite, NOW).await?.close().await })?;
    let connection = Connection::open(Database::Synced.path(dir))?;
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    Ok(connection)
}

/// Writes the rows in so many transactions and back into the file.
fn write(connection: &Connection, tables: &[Table], transactions: u64) -> Outcome<()> {
    let all: usize = tables.iter().map(|table| table.rows.len()).sum();
    let most = all.div_ceil(usize::try_from(transactions.max(1))?);
    let mut open = 0;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    for table in tables {
        let mut statement = connection.prepare_cached(&table.insert)?;
        for row in &table.rows {
            statement.execute(params_from_iter(row))?;
            open += 1;
            if open == most {
                connection.execute_batch("COMMIT; BEGIN IMMEDIATE")?;
                open = 0;
            }
        }
    }
    connection.execute_batch("COMMIT")?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

/// Syncs and writes in turns.
///
/// # Errors
/// Why a sync does not go well, or a row cannot be written.
pub fn measure(plan: &Plan) -> Outcome<Vec<Figure>> {
    let before = Threads::now()?;
    let pager = Pager::of(plan.extent)?;
    // The thread of the account may take a moment to show.
    std::thread::park_timeout(Duration::from_millis(20));
    let account = Threads::now()?.new_since(&before);
    let (mut ours, mut bare, mut facts, mut rows) = (Vec::new(), Vec::new(), 0, 0);
    for run in 0..=plan.runs {
        let dir = pager.desk(&format!("desk-{run}"))?;
        pager.prepare(&dir)?;
        let (report, sync) = timed(&account, || pager.sync(&dir))?;
        // The pace is kept by a clock that is hurried along, which is no work of a sync's.
        let ((), pulse) = timed(&account, || pager.wait(sync.wall))?;
        let streams = report.sources.iter().flat_map(|source| &source.streams);
        facts = streams.map(|stream| u64::from(stream.fetched)).sum();
        let tables = tables(&Database::Synced.path(&dir))?;
        rows = tables.iter().map(|table| table.rows.len()).sum();
        let connection = empty(&pager.beside(&format!("bare-{run}")))?;
        let ((), written) = timed(&account, || write(&connection, &tables, facts.div_ceil(BATCH)))?;
        // The first of each fills caches.
        if run > 0 {
            ours.push(millis(sync.cpu.saturating_sub(pulse.cpu)));
            bare.push(millis(written.cpu));
        }
    }
    let shares: Vec<f64> = bare.iter().zip(&ours).map(|(bare, ours)| bare / ours * 100.0).collect();
    let note = format!(
        "{:.0} ms for {facts} records read / {:.0} ms for their {rows} rows, cpu, median of {}",
        median(&ours),
        median(&bare),
        ours.len()
    );
    Ok(vec![
        Figure::of(ROW, "speed of a sync / of bare SQLite", median(&shares), "%", Goal::AtLeast(70.0))
            .made_of(note)
            .over(&shares),
    ])
}
