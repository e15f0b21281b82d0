//! The tray: Posture in a word, and the way back to the window.

use fairlead_engine::views::posture::Signal;
use tauri::menu::{Menu, MenuItem};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager, Wry};

use crate::cockpit::Cockpit;
use crate::only_one::show;

const ID: &str = "posture";
const OPEN: &str = "open";
const SYNC: &str = "sync";
const QUIT: &str = "quit";

/// What the tray's menu says of Posture; kept to be written anew.
struct Sentence(MenuItem<Wry>);

/// Says `signal` in the tray, which is made with the first word that it has to say: a start does not wait for it.
///
/// # Errors
/// What the desktop says.
pub fn tell(app: &AppHandle, signal: &Signal) -> tauri::Result<()> {
    if !can_have_one() {
        return Ok(());
    }
    if app.tray_by_id(ID).is_none() {
        make(app)?;
    }
    if let Some(sentence) = app.try_state::<Sentence>() {
        sentence.0.set_text(signal.sentence())?;
    }
    let Some(tray) = app.tray_by_id(ID) else { return Ok(()) };
    tray.set_title(Some(signal.word()))?;
    tray.set_tooltip(Some(format!("Fairlead: {}", signal.sentence())))
}

fn make(app: &AppHandle) -> tauri::Result<()> {
    let item = |id: &str, text: &str, enabled: bool| MenuItem::with_id(app, id, text, enabled, None::<&str>);
    let sentence = item("sentence", "", false)?;
    let menu = Menu::with_items(
        app,
        &[&sentence, &item(OPEN, "Open Fairlead", true)?, &item(SYNC, "Sync now", true)?, &item(QUIT, "Quit", true)?],
    )?;
    app.manage(Sentence(sentence));
    let mut tray = TrayIconBuilder::with_id(ID).menu(&menu).on_menu_event(|app, event| match event.id().as_ref() {
        OPEN => show(app),
        SYNC => sync(app),
        QUIT => app.exit(0),
        _ => {}
    });
    if let Some(icon) = app.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.build(app).map(drop)
}

fn sync(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if let Err(error) = app.state::<Cockpit>().start_sync(Vec::new()).await {
            tracing::warn!(code = error.code, "the sync asked for in the tray did not start");
        }
    });
}

/// Whether the library that draws trays is installed. The one that loads it ends the program where it is missing.
#[cfg(target_os = "linux")]
fn can_have_one() -> bool {
    use std::path::Path;
    use std::sync::OnceLock;

    const NAMES: [&str; 2] = ["libayatana-appindicator3.so.1", "libappindicator3.so.1"];
    static FOUND: OnceLock<bool> = OnceLock::new();
    *FOUND.get_or_init(|| {
        let roots = ["/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib"].map(Path::new);
        let below = roots.iter().filter_map(|root| std::fs::read_dir(root).ok()).flatten().flatten();
        let tuples = below.map(|entry| entry.path()).filter(|path| path.to_string_lossy().contains("-linux-gnu"));
        let folders: Vec<_> = roots.iter().map(|root| root.to_path_buf()).chain(tuples).collect();
        folders.iter().any(|folder| NAMES.iter().any(|name| folder.join(name).exists()))
    })
}

/// Elsewhere it is part of the system.
#[cfg(not(target_os = "linux"))]
const fn can_have_one() -> bool {
    true
}
