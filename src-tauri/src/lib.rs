//! The desktop shell: a window on the engine. It computes nothing and decides nothing about the team's data.

mod bindings;
mod browser;
mod cockpit;
mod commands;
mod download;
mod error;
mod linux_webview;
mod navigation;
mod only_one;
mod tray;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use fairlead_engine::core_dump;
use tauri::{Manager, RunEvent};
use tauri_plugin_window_state::StateFlags;
use tracing_subscriber::EnvFilter;

use crate::cockpit::Cockpit;

/// Names the folder of the workspace where no argument does.
const WORKSPACE: &str = "FAIRLEAD_WORKSPACE";

/// Opens the window and stays until it is closed.
#[must_use]
pub fn start() -> ExitCode {
    start_log();
    linux_webview::turn_off_dmabuf();
    if let Err(error) = core_dump::forbid() {
        tracing::warn!(%error, "a crash may leave this process's memory in a file: core dumps could not be forbidden");
    }
    let Some(dir) = folder() else {
        tracing::error!("no home folder is known: name the workspace's folder as argument or in {WORKSPACE}");
        return ExitCode::from(2);
    };
    match open_window(dir) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window cannot be opened; without a display use fairleadctl");
            ExitCode::FAILURE
        }
    }
}

fn open_window(dir: PathBuf) -> tauri::Result<()> {
    tauri::Builder::default()
        .plugin(only_one::guard(&dir))
        .plugin(navigation::guard())
        .plugin(tauri_plugin_notification::init())
        .plugin(window_state())
        .manage(Cockpit::new(dir))
        .invoke_handler(bindings::handler())
        .setup(|app| {
            bindings::events().mount_events(app);
            tauri::async_runtime::spawn(cockpit::keep_in_step(app.handle().clone()));
            tauri::async_runtime::spawn(watch::keep_watch(app.handle().clone()));
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(|app, event| {
            if matches!(event, RunEvent::Exit) {
                tauri::async_runtime::block_on(app.state::<Cockpit>().forget_left_over());
            }
        });
    Ok(())
}

/// Keeps where the window stood and how large it was.
fn window_state<R: tauri::Runtime>() -> tauri::plugin::TauriPlugin<R> {
    let kept = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN;
    tauri_plugin_window_state::Builder::new().with_state_flags(kept).build()
}

/// The workspace's folder: the first argument, else the variable, else the platform's data folder.
fn folder() -> Option<PathBuf> {
    let named = std::env::args_os().nth(1).or_else(|| std::env::var_os(WORKSPACE));
    named.map(PathBuf::from).or_else(fairlead_engine::default_folder)
}

fn start_log() {
    let filter = EnvFilter::try_from_env("FAIRLEAD_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
