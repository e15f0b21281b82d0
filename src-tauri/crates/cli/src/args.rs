//! The command line.

mod mapping;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};

pub use mapping::{PagesCommand, PeopleCommand, ServicesCommand};

/// The cockpit's engine on the command line.
#[derive(Debug, Parser)]
#[command(name = "fairleadctl", version, about, disable_help_subcommand = true)]
pub struct Args {
    /// Folder of the workspace; the default is the platform's data folder.
    #[arg(long, global = true, env = "FAIRLEAD_WORKSPACE", value_name = "DIR")]
    pub workspace: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// Answer as of this instant: RFC 3339, or a date.
    #[arg(long, global = true, value_name = "RFC3339")]
    pub as_of: Option<String>,
    /// Say on stderr what is going on; twice for more.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a workspace: the folder and a commented fairlead.toml.
    Init {
        /// Load the demo team.
        #[arg(long)]
        demo: bool,
    },
    /// The sources: how fresh, how complete.
    Sources {
        /// What to do with them.
        #[command(subcommand)]
        what: Option<SourcesCommand>,
    },
    /// Read every source now.
    Sync(SyncArgs),
    /// What needs the lead.
    #[command(args_conflicts_with_subcommands = true)]
    Status {
        /// What to do; without it, Posture is told.
        #[command(subcommand)]
        what: Option<StatusCommand>,
        /// Changes since this instant instead of since the lead last looked.
        #[arg(long, value_name = "last|T")]
        since: Option<String>,
        /// As Markdown.
        #[arg(long)]
        md: bool,
    },
    /// Who is on call, or the shifts and gaps of a range.
    Oncall {
        /// Start of the range.
        #[arg(long, value_name = "T", requires = "to")]
        from: Option<String>,
        /// End of the range.
        #[arg(long, value_name = "T", requires = "from")]
        to: Option<String>,
    },
    /// Error budgets.
    Slo {
        /// What to show.
        #[command(subcommand)]
        what: Option<SloCommand>,
    },
    /// Incident history.
    Incidents {
        /// What to show.
        #[command(subcommand)]
        what: Option<IncidentsCommand>,
        /// Which ones, when listing.
        #[command(flatten)]
        filter: IncidentFilter,
    },
    /// People and the identities that make them up.
    People {
        /// What to do.
        #[command(subcommand)]
        what: Option<PeopleCommand>,
    },
    /// Services and what sources call them, the unmapped first.
    Services {
        /// What to do.
        #[command(subcommand)]
        what: Option<ServicesCommand>,
    },
    /// What counts as a page, and what does not.
    Pages {
        /// What to show.
        #[command(subcommand)]
        what: Option<PagesCommand>,
        /// Of which time, when listing.
        #[command(flatten)]
        range: Range,
    },
    /// Store shifts or incidents out of a CSV or JSON Lines file.
    Import(ImportArgs),
    /// Write everything as JSON Lines into a folder.
    Export(ExportArgs),
    /// Copies of the databases.
    Backup {
        /// What to do; the default is to list them.
        #[command(subcommand)]
        what: Option<BackupCommand>,
    },
    /// Check the workspace and say what is wrong with it.
    Doctor,
    /// The demo team.
    Demo {
        /// What to do.
        #[command(subcommand)]
        what: DemoCommand,
    },
}

/// What to do about what needs the lead.
#[derive(Debug, Subcommand)]
pub enum StatusCommand {
    /// Set a row aside: it is still counted, and comes back.
    #[command(group = clap::ArgGroup::new("end").required(true).args(["until", "until_worse"]))]
    Snooze {
        /// The row's id.
        id: String,
        /// Until this instant, at most 7 days ahead.
        #[arg(long, value_name = "T")]
        until: Option<String>,
        /// Until its class rises, or its number is a fifth worse.
        #[arg(long)]
        until_worse: bool,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Bring a row back.
    Unsnooze {
        /// The row's id.
        id: String,
    },
    /// Note that all of it was seen: changes are told from now on.
    Seen,
}

/// What to do with sources.
#[derive(Debug, Subcommand)]
pub enum SourcesCommand {
    /// List them.
    List,
    /// Prove that they can be reached and read.
    Check {
        /// Only this one.
        name: Option<String>,
    },
    /// Give one another name; its history stays.
    Rename {
        /// The name it has.
        old: String,
        /// The name it gets.
        new: String,
    },
}

/// What to read.
#[derive(Debug, ClapArgs)]
pub struct SyncArgs {
    /// Only these sources.
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Read the past back to so many days.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=36_500))]
    pub backfill: Option<u32>,
    /// Only what its interval asks for.
    #[arg(long)]
    pub due: bool,
    /// Believe a mass deletion of this source, this time.
    #[arg(long, value_name = "NAME")]
    pub accept_deletes: Vec<String>,
}

/// What to show of SLOs.
#[derive(Debug, Subcommand)]
pub enum SloCommand {
    /// All of them.
    List,
    /// One, with its definitions.
    Show {
        /// Its id.
        id: String,
    },
}

/// What to show of incidents.
#[derive(Debug, Subcommand)]
pub enum IncidentsCommand {
    /// List them, newest first.
    List {
        /// Which ones.
        #[command(flatten)]
        filter: IncidentFilter,
    },
    /// One, with its timeline.
    Show {
        /// Its id.
        id: String,
    },
}

/// Which incidents.
#[derive(Debug, Clone, ClapArgs)]
pub struct IncidentFilter {
    /// Made at or after this instant.
    #[arg(long, value_name = "T")]
    pub since: Option<String>,
    /// Made before this instant.
    #[arg(long, value_name = "T")]
    pub until: Option<String>,
    /// With one of these statuses.
    #[arg(long, value_name = "S", value_delimiter = ',')]
    pub status: Vec<String>,
    /// With these words in the title or number.
    #[arg(long, value_name = "TEXT")]
    pub query: Option<String>,
    /// How many at most.
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub limit: u32,
    /// Where the last page ended.
    #[arg(long, value_name = "CURSOR")]
    pub after: Option<String>,
    /// Also tests and what a drop rule of `[page]` takes.
    #[arg(long)]
    pub tests: bool,
}

/// A range of time.
#[derive(Debug, Clone, ClapArgs)]
pub struct Range {
    /// Start of the range.
    #[arg(long, value_name = "T", requires = "to")]
    pub from: Option<String>,
    /// End of the range.
    #[arg(long, value_name = "T", requires = "from")]
    pub to: Option<String>,
}

/// What to import.
#[derive(Debug, ClapArgs)]
pub struct ImportArgs {
    /// The file.
    pub file: PathBuf,
    /// What its rows are; records are JSON Lines of any kind.
    #[arg(long, value_name = "shifts|incidents|records", value_parser = ["shifts", "incidents", "records"])]
    pub kind: String,
    /// The system that exported it; recognised by itself when neither this nor --map is given.
    #[arg(long, value_name = "pagerduty|opsgenie|goalert|grafana-oncall")]
    pub preset: Option<String>,
    /// How its columns are named and its times written.
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// Show the difference and store nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// What to export.
#[derive(Debug, ClapArgs)]
pub struct ExportArgs {
    /// The folder; it must be new, empty, or an earlier export, which is replaced.
    pub dir: PathBuf,
    /// With names and e-mails; without, people go out as pseudonyms.
    #[arg(long)]
    pub include_people: bool,
    /// Only what happened at or after this instant.
    #[arg(long, value_name = "T")]
    pub from: Option<String>,
    /// Only what happened before this instant.
    #[arg(long, value_name = "T")]
    pub to: Option<String>,
    /// Incidents and shifts also as CSV, for spreadsheets.
    #[arg(long)]
    pub csv: bool,
}

/// What to do with backups.
#[derive(Debug, Subcommand)]
pub enum BackupCommand {
    /// Make one of each database now.
    Create,
    /// List them.
    List,
    /// Open one and check it.
    Verify {
        /// Its file name; without it, the newest of each database.
        file: Option<String>,
    },
    /// Put one in the place of its database, which is set aside.
    Restore {
        /// Its file name.
        file: String,
    },
}

/// What to do with the demo.
#[derive(Debug, Subcommand)]
pub enum DemoCommand {
    /// Show its clock, or set it.
    Clock {
        /// Where to set it.
        at: Option<String>,
    },
    /// Remove every row of it.
    Clear,
}
