//! The first start: each of the three ways, and back.

use super::demo;
use super::start::{start_demo, start_empty};
use crate::EngineError;
use crate::config::FILE;
use crate::sync::nobody;
use crate::views::start::FolderState;
use crate::workspace::{Access, Workspace};

async fn state(dir: &std::path::Path) -> FolderState {
    match Workspace::open(dir, Access::Write).await {
        Ok(workspace) => FolderState::of(dir, Ok(&workspace)),
        Err(error) => FolderState::of(dir, Err(&error)),
    }
}

#[tokio::test]
async fn an_empty_start_is_valid_and_gives_way_to_the_demo_while_it_is_untouched() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("new");
    assert!(matches!(state(&folder).await, FolderState::Missing { .. }));
    start_empty(&folder, "Port \"7\"", Some("Asia/Tokyo"), Some("mara@port.example")).await.unwrap();
    let workspace = Workspace::open(&folder, Access::Write).await.unwrap();
    assert_eq!(workspace.config.workspace.name, "Port \"7\"");
    assert_eq!(workspace.config.workspace.timezone.name(), "Asia/Tokyo");
    assert_eq!(workspace.config.workspace.me.as_deref(), Some("mara@port.example"));
    assert!(matches!(state(&folder).await, FolderState::Open { demo: false, sources: 0, .. }));

    start_demo(&folder, &nobody()).await.unwrap();
    let FolderState::Open { demo: true, sources, .. } = state(&folder).await else { panic!("the demo") };
    assert!(sources > 0);
    let workspace = Workspace::open(&folder, Access::Write).await.unwrap();
    demo::clear(&workspace).await.unwrap();
    assert!(workspace.synced.read(|r| r.sources()).await.unwrap().is_empty());
    assert!(matches!(state(&folder).await, FolderState::Open { demo: false, sources: 0, .. }));
}

#[tokio::test]
async fn a_workspace_of_ones_own_is_not_replaced() {
    let dir = tempfile::tempdir().unwrap();
    start_empty(dir.path(), "Port", None, None).await.unwrap();
    let path = dir.path().join(FILE);
    let own = std::fs::read_to_string(&path).unwrap() + "\n[page]\nmerge_secs = 90\n";
    std::fs::write(&path, &own).unwrap();
    assert!(matches!(start_demo(dir.path(), &nobody()).await, Err(EngineError::Usage { .. })));
    start_empty(dir.path(), "Other", None, None).await.unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), own);
}

#[tokio::test]
async fn a_bad_zone_is_told_and_nothing_is_made() {
    let dir = tempfile::tempdir().unwrap();
    let refused = start_empty(dir.path(), "Port", Some("Mars/Olympus"), None).await.unwrap_err();
    assert!(refused.to_string().starts_with("fairlead.toml:"), "{refused}");
    assert!(!dir.path().join(FILE).exists());
    assert!(matches!(start_empty(dir.path(), " ", None, None).await, Err(EngineError::Usage { .. })));
}

#[tokio::test]
async fn a_broken_configuration_is_told_with_its_place() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(FILE), "[workspace]\nname = 3\n").unwrap();
    let FolderState::Broken { faults, code, .. } = state(dir.path()).await else { panic!("broken") };
    assert_eq!(code, "config");
    assert!(faults[0].starts_with("fairlead.toml:2:8: "), "{faults:?}");
}
