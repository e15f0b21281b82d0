//! What goes out: tables for people, JSON for machines, and the log on stderr.

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use fairlead_domain::Clock;
use fairlead_domain::time::SystemClock;
use fairlead_engine::views::answer::Warning;
use serde::Serialize;
use tracing_subscriber::EnvFilter;

use crate::exit::{Exit, Failure, Fault};

/// What a command answers.
#[derive(Debug)]
pub struct Reply {
    /// For machines; an object that begins with `as_of` and `warnings`.
    pub json: serde_json::Value,
    /// For people.
    pub text: String,
    /// How it ended.
    pub exit: Exit,
    /// Printed on stderr for people; part of `json` for machines.
    pub warnings: Vec<Warning>,
}

impl Reply {
    /// An answer that is a view.
    ///
    /// # Errors
    /// When the view cannot be written as JSON.
    pub fn of(view: &impl Serialize, warnings: &[Warning], text: String) -> Result<Self, Failure> {
        let json = serde_json::to_value(view).map_err(|e| Failure::of_system("the answer cannot be written", &e))?;
        Ok(Self { json, text, exit: Exit::Done, warnings: warnings.to_vec() })
    }

    /// An answer that is no view.
    #[must_use]
    pub const fn plain(json: serde_json::Value, text: String) -> Self {
        Self { json, text, exit: Exit::Done, warnings: Vec::new() }
    }

    /// The same, but done in part when `partial`.
    #[must_use]
    pub fn partial_if(mut self, partial: bool) -> Self {
        if partial {
            self.exit = Exit::Partial;
        }
        self
    }
}

/// Prints an answer.
pub fn answer(reply: &Reply, json: bool) -> ExitCode {
    let said = if json {
        say(&format!("{:#}", reply.json))
    } else {
        for warning in &reply.warnings {
            complain(&format!("warning: {}", warning.words(|at| at.to_rfc3339())));
        }
        say(reply.text.trim_end())
    };
    said.unwrap_or(reply.exit).into()
}

/// Writes a line to stdout. A reader that has seen enough (`| head`) is no failure; how
/// anything else, such as a full disk, ends the command is returned.
fn say(line: &str) -> Option<Exit> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{line}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            complain(&format!("error: the answer cannot be written: {error}"));
            Some(Exit::Failed)
        }
        _ => None,
    }
}

/// Writes a line to stderr; where nobody listens there is nobody to tell.
fn complain(line: &str) {
    writeln!(std::io::stderr().lock(), "{line}").ok();
}

#[derive(Serialize)]
struct FailureAnswer<'a> {
    as_of: String,
    warnings: &'a [Warning],
    error: &'a Fault,
    #[serde(skip_serializing_if = "<[Fault]>::is_empty")]
    more: &'a [Fault],
}

/// Prints why a command failed.
pub fn fail(failure: &Failure, json: bool) -> ExitCode {
    if json {
        let as_of = failure.as_of.unwrap_or_else(|| SystemClock.now()).to_rfc3339();
        let answer = FailureAnswer { as_of, warnings: &failure.warnings, error: &failure.fault, more: &failure.more };
        match serde_json::to_string_pretty(&answer) {
            Ok(text) => {
                say(&text);
            }
            Err(error) => complain(&format!("error: the answer cannot be written: {error}")),
        }
    } else {
        for fault in std::iter::once(failure.fault.as_ref()).chain(&failure.more) {
            complain(&format!("error: {}", for_people(fault)));
        }
    }
    failure.exit.into()
}

fn for_people(fault: &Fault) -> String {
    let place = match (&fault.file, fault.line, fault.column) {
        (Some(file), Some(line), Some(column)) => format!("{file}:{line}:{column}: "),
        _ => String::new(),
    };
    let hint = fault.hint.as_ref().map_or_else(String::new, |hint| format!("\n  {hint}"));
    format!("{place}{}{hint}", fault.message)
}

/// Sends the log to stderr: warnings, with `-v` what is done, with `-vv` how. `RUST_LOG` goes before both.
pub fn start_log(verbose: u8) {
    let default = match verbose {
        0 => "error",
        1 => "fairlead=info",
        _ => "fairlead=debug",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).without_time().init();
}
