//! The shape of the house: which crate may see which, what may stand where, and how large a file may grow.

#![allow(clippy::expect_used, clippy::panic, reason = "a test says what is wrong by failing")]

mod support {
    pub mod tree;
}

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;
use support::tree::{Tree, lines_of};

/// Which crates of the house a crate may depend on, beside its tests.
const ARROWS: &[(&str, &[&str])] = &[
    ("fairlead-domain", &[]),
    ("fairlead-metrics", &["fairlead-domain"]),
    ("fairlead-store", &["fairlead-domain"]),
    ("fairlead-connectors", &["fairlead-domain"]),
    ("fairlead-engine", &["fairlead-domain", "fairlead-metrics", "fairlead-store", "fairlead-connectors"]),
    ("fairlead-cli", &["fairlead-domain", "fairlead-engine"]),
    ("fairlead-testkit", &["fairlead-domain", "fairlead-connectors"]),
    ("fairlead", &["fairlead-domain", "fairlead-engine"]),
    ("fairlead-tests", &[]),
    (
        "fairlead-bench",
        &["fairlead-domain", "fairlead-store", "fairlead-connectors", "fairlead-engine", "fairlead-testkit"],
    ),
];

/// Crates that only some of the house may name.
const CONFINED: &[(&str, &[&str])] = &[
    ("tauri", &["fairlead"]),
    ("tauri-specta", &["fairlead"]),
    // The bench writes the same rows without the store, and counts beside it.
    ("rusqlite", &["fairlead-store", "fairlead-bench"]),
    ("deadpool-sqlite", &["fairlead-store"]),
    ("reqwest", &["fairlead-connectors", "fairlead-testkit"]),
    ("calcard", &["fairlead-connectors"]),
    ("clap", &["fairlead-cli"]),
    ("keyring-core", &["fairlead-engine"]),
    ("rustix", &["fairlead-engine"]),
];

/// What may lie at the top, beside files whose names begin with a dot.
const TOP: &[&str] = &[
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "assets",
    "clippy.toml",
    "docs",
    "run",
    "rustfmt.toml",
    "src-tauri",
    "tauri.conf.json",
    "test",
    "tests",
    "ui",
];

/// Second ways of doing what one library does here: another TLS stack, HTTP client, runtime or SQLite would bring its own
/// roots, proxies, timeouts and faults, past what `connectors/http` and the store check.
const BANNED: &[&str] = &[
    "async-native-tls",
    "async-std",
    "attohttpc",
    "awc",
    "boring",
    "curl",
    "hyper-openssl",
    "hyper-tls",
    "isahc",
    "minreq",
    "native-tls",
    "openssl",
    "openssl-sys",
    "smol",
    "sqlite",
    "sqlx",
    "surf",
    "tokio-native-tls",
    "tokio-openssl",
    "ureq",
];

/// Libraries of which there may be one version: two would not share roots, connections or rows.
const ONCE: &[&str] = &["hyper", "libsqlite3-sys", "reqwest", "rusqlite", "rustls", "tokio"];

/// Most crates that may resolve on Linux, ours included.
const MOST_CRATES: usize = 600;

fn metadata() -> Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--locked", "--filter-platform=x86_64-unknown-linux-gnu"])
        .current_dir(Tree::root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
}

/// Of each package of the workspace, what it depends on outside its tests.
fn dependencies(metadata: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let members: BTreeSet<&str> =
        metadata["workspace_members"].as_array().expect("members").iter().filter_map(Value::as_str).collect();
    let packages = metadata["packages"].as_array().expect("packages");
    let ours = packages.iter().filter(|package| members.contains(package["id"].as_str().unwrap_or_default()));
    ours.map(|package| {
        let needed = package["dependencies"].as_array().expect("dependencies").iter();
        let needed = needed.filter(|dependency| dependency["kind"].as_str() != Some("dev"));
        let names = needed.filter_map(|dependency| dependency["name"].as_str().map(str::to_owned));
        (package["name"].as_str().expect("name").to_owned(), names.collect())
    })
    .collect()
}

#[test]
fn imports_run_one_way() {
    let found = dependencies(&metadata());
    let known: BTreeSet<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    assert_eq!(found.keys().map(String::as_str).collect::<BTreeSet<_>>(), known, "every crate has its row in ARROWS");
    for (name, allowed) in ARROWS {
        for dependency in found[*name].iter().filter(|d| d.starts_with("fairlead")) {
            assert!(allowed.contains(&dependency.as_str()), "{name} must not see {dependency}");
        }
    }
    for (library, allowed) in CONFINED {
        for (name, dependencies) in &found {
            let may = allowed.contains(&name.as_str());
            assert!(may || !dependencies.contains(*library), "{name} must not name {library}");
        }
    }
}

#[test]
fn there_is_one_way_to_reach_the_network_and_the_disk() {
    let metadata = metadata();
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, version) in resolved_packages(&metadata) {
        versions.entry(name).or_default().insert(version);
    }
    for banned in BANNED {
        assert!(!versions.contains_key(banned), "{banned} is a second way of what another library does here");
    }
    for name in ONCE {
        let found = versions.get(name).map_or(0, BTreeSet::len);
        assert_eq!(found, 1, "{name}: {:?}", versions.get(name));
    }
}

/// Name and version of every package that is built on Linux.
fn resolved_packages(metadata: &Value) -> Vec<(&str, &str)> {
    let nodes = metadata["resolve"]["nodes"].as_array().expect("nodes");
    let resolved: BTreeSet<&str> = nodes.iter().filter_map(|node| node["id"].as_str()).collect();
    let packages = metadata["packages"].as_array().expect("packages").iter();
    let built = packages.filter(|package| resolved.contains(package["id"].as_str().unwrap_or_default()));
    built.filter_map(|package| Some((package["name"].as_str()?, package["version"].as_str()?))).collect()
}

#[test]
fn the_tree_of_dependencies_stays_lean_and_free() {
    let metadata = metadata();
    let resolved: BTreeSet<&str> =
        metadata["resolve"]["nodes"].as_array().expect("nodes").iter().filter_map(|node| node["id"].as_str()).collect();
    assert!(resolved.len() <= MOST_CRATES, "{} crates resolve, {MOST_CRATES} are allowed", resolved.len());
    for package in metadata["packages"].as_array().expect("packages") {
        if !resolved.contains(package["id"].as_str().unwrap_or_default()) {
            continue;
        }
        let name = package["name"].as_str().unwrap_or_default();
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(is_free(licence), "{name} has the licence {licence:?}");
        let source = package["source"].as_str().unwrap_or("here");
        assert!(source == "here" || source.starts_with("registry+"), "{name} comes from {source}");
    }
}

/// Whether one of the alternatives of a licence expression is permissive, or weak copyleft by file.
fn is_free(expression: &str) -> bool {
    const FREE: &[&str] = &[
        "0BSD",
        "Apache-2.0",
        "Apache-2.0 WITH LLVM-exception",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSL-1.0",
        "CC0-1.0",
        "CDLA-Permissive-2.0",
        "ISC",
        "MIT",
        "MIT-0",
        "MPL-2.0",
        "NCSA",
        "OpenSSL",
        "Unicode-3.0",
        "Unlicense",
        "Zlib",
    ];
    let plain = expression.replace(['(', ')'], "").replace('/', " OR ");
    plain.split(" OR ").any(|choice| choice.split(" AND ").all(|licence| FREE.contains(&licence.trim())))
}

#[test]
fn the_top_level_holds_what_it_should() {
    for entry in std::fs::read_dir(Tree::root()).expect("the root can be read") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        let generated = matches!(name.as_str(), "target" | "gen" | "permissions" | "node_modules");
        assert!(generated || name.starts_with('.') || TOP.contains(&name.as_str()), "{name} has no place at the top");
    }
}

#[test]
fn a_file_fits_into_one_head() {
    let tree = Tree::read();
    for file in tree.with_ending("rs").filter(|file| !file.is_test()) {
        assert!(file.lines() <= 400, "{}: {} lines, 400 are allowed", file.path, file.lines());
    }
    for file in tree.with_ending("rs").filter(|file| file.is_test()) {
        assert!(file.lines() <= 900, "{}: {} lines of tests, 900 are allowed", file.path, file.lines());
    }
    for file in tree.with_ending("tsx").filter(|file| !file.is_test()) {
        assert!(file.lines() <= 250, "{}: {} lines, 250 are allowed", file.path, file.lines());
    }
}

#[test]
fn files_are_named_after_what_they_hold() {
    const VAGUE: &[&str] =
        &["manager", "service", "helper", "helpers", "util", "utils", "processor", "data", "info", "common", "misc"];
    let allowed = ["src-tauri/crates/domain/src/service.rs", "src-tauri/crates/store/src/synced/service.rs"];
    for file in Tree::read().files.iter().filter(|file| !allowed.contains(&file.path.as_str())) {
        let stem = file.path.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
        let last = stem.rsplit(['_', '-']).next().unwrap_or_default();
        assert!(!VAGUE.contains(&last), "{} is named after nothing", file.path);
    }
}

#[test]
fn only_the_host_folder_speaks_to_the_window() {
    for file in Tree::read().files.iter().filter(|file| file.path.starts_with("ui/src/")) {
        let host = file.path.starts_with("ui/src/host/");
        let speaks = lines_of(&file.text).any(|line| line.contains("from \"@tauri-apps/") || line.contains("__TAURI"));
        assert!(host || !speaks, "{} must go through ui/src/host", file.path);
    }
}

#[test]
fn every_page_has_its_view_and_its_command() {
    let tree = Tree::read();
    let pages: BTreeSet<String> = tree
        .files
        .iter()
        .filter_map(|file| Some(file.path.strip_prefix("ui/src/pages/")?.split('/').next()?.to_owned()))
        .collect();
    assert!(!pages.is_empty(), "there is a page");
    for page in pages {
        let view = [
            format!("src-tauri/crates/engine/src/views/{page}.rs"),
            format!("src-tauri/crates/engine/src/views/{page}/mod.rs"),
        ];
        assert!(view.iter().any(|path| tree.has(path)), "the page {page} has no view");
        assert!(tree.has(&format!("src-tauri/src/commands/{page}.rs")), "the page {page} has no command");
    }
}

#[test]
fn coaching_never_reads_load() {
    // People who are coached must be able to trust that being woken is not held against them.
    for file in Tree::read().files.iter().filter(|file| file.path.contains("coaching")) {
        for word in ["reader.pages(", "PageRow", "views::health"] {
            assert!(!file.text.contains(word), "{} must not read {word}", file.path);
        }
    }
}

#[test]
fn every_connector_is_documented_and_registered() {
    let tree = Tree::read();
    let folder = "src-tauri/crates/connectors/src/";
    let registry = &tree.file(&format!("{folder}registry.rs")).text;
    let kinds: BTreeSet<&str> =
        registry.split("crate::").filter_map(|rest| Some(rest.split_once("::KIND")?.0)).collect();
    let kinds: BTreeSet<&str> = kinds.into_iter().filter(|kind| kind.chars().all(|c| c.is_ascii_lowercase())).collect();
    assert!(kinds.len() >= 3, "the registry was read: {kinds:?}");
    for kind in kinds {
        assert!(tree.has(&format!("{folder}{kind}/README.md")), "the connector {kind} has no README.md");
    }
}
