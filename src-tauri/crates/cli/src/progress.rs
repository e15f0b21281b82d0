//! Progress of a sync or an export on stderr: a bar on a terminal, nothing otherwise.

use std::collections::HashMap;
use std::io::IsTerminal;
use std::sync::{Arc, Mutex, PoisonError};

use fairlead_engine::actions::export::ExportListener;
use fairlead_engine::sync::{Listener, Progress, nobody};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// A listener that draws one line per source, or nobody when stderr is no terminal.
#[must_use]
pub fn listener(json: bool) -> Listener {
    if json || !std::io::stderr().is_terminal() {
        return nobody();
    }
    let bars = MultiProgress::new();
    let lines: Mutex<HashMap<String, ProgressBar>> = Mutex::default();
    Arc::new(move |step| {
        let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
        match step {
            Progress::Reading { source, stream, done, total, backfill } => {
                let line = lines.entry(source.clone()).or_insert_with(|| bars.add(line(&source)));
                line.set_length(u64::from(total.unwrap_or(0)));
                line.set_position(u64::from(done));
                let of = total.map_or_else(String::new, |total| format!("/{total}"));
                let past = if backfill { ", the past" } else { "" };
                line.set_message(format!("{stream} {done}{of}{past}"));
                line.tick();
            }
            Progress::Finished { source, state, error } => {
                if let Some(line) = lines.remove(&source) {
                    line.finish_with_message(error.unwrap_or(state));
                }
            }
            Progress::Changed { .. } => {}
        }
    })
}

/// A listener that draws one line for the kind that is being exported, or nobody when stderr is no terminal.
#[must_use]
pub fn export_listener(json: bool) -> ExportListener {
    if json || !std::io::stderr().is_terminal() {
        return Arc::new(|_, _| {});
    }
    let line = line("export");
    Arc::new(move |kind, records| {
        line.set_message(format!("{kind} {records}"));
        line.tick();
    })
}

fn line(source: &str) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {prefix} {wide_msg}")
        .unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::no_length().with_style(style).with_prefix(source.to_owned())
}
