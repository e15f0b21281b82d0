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
    "oncall_lanes",
    "oncall_text",
    "oncall_shift",
    "oncall_gap",
    "sync_start",
    "sync_cancel",
];
