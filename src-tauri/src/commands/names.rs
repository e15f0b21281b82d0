//! Shared with the build script.

/// The names of all commands. Read by the build script too; a test compares them with the handlers and the capability.
pub const COMMANDS: &[&str] = &[
    "frame",
    "posture",
    "posture_markdown",
    "snooze",
    "unsnooze",
    "mark_seen",
    "restore_seen",
    "rota",
    "slo_table",
    "slo_page",
    "slos_markdown",
    "slo_markdown",
    "sync_start",
    "sync_cancel",
];
