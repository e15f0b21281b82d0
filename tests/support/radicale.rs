//! A real Radicale with calendars of its own.

use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::{Ended, until};

/// A running server; it ends with the value.
pub struct Radicale {
    address: String,
    folder: TempDir,
    _server: Ended,
}

impl Radicale {
    /// Starts the server of the distribution's package `radicale` on a free port.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        let config = folder.path().join("config");
        let collections = folder.path().join("collections");
        let rights = folder.path().join("rights");
        let text = format!(
            "[server]\nhosts = {address}\n[auth]\ntype = none\n[rights]\ntype = from_file\nfile = {}\n\
             [storage]\nfilesystem_folder = {}\n",
            rights.display(),
            collections.display()
        );
        std::fs::write(&config, text).unwrap();
        std::fs::write(&rights, "[all]\nuser = .*\ncollection = .*\npermissions = RrWw\n").unwrap();
        let child = Command::new("radicale")
            .arg("--config")
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|e| panic!("radicale cannot be run ({e}): install the package `radicale`"));
        let server = Ended(child);
        until(Duration::from_secs(60), "radicale", || TcpStream::connect(&address).is_ok());
        Self { address, folder, _server: server }
    }

    /// Where a calendar is read.
    pub fn url(&self, calendar: &str) -> String {
        format!("http://{}/team/{calendar}/", self.address)
    }

    /// Puts a whole calendar in the place of what is there.
    pub fn put(&self, calendar: &str, ics: &str) {
        let file = self.folder.path().join("upload.ics");
        std::fs::write(&file, ics).unwrap();
        let uploaded = Command::new("curl")
            .args(["--silent", "--show-error", "--fail", "--user", "team:team", "--request", "PUT"])
            .args(["--header", "Content-Type: text/calendar", "--data-binary"])
            .arg(format!("@{}", file.display()))
            .arg(self.url(calendar))
            .output()
            .unwrap();
        assert!(uploaded.status.success(), "{}", String::from_utf8_lossy(&uploaded.stderr));
    }
}
