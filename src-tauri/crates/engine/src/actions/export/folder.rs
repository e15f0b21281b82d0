//! The folder of an export. It is filled beside its place under another name, and put there when it is whole.

use std::ffi::OsString;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::manifest::{FILE, Manifest};
use crate::EngineError;

/// A folder that is being filled. Dropped before it is finished, it goes with all that is in it.
#[derive(Debug)]
pub(super) struct Folder {
    place: PathBuf,
    partial: PathBuf,
    finished: bool,
}

impl Folder {
    /// Checks that an export may be put at `wanted`, and makes the folder that becomes it.
    pub(super) fn prepare(wanted: &Path, workspace: &Path) -> Result<Self, EngineError> {
        let place = resolve(wanted)?;
        if place.canonicalize().ok().is_some_and(|place| workspace.canonicalize().is_ok_and(|w| w.starts_with(&place)))
        {
            return Err(refused(&place, "the workspace lies in it"));
        }
        judge(&place)?;
        let partial = beside(&place, "partial")?;
        match private_dir().create(&partial) {
            Ok(()) => Ok(Self { place, partial, finished: false }),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                Err(refused(&partial, "another export is writing there, or one was killed: if none runs, remove it"))
            }
            Err(source) => Err(EngineError::Folder { path: partial, source }),
        }
    }

    /// Makes a file that only its owner may read.
    pub(super) fn create(&self, name: &str) -> Result<(PathBuf, File), EngineError> {
        let path = self.partial.join(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Ok(file) => Ok((self.place.join(name), file)),
            Err(source) => Err(EngineError::Folder { path, source }),
        }
    }

    /// Writes the manifest and puts the folder in its place. An earlier export there is replaced.
    pub(super) fn finish(mut self, manifest: &Manifest) -> Result<PathBuf, EngineError> {
        let at = |path: &Path| {
            let path = path.to_path_buf();
            move |source| EngineError::Folder { path, source }
        };
        let (path, mut file) = self.create(FILE)?;
        let written = serde_json::to_writer_pretty(&mut file, manifest).map_err(std::io::Error::from);
        written.and_then(|()| file.sync_all()).map_err(at(&path))?;
        // Something may have come there meanwhile.
        judge(&self.place)?;
        let old = beside(&self.place, "replaced")?;
        let replaces = self.place.join(FILE).exists();
        if replaces {
            std::fs::rename(&self.place, &old).map_err(at(&self.place))?;
        }
        if let Err(source) = std::fs::rename(&self.partial, &self.place) {
            if replaces {
                std::fs::rename(&old, &self.place).map_err(at(&old))?;
            }
            return Err(EngineError::Folder { path: self.place.clone(), source });
        }
        self.finished = true;
        if replaces {
            std::fs::remove_dir_all(&old).map_err(at(&old))?;
        }
        if let Some(parent) = self.place.parent() {
            File::open(parent).and_then(|parent| parent.sync_all()).map_err(at(parent))?;
        }
        Ok(self.place.clone())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.finished
            && let Err(error) = std::fs::remove_dir_all(&self.partial)
        {
            tracing::warn!(code = ?error.kind(), "the partial export could not be removed");
        }
    }
}

/// The place with its real parent, so that what lies beside it is known.
fn resolve(wanted: &Path) -> Result<PathBuf, EngineError> {
    let failed = |source| EngineError::Folder { path: wanted.to_path_buf(), source };
    let Some(name) = wanted.file_name() else { return wanted.canonicalize().map_err(failed) };
    let parent = wanted.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    Ok(parent.canonicalize().map_err(failed)?.join(name))
}

/// An export may be put where nothing is, into an empty folder, and over an earlier export with nothing else in it.
fn judge(place: &Path) -> Result<(), EngineError> {
    let failed = |source| EngineError::Folder { path: place.to_path_buf(), source };
    match std::fs::symlink_metadata(place) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(failed(source)),
        Ok(meta) if !meta.is_dir() => return Err(refused(place, "it is no folder")),
        Ok(_) => {}
    }
    let mut names = Vec::new();
    for entry in std::fs::read_dir(place).map_err(failed)? {
        names.push(entry.map_err(failed)?.file_name());
    }
    if names.is_empty() {
        return Ok(());
    }
    let manifest = std::fs::read_to_string(place.join(FILE)).ok().and_then(|text| Manifest::read(&text));
    let Some(manifest) = manifest else { return Err(refused(place, "it is not empty and no earlier export")) };
    let ours = |name: &OsString| {
        name.to_str().is_some_and(|name| name == FILE || manifest.files.iter().any(|entry| entry.file == name))
    };
    match names.iter().find(|name| !ours(name)) {
        None => Ok(()),
        Some(name) => {
            let reason = format!("{} in it is no part of the earlier export and would be lost", name.display());
            Err(refused(place, &reason))
        }
    }
}

fn beside(place: &Path, word: &str) -> Result<PathBuf, EngineError> {
    let Some(name) = place.file_name() else { return Err(refused(place, "it has no name")) };
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{word}"));
    Ok(place.with_file_name(hidden))
}

fn private_dir() -> DirBuilder {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "modes are of Unix"))]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

fn refused(path: &Path, reason: &str) -> EngineError {
    EngineError::Export { path: path.to_path_buf(), reason: reason.to_owned() }
}
