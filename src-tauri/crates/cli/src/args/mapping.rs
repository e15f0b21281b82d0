//! What counts as a page, who is who, and what is which service.

use std::path::PathBuf;

use clap::Subcommand;

use super::Range;

/// What to show of pages.
#[derive(Debug, Subcommand)]
pub enum PagesCommand {
    /// The pages, by time.
    List {
        /// Of which time; by default the last 28 days.
        #[command(flatten)]
        range: Range,
    },
    /// What the rules keep and drop, by rule and service.
    Preview {
        /// Also what the `[page]` of this file would make of it.
        #[arg(long, value_name = "FILE")]
        rules: Option<PathBuf>,
        /// Of which time; by default the last 28 days.
        #[command(flatten)]
        range: Range,
    },
}

/// What to do with people.
#[derive(Debug, Subcommand)]
pub enum PeopleCommand {
    /// List, the unmapped first.
    List,
    /// Say that one is the same as another.
    Merge {
        /// The one that goes.
        one: String,
        /// The one that stays.
        into: String,
    },
    /// Take a merge back.
    Split {
        /// The one that was merged away, or an identity (source:id) that was mapped.
        one: String,
    },
    /// Say whose an identity is.
    Map {
        /// The identity, source:id.
        identity: String,
        /// Whose it is: e-mail, name or key.
        who: String,
    },
    /// Say what an account stands for.
    Mark {
        /// Whose: e-mail, name, key, or identity (source:id).
        who: String,
        /// What it is.
        #[arg(long = "as", value_name = "bot|shared|person", value_parser = ["bot", "shared", "person"])]
        kind: String,
    },
    /// Say somebody's zone and working hours from a day on.
    Set {
        /// Whose: e-mail, name or key.
        who: String,
        /// IANA zone.
        #[arg(long, value_name = "ZONE")]
        timezone: Option<String>,
        /// Working hours, for example 09:00-17:00.
        #[arg(long, value_name = "FROM-TO")]
        hours: Option<String>,
        /// From when on; by default from now on.
        #[arg(long, value_name = "T")]
        from: Option<String>,
    },
    /// Take back the last thing that you said of people; again: the one before.
    Undo,
}

/// What to do with services.
#[derive(Debug, Subcommand)]
pub enum ServicesCommand {
    /// List, the unmapped first.
    List,
    /// Say which service of yours a source's service is.
    Map {
        /// What the source calls it, source:id or source:name.
        place: String,
        /// Your service.
        name: String,
        /// Its tier, 1 the most important.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=4))]
        tier: Option<u8>,
        /// The team that owns it.
        #[arg(long, value_name = "TEAM")]
        team: Option<String>,
    },
    /// Take services out of a Backstage catalogue (YAML) or a CSV file.
    Import {
        /// The file.
        file: PathBuf,
        /// Show the difference and store nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Take back the last thing that you said of services; again: the one before.
    Undo,
}
