//! Writes what is stored as JSON Lines, one file a kind, into a folder that appears whole or not at all.

mod authored;
mod folder;
mod history;
mod line;
mod manifest;
mod sheet;
mod veil;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fairlead_domain::{RecordKind, Timestamp, Window};
use fairlead_store::synced::{Reader, RecordRange, SourceRow};
use fairlead_store::{Authored, Mode};
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use crate::EngineError;
use crate::views::answer::Warning;
use crate::workspace::Workspace;
use folder::Folder;
use line::{Line, Lines};
use manifest::{Manifest, Scope, SourceEntry};
use veil::Veil;

/// So many records lie between two words of progress.
const STEP: u64 = 10_000;

/// What to export, and where to.
#[derive(Debug, Clone)]
pub struct ExportRequest {
    /// The folder: new, empty, or an earlier export.
    pub dir: PathBuf,
    /// With names and e-mails; without, people go out as pseudonyms.
    pub include_people: bool,
    /// Only what happened in it or reaches into it.
    pub window: Option<Window>,
    /// The instant at which it stood so.
    pub as_of: Timestamp,
    /// Incidents and shifts also as CSV.
    pub csv: bool,
    /// The upstreams' documents too. They name people and are only kept as they are now, so they are for exports with
    /// people and of now.
    pub documents: bool,
}

/// Hears how far an export is: the kind, and how many records of it are written.
pub type ExportListener = Arc<dyn Fn(RecordKind, u64) + Send + Sync>;

/// What was exported.
#[derive(Debug, Clone, Serialize)]
pub struct ExportReport {
    /// As of when.
    pub as_of: Timestamp,
    /// What else must be known.
    pub warnings: Vec<Warning>,
    /// The folder.
    pub dir: String,
    /// `included` or `pseudonyms`.
    pub people: &'static str,
    /// All records.
    pub records: u64,
    /// The files, without the manifest.
    pub files: Vec<ExportedFile>,
}

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct ExportedFile {
    /// Its name in the folder.
    pub file: String,
    /// The kind of its records; of CSV and of what people wrote, what it holds.
    pub kind: String,
    /// How many lines it has, without a header.
    pub records: u64,
    /// Its length.
    pub bytes: u64,
    /// BLAKE3 of it, in hexadecimal.
    pub blake3: String,
}

/// Exports. Stopped by `cancel`, it leaves nothing behind.
///
/// # Errors
/// [`EngineError::Export`] when the folder is none to write to, [`EngineError::Folder`] when writing fails,
/// [`EngineError::Cancelled`], and what the databases say.
pub async fn export(
    workspace: &Workspace,
    request: &ExportRequest,
    listener: &ExportListener,
    cancel: &CancellationToken,
) -> Result<ExportReport, EngineError> {
    let mut folder = Folder::prepare(&request.dir, &workspace.dir)?;
    let (veil, warnings) = veil(workspace, request).await?;
    let files = authored::write(workspace, request, veil.as_ref(), &mut folder).await?;

    let (wanted, listener, stop) = (request.clone(), Arc::clone(listener), cancel.clone());
    let job = move |reader: &Reader<'_>| {
        let sources = reader.sources()?;
        let mut job = Job {
            reader,
            request: &wanted,
            veil: veil.as_ref(),
            listener: &listener,
            stop: &stop,
            documents: None,
            files,
        };
        let done = job.run(&sources, &mut folder);
        Ok(done.map(|()| (sources, job.files, folder)))
    };
    let (sources, files, folder) = workspace.synced.read(job).await??;
    let manifest = Manifest::new(workspace.id, scope(workspace, request), entries(&sources), &files, request.as_of);
    let dir = folder.finish(&manifest)?;
    Ok(ExportReport {
        as_of: request.as_of,
        warnings,
        dir: dir.display().to_string(),
        people: people(request),
        records: files.iter().filter(|file| file.file.ends_with(".jsonl")).map(|file| file.records).sum(),
        files,
    })
}

/// The files with records in the folder of an export, people first. Each is as the manifest says, to the byte.
///
/// # Errors
/// [`EngineError::Export`] when the folder is no export, or was changed since.
pub(crate) fn record_files(dir: &Path) -> Result<Vec<PathBuf>, EngineError> {
    let refused = |reason: String| EngineError::Export { path: dir.to_path_buf(), reason };
    let text = std::fs::read_to_string(dir.join(manifest::FILE)).unwrap_or_default();
    let manifest =
        Manifest::read(&text).ok_or_else(|| refused("it is no export: it has no manifest.json".to_owned()))?;
    if manifest.schema > manifest::SCHEMA {
        return Err(refused(format!(
            "its schema {} is newer than {}: update Fairlead",
            manifest.schema,
            manifest::SCHEMA
        )));
    }
    let mut files = Vec::new();
    for kind in RecordKind::ALL {
        let name = format!("{kind}.jsonl");
        let Some(entry) = manifest.files.iter().find(|entry| entry.file == name) else { continue };
        let path = dir.join(&name);
        let mut digest = blake3::Hasher::new();
        let read = std::fs::File::open(&path).and_then(|mut file| std::io::copy(&mut file, &mut digest));
        read.map_err(|source| EngineError::Folder { path: path.clone(), source })?;
        if digest.finalize().to_hex().as_str() != entry.blake3 {
            return Err(refused(format!(
                "{name} is not what the manifest says: export again, or import the file alone"
            )));
        }
        files.push(path);
    }
    Ok(files)
}

const fn people(request: &ExportRequest) -> &'static str {
    if request.include_people { "included" } else { "pseudonyms" }
}

const fn has_documents(request: &ExportRequest) -> bool {
    request.include_people && request.documents
}

fn scope(workspace: &Workspace, request: &ExportRequest) -> Scope {
    Scope {
        people: people(request).to_owned(),
        from: request.window.map(|window| window.start),
        to: request.window.map(|window| window.end),
        teams: workspace.config.teams.iter().map(|team| team.name.clone()).collect(),
        documents: has_documents(request),
    }
}

fn entries(sources: &[SourceRow]) -> Vec<SourceEntry> {
    sources.iter().map(|source| SourceEntry { name: source.name.clone(), kind: source.kind.clone() }).collect()
}

/// What hides people, where they are to be hidden.
async fn veil(workspace: &Workspace, request: &ExportRequest) -> Result<(Option<Veil>, Vec<Warning>), EngineError> {
    if request.include_people {
        return Ok((None, Vec::new()));
    }
    let (key, warnings) = pseudonym_key(workspace).await?;
    let identities = workspace.synced.read(|reader| reader.identities()).await?;
    let at = request.as_of;
    let aliases = workspace.authored.read(move |reader| reader.person_aliases(at)).await?;
    Ok((Some(Veil::new(key, workspace.id, &identities, aliases)?), warnings))
}

/// The secret of the pseudonyms. Where none can be kept, one that serves this export alone.
async fn pseudonym_key(workspace: &Workspace) -> Result<([u8; 32], Vec<Warning>), EngineError> {
    if let Some(key) = workspace.authored.read(|reader| reader.pseudonym_key()).await? {
        return Ok((key, Vec::new()));
    }
    let kept = async {
        let authored = Authored::open(&workspace.dir, Mode::ReadWrite, workspace.clock.now()).await?;
        let key = authored.write(|writer| writer.pseudonym_key_or_new()).await;
        authored.close().await?;
        key
    };
    match kept.await {
        Ok(key) => Ok((key, Vec::new())),
        Err(error) => {
            let message =
                format!("pseudonyms differ from those of other exports, for their key cannot be kept: {error}");
            let (a, b) = (uuid::Uuid::new_v4(), uuid::Uuid::new_v4());
            let mut key = [0; 32];
            key[..16].copy_from_slice(a.as_bytes());
            key[16..].copy_from_slice(b.as_bytes());
            Ok((key, vec![Warning::general("pseudonyms_not_kept", message)]))
        }
    }
}

/// The reading of `synced.db`, in one transaction.
struct Job<'j> {
    reader: &'j Reader<'j>,
    request: &'j ExportRequest,
    veil: Option<&'j Veil>,
    listener: &'j ExportListener,
    stop: &'j CancellationToken,
    /// Where documents go; `None`: they are left out.
    documents: Option<Lines>,
    files: Vec<ExportedFile>,
}

/// Whether to go on after a row: not after one that could not be written, which is kept as the reason.
fn ended(written: Result<(), EngineError>, failed: &mut Option<EngineError>) -> ControlFlow<()> {
    match written {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            *failed = Some(error);
            ControlFlow::Break(())
        }
    }
}

impl Job<'_> {
    fn goes_on(&self) -> Result<(), EngineError> {
        if self.stop.is_cancelled() { Err(EngineError::Cancelled { what: "the export" }) } else { Ok(()) }
    }

    fn run(&mut self, sources: &[SourceRow], folder: &mut Folder) -> Result<(), EngineError> {
        if has_documents(self.request) {
            self.documents = Some(Lines::new(folder, "document.jsonl", "document")?);
        }
        for kind in RecordKind::ALL {
            self.kind(*kind, sources, folder)?;
        }
        self.history(sources, folder)?;
        if let Some(documents) = self.documents.take() {
            self.files.push(documents.finish()?);
        }
        Ok(())
    }

    fn kind(&mut self, kind: RecordKind, sources: &[SourceRow], folder: &mut Folder) -> Result<(), EngineError> {
        let range = RecordRange { as_of: self.request.as_of, window: self.request.window };
        let mut lines = Lines::new(folder, &format!("{}.jsonl", kind.word()), kind.word())?;
        let mut sheet = if self.request.csv { sheet::Sheet::of(kind, folder)? } else { None };
        for source in sources {
            let mut failed = None;
            let mut seen = std::collections::HashSet::new();
            let reader = self.reader;
            reader.each_record(source.id, kind, &range, &mut |mut record| {
                if lines.count() % STEP == 0 {
                    (self.listener)(kind, lines.count());
                }
                if let Some(veil) = self.veil {
                    veil.hide(&source.name, &mut record);
                    // People who were merged by hand share a pseudonym.
                    if kind == RecordKind::Person && !seen.insert(record.key()) {
                        return ControlFlow::Continue(());
                    }
                }
                let mut write = || {
                    self.goes_on()?;
                    sheet.as_mut().map_or(Ok(()), |sheet| sheet.write(&source.name, &record))?;
                    lines.write(&Line { source: &source.name, record: &record })?;
                    self.document(source, kind, &record.key())
                };
                ended(write(), &mut failed)
            })?;
            failed.map_or(Ok(()), Err)?;
        }
        (self.listener)(kind, lines.count());
        let sheets = sheet.map(sheet::Sheet::finish).transpose()?;
        self.files.extend([lines.finish()?].into_iter().chain(sheets));
        Ok(())
    }
}

#[cfg(test)]
mod tests;
