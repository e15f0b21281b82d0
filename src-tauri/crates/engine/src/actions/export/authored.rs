//! What people wrote, as it stood, and everything that it had said before. It is little, and read whole.

use fairlead_domain::Timestamp;
use fairlead_store::authored::RevisionRow;
use serde::Serialize;
use serde_json::Value;

use super::folder::Folder;
use super::line::Lines;
use super::veil::Veil;
use super::{ExportRequest, ExportedFile};
use crate::EngineError;
use crate::workspace::Workspace;

/// The file of what rows had said before.
const REVISIONS: &str = "authored_revision";

/// A line of what somebody wrote.
#[derive(Serialize)]
struct AuthoredLine<'a> {
    table: &'static str,
    key: &'a str,
    said: &'a Value,
}

/// A line of what a row has said, from an instant on.
#[derive(Serialize)]
struct RevisionLine<'a> {
    table: &'static str,
    key: &'a str,
    rev: i64,
    at: Timestamp,
    author: &'a str,
    said: &'a Value,
}

/// The table, the key, and what was said.
type Row = (&'static str, String, Value);
/// The table, and what its row said before.
type Revision = (&'static str, RevisionRow);

/// Writes both.
pub(super) async fn write(
    workspace: &Workspace,
    request: &ExportRequest,
    veil: Option<&Veil>,
    folder: &mut Folder,
) -> Result<Vec<ExportedFile>, EngineError> {
    let at = request.as_of;
    let read = workspace.authored.read(move |reader| {
        let (mut rows, mut revisions): (Vec<Row>, Vec<Revision>) = (Vec::new(), Vec::new());
        reader.each_row(at, &mut |table, key, said| rows.push((table, key.to_owned(), said)))?;
        reader.each_revision(at, &mut |table, revision| revisions.push((table, revision)))?;
        Ok((rows, revisions))
    });
    let (mut rows, mut revisions) = read.await?;
    if let Some(veil) = veil {
        rows.retain_mut(|(table, key, said)| veil.hide_authored(table, key, said));
        revisions.retain_mut(|(table, revision)| {
            veil.hide_author(&mut revision.author);
            veil.hide_authored(table, &mut revision.key, &mut revision.content)
        });
    }
    let mut files: Vec<ExportedFile> = Vec::new();
    for group in rows.chunk_by(|a, b| a.0 == b.0) {
        let Some((table, ..)) = group.first() else { continue };
        let mut lines = Lines::new(folder, &format!("authored_{table}.jsonl"), table)?;
        for (table, key, said) in group {
            lines.write(&AuthoredLine { table, key, said })?;
        }
        files.push(lines.finish()?);
    }
    if !revisions.is_empty() {
        let mut lines = Lines::new(folder, &format!("{REVISIONS}.jsonl"), REVISIONS)?;
        for (table, RevisionRow { key, rev, at, author, content }) in &revisions {
            lines.write(&RevisionLine { table, key, rev: *rev, at: *at, author, said: content })?;
        }
        files.push(lines.finish()?);
    }
    Ok(files)
}
