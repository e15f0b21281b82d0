//! `manifest.json`: what an export holds, by which it is also known again.

use std::collections::BTreeMap;

use fairlead_domain::{RecordKind, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ExportedFile;

/// Its name in the folder.
pub(super) const FILE: &str = "manifest.json";
/// By this a folder is known as an export.
const FORMAT: &str = "fairlead-export";
/// The version of docs/jsonl.md that the records follow. It is raised when a field changes its meaning, not when one is
/// added.
pub(super) const SCHEMA: u32 = 1;

/// What is never part of an export.
const LEFT_OUT: &[&str] = &[
    "the configuration, secrets and addresses of feeds",
    "tombstones, coverage and runs of synchronisation",
    "settings of the app, when something was last looked at, and whatever is sealed",
];
/// What is left out where documents are.
const WITHOUT_DOCUMENTS: &str =
    "upstream documents (raw): they name people, and are only kept as they are now; --include-people takes them along";
/// What is left out where people are hidden.
const HIDDEN: &[&str] = &[
    "names, e-mails, ids and zones of people",
    "texts of timelines, comments of silences, fields that a source's owner added, reasons of snoozes",
    "who wrote what, but for their pseudonym",
    "merges and splits of people: those who were merged share a pseudonym",
];

/// The manifest.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) format: String,
    pub(super) schema: u32,
    pub(super) program: String,
    pub(super) as_of: Timestamp,
    pub(super) workspace: Uuid,
    pub(super) scope: Scope,
    pub(super) sources: Vec<SourceEntry>,
    /// Records of every kind, also where there are none.
    pub(super) counts: BTreeMap<String, u64>,
    pub(super) files: Vec<ExportedFile>,
    pub(super) left_out: Vec<String>,
}

/// What was asked for.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Scope {
    /// `included` or `pseudonyms`.
    pub(super) people: String,
    pub(super) from: Option<Timestamp>,
    pub(super) to: Option<Timestamp>,
    /// The configured teams, beyond which nothing was stored.
    pub(super) teams: Vec<String>,
    /// The upstreams' documents are in it.
    #[serde(default)]
    pub(super) documents: bool,
}

/// A source, whose records name it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SourceEntry {
    pub(super) name: String,
    pub(super) kind: String,
}

impl Manifest {
    pub(super) fn new(
        workspace: Uuid,
        scope: Scope,
        sources: Vec<SourceEntry>,
        files: &[ExportedFile],
        as_of: Timestamp,
    ) -> Self {
        let count = |kind: &RecordKind| {
            let file = format!("{kind}.jsonl");
            let records = files.iter().find(|entry| entry.file == file).map_or(0, |entry| entry.records);
            (kind.word().to_owned(), records)
        };
        let documents: &[&str] = if scope.documents { &[] } else { &[WITHOUT_DOCUMENTS] };
        let hidden: &[&str] = if scope.people == "included" { &[] } else { HIDDEN };
        Self {
            format: FORMAT.to_owned(),
            schema: SCHEMA,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            as_of,
            workspace,
            scope,
            sources,
            counts: RecordKind::ALL.iter().map(count).collect(),
            files: files.to_vec(),
            left_out: LEFT_OUT.iter().chain(documents).chain(hidden).map(|text| (*text).to_owned()).collect(),
        }
    }

    /// The manifest in a text, when it is one of ours.
    pub(super) fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().filter(|manifest: &Self| manifest.format == FORMAT)
    }
}
