//! What the tests of the command line share: a workspace, the command, and an upstream that does as it is told.
#![allow(dead_code, reason = "each test binary uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on says why")]

pub mod radicale;
pub mod relay;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// A workspace in a folder of its own, which goes with the value.
pub struct Desk {
    folder: TempDir,
}

/// What a command answered.
#[derive(Debug)]
pub struct Answer {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Desk {
    /// A folder without a workspace.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A workspace made by `init`, with this configuration.
    pub fn with(config: &str) -> Self {
        let desk = Self::empty();
        desk.ok(&["init"]);
        desk.configure(config);
        desk
    }

    /// The folder of the workspace.
    pub fn dir(&self) -> PathBuf {
        self.folder.path().join("desk")
    }

    /// A place for files beside the workspace.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file beside the workspace.
    pub fn write_beside(&self, name: &str, text: &str) -> PathBuf {
        let path = self.beside(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Replaces `fairlead.toml`.
    pub fn configure(&self, config: &str) {
        std::fs::write(self.dir().join("fairlead.toml"), config).unwrap();
    }

    /// The command, not yet run.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fairleadctl"));
        command
            .arg("--workspace")
            .arg(self.dir())
            .args(args)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path())
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs the command.
    pub fn run(&self, args: &[&str]) -> Answer {
        self.command(args).output().unwrap().into()
    }

    /// Starts the command.
    pub fn start(&self, args: &[&str]) -> Child {
        self.command(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Runs the command, which must succeed; returns its JSON.
    pub fn ok(&self, args: &[&str]) -> Value {
        self.json(args, 0)
    }

    /// Runs the command, which must end with `code`; returns its JSON.
    pub fn json(&self, args: &[&str], code: i32) -> Value {
        let mut all = vec!["--json"];
        all.extend(args);
        let answer = self.run(&all);
        assert_eq!(answer.code, Some(code), "{args:?} ended otherwise:\n{}\n{}", answer.stdout, answer.stderr);
        let json = answer.json();
        assert_begins(&json);
        json
    }

    /// Every file of the workspace, with its bytes.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        collect(&self.dir(), &mut found);
        assert!(!found.is_empty());
        found
    }
}

fn collect(dir: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else {
            let bytes = std::fs::read(&path).unwrap();
            found.push((path, bytes));
        }
    }
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl Answer {
    /// The JSON on stdout, which holds nothing else.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("{e}: {}\n{}", self.stdout, self.stderr))
    }
}

/// Every answer begins with `as_of` and `warnings`.
fn assert_begins(json: &Value) {
    let keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).take(2).collect();
    assert_eq!(keys, ["as_of", "warnings"], "{json}");
    let as_of = text(json, "/as_of");
    assert!(as_of.len() == 20 && as_of.ends_with('Z'), "{as_of} is RFC 3339 in UTC to the second");
}

/// The text at a place of an answer.
pub fn text<'a>(json: &'a Value, pointer: &str) -> &'a str {
    json.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no text at {pointer}: {json:#}"))
}

/// The list at a place of an answer.
pub fn list<'a>(json: &'a Value, pointer: &str) -> &'a [Value] {
    json.pointer(pointer).and_then(Value::as_array).unwrap_or_else(|| panic!("no list at {pointer}: {json:#}"))
}

/// The number at a place of an answer.
pub fn number(json: &Value, pointer: &str) -> f64 {
    json.pointer(pointer).and_then(Value::as_f64).unwrap_or_else(|| panic!("no number at {pointer}: {json:#}"))
}

/// The values of one key of the entries of a list.
pub fn column<'a>(entries: &'a [Value], key: &str) -> Vec<&'a Value> {
    entries.iter().map(|entry| entry.get(key).unwrap_or_else(|| panic!("no {key} in {entry:#}"))).collect()
}

/// Streams of a sync's answer: inserted, updated and tombstoned facts together.
pub fn changes(sync: &Value) -> u64 {
    let streams = list(sync, "/sources").iter().flat_map(|source| list(source, "/streams"));
    streams.flat_map(|s| ["inserted", "updated", "tombstoned"].map(|key| s[key].as_u64().unwrap())).sum()
}

/// The codes of the warnings about a source.
pub fn warnings_of<'a>(json: &'a Value, source: &str) -> Vec<&'a str> {
    let of = list(json, "/warnings").iter().filter(|w| w["source"] == source);
    of.map(|warning| text(warning, "/code")).collect()
}

/// Waits until something holds, looking again and again, at most `limit`.
pub fn until(limit: Duration, what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + limit;
    while !holds() {
        assert!(Instant::now() < end, "waited {limit:?} for {what}");
        std::thread::park_timeout(Duration::from_millis(20));
    }
}

/// A child that is ended, by its id, with the value.
pub struct Ended(pub Child);

impl Drop for Ended {
    fn drop(&mut self) {
        if self.0.kill().is_ok() {
            self.0.wait().ok();
        }
    }
}
