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
    "slo_table",
    "slo_page",
    "slos_text",
    "slo_text",
    "sync_start",
    "sync_cancel",
];
