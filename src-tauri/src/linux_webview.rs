//! WebKitGTK's DMA-BUF renderer shows an empty window on many drivers and on displays without a GPU.

use std::env;

/// The variable that turns the renderer off. WebKit reads it when GTK starts.
const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Starts this program again with the renderer turned off, unless the person has chosen. Comes back only when nothing
/// had to be done or the restart failed; the environment of a running process cannot be changed safely.
#[cfg(target_os = "linux")]
pub fn turn_off_dmabuf() {
    use std::os::unix::process::CommandExt;

    if env::var_os(VARIABLE).is_some() {
        return;
    }
    let Ok(program) = env::current_exe() else { return };
    let error = std::process::Command::new(program).args(env::args_os().skip(1)).env(VARIABLE, "1").exec();
    tracing::warn!(%error, "could not restart with {VARIABLE}=1; if the window stays empty, set it and start again");
}

/// Only Linux has WebKitGTK.
#[cfg(not(target_os = "linux"))]
pub fn turn_off_dmabuf() {}
