//! `./test bench [years=N] [ROW...]`: measures, prints the table, and keeps it as JSON under `target/bench`. Years of history
//! are ten unless said.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is a program for the terminal")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use fairlead_bench::Outcome;
use fairlead_bench::figure::{Figure, Report};
use fairlead_bench::machine::Machine;
use fairlead_bench::rows::{backfill, ingest, no_change, pages, slo_requests, window};

/// Years of the long history.
const YEARS: u32 = 10;
/// Names of the rows, in the order of the table.
const ROWS: [&str; 6] = ["ingest", "no-change", "views", "backfill", "slo-requests", "window"];

fn main() -> ExitCode {
    let mut asked: Vec<String> = std::env::args().skip(1).collect();
    let said = asked.iter().find_map(|word| word.strip_prefix("years=")?.parse().ok());
    asked.retain(|word| !word.starts_with("years="));
    if let Some(unknown) = asked.iter().find(|name| !ROWS.contains(&name.as_str())) {
        eprintln!("there is no row {unknown:?}; rows are {}", ROWS.join(", "));
        return ExitCode::from(2);
    }
    match run(&asked, said.unwrap_or(YEARS)) {
        Ok(report) => {
            print!("{}", report.table());
            println!("{} of {} figures miss their goal", report.missed(), report.figures.len());
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn run(asked: &[String], years: u32) -> Outcome<Report> {
    let shelf = shelf();
    std::fs::create_dir_all(&shelf)?;
    let machine = Machine::now();
    let mut figures = Vec::new();
    for name in ROWS.iter().filter(|name| asked.is_empty() || asked.iter().any(|row| row == *name)) {
        eprintln!("{name} ...");
        figures.extend(measure(name, years, &shelf)?);
    }
    let report = Report { machine, load_after: Machine::now().load, figures };
    let name = if asked.is_empty() { "all".to_owned() } else { asked.join("+") };
    std::fs::write(shelf.join(format!("{name}.json")), serde_json::to_vec_pretty(&report)?)?;
    Ok(report)
}

fn measure(name: &str, years: u32, shelf: &Path) -> Outcome<Vec<Figure>> {
    match name {
        "ingest" => ingest::measure(&ingest::Plan::FULL),
        "no-change" => no_change::measure(shelf, &no_change::Plan::full(years)),
        "views" => pages::measure(shelf, &pages::Plan::full(years)),
        "backfill" => backfill::measure(backfill::FULL),
        "slo-requests" => slo_requests::measure(slo_requests::FULL),
        _ => window::measure(&window::beside().ok_or("where this program lies is not known")?, shelf),
    }
}

/// Where worlds and figures are kept.
fn shelf() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    target.join("bench")
}
