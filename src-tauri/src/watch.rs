//! Watches Posture while the window is open, seen or not: the tray says it in a word, and what newly needs the lead now
//! is notified of. Neither says more than a count, because a desktop is seen by others.

use std::time::Duration;

use fairlead_engine::views::posture::{Signal, Since, posture};
use tauri::{AppHandle, Manager};
use tauri_plugin_notification::NotificationExt;

use crate::cockpit::Cockpit;
use crate::only_one::WINDOW;
use crate::tray;

/// Looks again at least so often, because what is due comes near without a sync.
const AT_LEAST: Duration = Duration::from_secs(60);

/// The first look waits until the window has painted what it found: looking at the same time would keep both waiting.
const FIRST: Duration = Duration::from_millis(1_500);

/// Keeps the tray true until the app ends.
pub async fn keep_watch(app: AppHandle) {
    let mut before: Option<Signal> = None;
    tokio::time::sleep(FIRST).await;
    loop {
        let cockpit = app.state::<Cockpit>();
        // What is half read says what is not so: an incident is there before what tells that somebody has taken it.
        let whole = before.is_none() || !cockpit.is_reading();
        if let Some(signal) = if whole { look(&cockpit).await } else { None } {
            if before.as_ref() != Some(&signal) {
                say(&app, signal.clone());
            }
            // The first look is no news: the window itself shows what it finds.
            if let Some(before) = &before {
                notify(&app, signal.new_since(before));
            }
            before = Some(signal);
        }
        cockpit.changed(AT_LEAST).await;
    }
}

/// Posture now; nothing while the workspace does not open, which the window tells.
async fn look(cockpit: &Cockpit) -> Option<Signal> {
    let workspace = cockpit.workspace().await.ok()?;
    match posture(&workspace, workspace.clock.now(), Since::LastSeen).await {
        Ok(answer) => Some(Signal::of(&answer)),
        Err(error) => {
            tracing::warn!(code = error.code(), "Posture could not be read for the tray");
            None
        }
    }
}

/// Menus belong to the thread of the window.
fn say(app: &AppHandle, signal: Signal) {
    let owner = app.clone();
    let said = app.run_on_main_thread(move || {
        if let Err(error) = tray::tell(&owner, &signal) {
            tracing::warn!(%error, "the tray could not be told");
        }
    });
    if let Err(error) = said {
        tracing::debug!(%error, "the app is closing: the tray was not told");
    }
}

/// Tells the desktop, unless the lead looks at the window anyway.
fn notify(app: &AppHandle, new: usize) {
    let looks = app.get_webview_window(WINDOW).and_then(|window| window.is_focused().ok()).unwrap_or(false);
    if new == 0 || looks {
        return;
    }
    let body = if new == 1 { "1 thing needs you now".to_owned() } else { format!("{new} things need you now") };
    if let Err(error) = app.notification().builder().title("Fairlead").body(body).show() {
        tracing::warn!(%error, "the desktop did not take a notification");
    }
}
