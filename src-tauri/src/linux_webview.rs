//! WebKitGTK's DMA-BUF renderer shows an empty window on many drivers and on displays without a GPU.

/// Turns the renderer off, unless the person has chosen. WebKit reads the variable when the first page is made, and the
/// environment may only be changed while there is one thread: call this before anything else.
#[cfg(target_os = "linux")]
pub fn turn_off_dmabuf() {
    /// The variable that turns the renderer off.
    const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

    if let Err(error) = glib::setenv(VARIABLE, "1", false) {
        tracing::warn!(%error, "{VARIABLE}=1 could not be set; if the window stays empty, set it and start again");
    }
}

/// Only Linux has WebKitGTK.
#[cfg(not(target_os = "linux"))]
pub fn turn_off_dmabuf() {}
