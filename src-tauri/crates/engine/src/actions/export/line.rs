//! Lines of JSON in a file, counted and digested on their way.

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::PathBuf;

use fairlead_domain::Record;
use fairlead_store::StoreError;
use serde::Serialize;

use super::ExportedFile;
use super::folder::Folder;
use crate::EngineError;

/// A record with the name of its source, as a line says it.
#[derive(Serialize)]
pub(super) struct Line<'a> {
    pub(super) source: &'a str,
    #[serde(flatten)]
    pub(super) record: &'a Record,
}

/// A file that is written line by line.
pub(super) struct Lines {
    path: PathBuf,
    file: BufWriter<File>,
    digest: blake3::Hasher,
    line: Vec<u8>,
    entry: ExportedFile,
}

impl Lines {
    pub(super) fn new(folder: &Folder, name: &str, kind: &str) -> Result<Self, EngineError> {
        let (path, file) = folder.create(name)?;
        let entry =
            ExportedFile { file: name.to_owned(), kind: kind.to_owned(), records: 0, bytes: 0, blake3: String::new() };
        let file = BufWriter::with_capacity(1 << 16, file);
        Ok(Self { path, file, digest: blake3::Hasher::new(), line: Vec::new(), entry })
    }

    /// How many lines are written, without a header.
    pub(super) const fn count(&self) -> u64 {
        self.entry.records
    }

    /// Writes a line.
    pub(super) fn write(&mut self, line: &impl Serialize) -> Result<(), EngineError> {
        let mut bytes = std::mem::take(&mut self.line);
        bytes.clear();
        let written = serde_json::to_writer(&mut bytes, line);
        bytes.push(b'\n');
        let written = written.map_err(std::io::Error::from).map_err(|source| self.failed(source));
        let written = written.and_then(|()| self.raw(&bytes));
        self.line = bytes;
        self.entry.records += 1;
        written
    }

    /// Writes a line that is text already, and does not count it when it is a header.
    pub(super) fn text(&mut self, line: &str, header: bool) -> Result<(), EngineError> {
        self.entry.records += u64::from(!header);
        self.raw(line.as_bytes())
    }

    fn raw(&mut self, bytes: &[u8]) -> Result<(), EngineError> {
        self.file.write_all(bytes).map_err(|source| self.failed(source))?;
        self.digest.update(bytes);
        self.entry.bytes += bytes.len() as u64;
        Ok(())
    }

    /// Writes what is left to the disk.
    pub(super) fn finish(mut self) -> Result<ExportedFile, EngineError> {
        let done = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        done.map_err(|source| self.failed(source))?;
        Ok(ExportedFile { blake3: self.digest.finalize().to_hex().to_string(), ..self.entry })
    }

    fn failed(&self, source: std::io::Error) -> EngineError {
        let path = self.path.clone();
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                EngineError::Store(StoreError::Full { file: path })
            }
            _ => EngineError::Folder { path, source },
        }
    }
}
