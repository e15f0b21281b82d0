//! One file per command. A command opens the workspace, asks the engine, and words the answer.

mod backup;
mod demo;
mod doctor;
mod export;
mod import;
mod incidents;
mod init;
mod oncall;
mod pages;
mod people;
mod services;
mod slo;
mod sources;
mod status;
mod sync;

use std::path::PathBuf;
use std::sync::Arc;

use fairlead_domain::time::{SECOND_MS, SystemClock};
use fairlead_domain::{Clock, Timestamp, Window};
use fairlead_engine::views::unmapped::Unmapped;
use fairlead_engine::{Access, Workspace};

use crate::args::{Args, Command};
use crate::exit::Failure;
use crate::moment::instant;
use crate::output::Reply;

/// Runs what the command line asks for.
///
/// # Errors
/// Why it could not be done.
pub async fn run(args: Args) -> Result<Reply, Failure> {
    let place = Place { dir: folder(args.workspace)?, as_of: args.as_of, json: args.json };
    match args.command {
        Command::Init { demo } => init::run(&place, demo).await,
        Command::Sources { what } => sources::run(&place, what).await,
        Command::Sync(wanted) => sync::run(&place, wanted).await,
        Command::Status { what: None, since, md } => status::run(&place, since.as_deref(), md).await,
        Command::Status { what: Some(what), .. } => status::act(&place, what).await,
        Command::Oncall { from, to } => oncall::run(&place, from.as_deref().zip(to.as_deref())).await,
        Command::Slo { what } => slo::run(&place, what).await,
        Command::Incidents { what, filter } => incidents::run(&place, what, filter).await,
        Command::People { what } => people::run(&place, what).await,
        Command::Export(wanted) => export::run(&place, &wanted).await,
        Command::Services { what } => services::run(&place, what).await,
        Command::Pages { what, range } => pages::run(&place, what, range).await,
        Command::Import(wanted) => import::run(&place, &wanted).await,
        Command::Backup { what } => backup::run(&place, what).await,
        Command::Doctor => doctor::run(&place).await,
        Command::Demo { what } => demo::run(&place, what).await,
    }
}

/// Where and for when a command runs.
pub struct Place {
    dir: PathBuf,
    as_of: Option<String>,
    json: bool,
}

/// A workspace open for reading, and the instant that is asked for.
pub struct View {
    /// The workspace.
    pub workspace: Arc<Workspace>,
    /// The instant.
    pub as_of: Timestamp,
}

impl Place {
    /// Opens the workspace for reading.
    ///
    /// # Errors
    /// When it cannot be opened, or the instant lies in the future.
    pub async fn view(&self) -> Result<View, Failure> {
        let workspace = Arc::new(Workspace::open(&self.dir, Access::Read).await?);
        let now = workspace.clock.now();
        let zone = workspace.config.workspace.timezone;
        let asked = self.as_of.as_deref().map(|text| instant(text, "--as-of", zone)).transpose()?;
        if let Some(asked) = asked.filter(|asked| *asked > now) {
            return Err(Failure::usage(format!("--as-of {asked} lies in the future; now is {now}")));
        }
        // Answers give instants to the second. One that is handed back means all of its second, else what was stored
        // within it would not be seen.
        let as_of = asked.map_or(now, |asked| asked.plus_millis(SECOND_MS - 1).min(now));
        Ok(View { workspace, as_of })
    }

    /// Opens the workspace for writing.
    ///
    /// # Errors
    /// When it cannot be opened, or an instant was given: the past cannot be written.
    pub async fn edit(&self) -> Result<Arc<Workspace>, Failure> {
        if self.as_of.is_some() {
            return Err(Failure::usage("--as-of is for reading: what is written is written now"));
        }
        Ok(Arc::new(Workspace::open(&self.dir, Access::Write).await?))
    }
}

/// The workspace's folder: the given one, else the platform's data folder.
fn folder(given: Option<PathBuf>) -> Result<PathBuf, Failure> {
    if let Some(dir) = given {
        return Ok(dir);
    }
    fairlead_engine::default_folder()
        .ok_or_else(|| Failure::usage("no home folder is known: give --workspace DIR or set FAIRLEAD_WORKSPACE"))
}

/// What an answer rests on that nobody has mapped, as a line of its own; nothing when all is mapped.
fn unmapped_line(unmapped: Unmapped) -> String {
    let part = |n: u32, one: &str, more: &str| (n > 0).then(|| format!("{n} {}", if n == 1 { one } else { more }));
    let parts: Vec<String> = [
        part(unmapped.people, "person", "people"),
        part(unmapped.services, "service", "services"),
        part(unmapped.severities, "severity word", "severity words"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() { String::new() } else { format!("\nNot mapped: {}", parts.join(", ")) }
}

/// A range of instants, of which both ends or none are given.
fn range(range: Option<(&str, &str)>, zone: chrono_tz::Tz) -> Result<Option<Window>, Failure> {
    let Some((from, to)) = range else { return Ok(None) };
    let range = Window::new(instant(from, "--from", zone)?, instant(to, "--to", zone)?);
    if range.is_empty() {
        return Err(Failure::usage(format!("--to {to} does not lie after --from {from}")));
    }
    Ok(Some(range))
}

/// The machine's time, for answers that speak of no workspace's instant.
fn now() -> Timestamp {
    SystemClock.now()
}
