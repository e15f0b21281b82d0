//! `fairleadctl`: the engine without a window, for cron, servers and scripts, and for checking the app.

mod args;
mod commands;
mod exit;
mod moment;
mod output;
mod progress;
mod table;

use std::process::ExitCode;

use clap::Parser;

use fairlead_engine::core_dump;

use args::Args;
use exit::{Exit, Failure};

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return refuse_usage(&error),
    };
    output::start_log(args.verbose);
    if let Err(error) = core_dump::forbid() {
        tracing::warn!(%error, "a crash of this process may leave its memory in a file: core dumps could not be forbidden");
    }
    let json = args.json;
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return output::fail(&Failure::of_system("the runtime cannot start", &error), json),
    };
    match runtime.block_on(commands::run(args)) {
        Ok(reply) => output::answer(&reply, json),
        Err(failure) => output::fail(&failure, json),
    }
}

/// Help and version go out as they are; wrong usage also as JSON when that was asked for.
fn refuse_usage(error: &clap::Error) -> ExitCode {
    let wants_json = std::env::args_os().any(|arg| arg == "--json");
    if error.use_stderr() && wants_json {
        let text = error.to_string();
        let first = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        return output::fail(&Failure::usage(first), true);
    }
    match error.print() {
        Ok(()) if error.use_stderr() => Exit::Usage.into(),
        Ok(()) => Exit::Done.into(),
        Err(_) => Exit::Failed.into(),
    }
}
