//! Shared with the build script.

/// The names of all commands. Read by the build script too; a test compares them with the handlers and the capability.
pub const COMMANDS: &[&str] = &[
    "frame",
    "places",
    "find_incidents",
    "posture",
    "posture_text",
    "snooze",
    "unsnooze",
    "mark_seen",
    "restore_seen",
    "rota",
    "incident_first",
    "incident_index",
    "incident_lines",
    "incident_sheet",
    "incident_markdown",
    "incidents_markdown",
    "saved_filters",
    "save_filter",
    "remove_filter",
    "open_incident",
    "sync_start",
    "sync_cancel",
];
