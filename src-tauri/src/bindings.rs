//! The one list of commands and events, and the TypeScript that is made from it.

use tauri::Wry;
use tauri::ipc::Invoke;
use tauri_specta::{Builder, collect_events};

/// Gives the list of everything that the window may call to a macro.
macro_rules! with_commands {
    ($give:ident) => {{
        use crate::commands::{files, frame, incidents, mapping, oncall, posture, slos, sources, start, sync};

        $give![
            files::save_file,
            frame::frame,
            frame::places,
            frame::find_incidents,
            posture::posture,
            posture::posture_text,
            posture::snooze,
            posture::unsnooze,
            posture::mark_seen,
            posture::restore_seen,
            posture::rota,
            start::workspace_state,
            start::start_demo,
            start::start_empty,
            start::clear_demo,
            sources::sources_page,
            sources::sources_markdown,
            sources::source_runs,
            sources::source_kinds,
            sources::source_settings,
            sources::check_source,
            sources::source_catalogue,
            sources::source_scope,
            sources::save_source,
            sources::archive_source,
            sources::preview_removal,
            sources::remove_source,
            sources::undo_edit,
            sources::sync_source,
            sources::backfill_source,
            sources::import_services,
            mapping::people,
            mapping::services,
            mapping::map_person,
            mapping::merge_people,
            mapping::split_person,
            mapping::mark_person,
            mapping::set_person_hours,
            mapping::undo_people,
            mapping::map_service,
            mapping::undo_services,
            oncall::oncall_lanes,
            oncall::oncall_text,
            oncall::oncall_shift,
            oncall::oncall_gap,
            incidents::incident_first,
            incidents::incident_index,
            incidents::incident_lines,
            incidents::incident_sheet,
            incidents::incident_markdown,
            incidents::incidents_markdown,
            incidents::saved_filters,
            incidents::save_filter,
            incidents::remove_filter,
            incidents::open_incident,
            slos::slo_table,
            slos::slo_page,
            slos::slos_text,
            slos::slo_text,
            sync::sync_start,
            sync::sync_cancel,
        ]
    }};
}

/// Answers what the window calls. The types of calls and answers are not looked at here: a start has no use for them.
pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    use tauri::generate_handler;
    with_commands!(generate_handler)
}

/// Everything that the window may hear.
pub fn events() -> Builder<Wry> {
    use crate::commands::sync;
    Builder::new().events(collect_events![sync::DataChanged, sync::SyncRun, sync::SyncProgress])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::error::Error;
    use std::path::Path;

    use specta_typescript::Typescript;
    use tauri_specta::{ErrorHandlingMode, collect_commands};

    use super::*;
    use crate::commands::names::COMMANDS;

    /// Set to write the file anew instead of comparing.
    const UPDATE: &str = "UPDATE_BINDINGS";

    /// All of it, with types.
    fn builder() -> Builder<Wry> {
        events()
            .commands(with_commands!(collect_commands))
            .error_handling(ErrorHandlingMode::Result)
            // Views only go out: one type for each, not one for each direction.
            .disable_serde_phases()
    }

    fn generated() -> Result<String, Box<dyn Error>> {
        let header =
            "// Made from the commands and views in Rust. Do not edit: UPDATE_BINDINGS=1 cargo test -p fairlead\n";
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("bindings.ts");
        builder().export(Typescript::default().header(header), &file)?;
        Ok(std::fs::read_to_string(file)?)
    }

    #[test]
    fn the_committed_bindings_are_those_of_this_code() -> Result<(), Box<dyn Error>> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/host/bindings.ts");
        let fresh = generated()?;
        if std::env::var_os(UPDATE).is_some() {
            std::fs::write(&file, &fresh)?;
        }
        assert!(std::fs::read_to_string(&file)? == fresh, "{} is stale: run with {UPDATE}=1", file.display());
        Ok(())
    }

    #[test]
    fn handlers_manifest_and_permissions_are_the_same_set() -> Result<(), Box<dyn Error>> {
        let generated = generated()?;
        let handlers: BTreeSet<&str> =
            generated.split("__TAURI_INVOKE(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let manifest: BTreeSet<&str> = COMMANDS.iter().copied().collect();
        assert_eq!(handlers, manifest, "collect_commands! and commands::names::COMMANDS differ");

        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/capabilities/main.json");
        let capability: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
        let granted: BTreeSet<String> = capability["permissions"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|permission| permission.as_str()?.strip_prefix("allow-"))
            .map(|name| name.replace('-', "_"))
            .collect();
        assert_eq!(granted, manifest.iter().map(|name| (*name).to_owned()).collect(), "capabilities/main.json differs");
        Ok(())
    }

    #[test]
    fn the_policy_allows_nothing_inline_or_remote() -> Result<(), Box<dyn Error>> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tauri.conf.json");
        let config: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
        let security = &config["app"]["security"];
        assert_eq!(security["freezePrototype"], true);
        assert_eq!(security["csp"]["default-src"], "'none'");
        for directive in ["script-src", "style-src"] {
            assert_eq!(security["csp"][directive], "'self'", "{directive}");
        }
        assert_eq!(security["csp"]["connect-src"], "ipc: http://ipc.localhost");
        Ok(())
    }
}
