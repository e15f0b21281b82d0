//! What facts said before they changed, and the documents that they were made from.

use fairlead_domain::{RecordKind, Timestamp};
use fairlead_store::synced::{HistoryRow, RecordRange, RevisionReason, SourceRow};
use serde::Serialize;

use super::folder::Folder;
use super::line::Lines;
use super::{Job, ended};
use crate::EngineError;

/// A line of an upstream's document.
#[derive(Serialize)]
struct DocumentLine<'a> {
    source: &'a str,
    kind: RecordKind,
    key: &'a str,
    document: serde_json::Value,
}

/// A line of what a fact said before it changed.
#[derive(Serialize)]
struct HistoryLine<'a> {
    source: &'a str,
    kind: RecordKind,
    key: &'a str,
    at: Timestamp,
    reason: RevisionReason,
    said: &'a serde_json::Value,
}

impl Job<'_> {
    /// Writes the document that a record was made from, where documents are asked for and it is kept.
    pub(super) fn document(&mut self, source: &SourceRow, kind: RecordKind, key: &str) -> Result<(), EngineError> {
        let Some(lines) = &mut self.documents else { return Ok(()) };
        let Some(document) = self.reader.raw_doc(source.id, kind, key)? else { return Ok(()) };
        lines.write(&DocumentLine { source: &source.name, kind, key, document })
    }

    /// Writes every revision.
    pub(super) fn history(&mut self, sources: &[SourceRow], folder: &mut Folder) -> Result<(), EngineError> {
        let range = RecordRange { as_of: self.request.as_of, window: self.request.window };
        let mut lines = Lines::new(folder, "revision.jsonl", "revision")?;
        for source in sources {
            let mut failed = None;
            self.reader.each_revision(source.id, &range, &mut |mut row| {
                if let Some(veil) = self.veil {
                    veil.hide_revision(&source.name, &mut row.key, &mut row.said);
                }
                let HistoryRow { kind, key, at, reason, said } = &row;
                let line = HistoryLine { source: &source.name, kind: *kind, key, at: *at, reason: *reason, said };
                ended(self.goes_on().and_then(|()| lines.write(&line)), &mut failed)
            })?;
            failed.map_or(Ok(()), Err)?;
        }
        self.files.push(lines.finish()?);
        Ok(())
    }
}
