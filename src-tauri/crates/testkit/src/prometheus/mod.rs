//! A real Prometheus with a past, for tests.
//!
//! The past is written as OpenMetrics text and made into blocks by `promtool`, so that a server that has just started
//! answers for the last five weeks. Rules are loaded for `/api/v1/rules` to tell them; they are next to never
//! evaluated. All lies in a temporary folder and ends with the value.

mod plan;
mod written;

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

pub use plan::{Hour, Plan, Quirk, SCRAPE, Scrape, Service, Style};

/// A running server. It is ended, and its folder removed, when the value is dropped.
#[derive(Debug)]
pub struct Server {
    url: String,
    services: Vec<Service>,
    child: Child,
    _folder: TempDir,
}

impl Server {
    /// Makes the past and starts the server on a free port of the loopback. Takes some ten seconds for the usual plan.
    ///
    /// # Errors
    /// Says what could not be run, and which package has it.
    pub fn start(plan: &Plan) -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        let services = plan::services(plan);
        write_past(folder.path(), &services)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut child = Command::new("prometheus")
            .arg(format!("--config.file={}", folder.path().join("prometheus.yml").display()))
            .arg(format!("--storage.tsdb.path={}", folder.path().join("data").display()))
            .arg("--storage.tsdb.retention.time=60d")
            .arg(format!("--web.listen-address=127.0.0.1:{port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|reason| missing("prometheus", "prometheus", &reason))?;
        let ready = wait_until_ready(&mut child, READY);
        let server = Self { url: format!("http://127.0.0.1:{port}"), services, child, _folder: folder };
        ready.map(|()| server)
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What truly happened.
    #[must_use]
    pub fn services(&self) -> &[Service] {
        &self.services
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; either way there is nothing left to end.
        if self.child.kill().is_ok() {
            self.child.wait().ok();
        }
    }
}

pub(crate) fn missing(program: &str, package: &str, reason: &io::Error) -> io::Error {
    io::Error::new(
        reason.kind(),
        format!(
            "{program} cannot be run ({reason}): install the package `{package}` (Debian, Ubuntu: apt install {package})"
        ),
    )
}

fn write_past(folder: &Path, services: &[Service]) -> io::Result<()> {
    let config = "global:\n  scrape_interval: 1m\n  evaluation_interval: 12h\nrule_files: [rules.yml]\n";
    std::fs::write(folder.join("prometheus.yml"), config)?;
    std::fs::write(folder.join("rules.yml"), written::rules(services))?;
    let text = folder.join("past.om");
    let mut out = BufWriter::new(File::create(&text)?);
    written::open_metrics(services, &mut out)?;
    out.flush()?;
    let made = Command::new("promtool")
        .args(["tsdb", "create-blocks-from", "--max-block-duration=744h", "openmetrics"])
        .arg(&text)
        .arg(folder.join("data"))
        .output()
        .map_err(|reason| missing("promtool", "prometheus", &reason))?;
    std::fs::remove_file(text)?;
    if made.status.success() {
        return Ok(());
    }
    Err(io::Error::other(format!("promtool refused the past: {}", String::from_utf8_lossy(&made.stderr))))
}

/// What a Prometheus logs when it can be asked.
pub(crate) const READY: &str = "Server is ready to receive web requests";

/// Reads the log until a line of it holds `sign`, and goes on reading it aside, so that its pipe never fills.
pub(crate) fn wait_until_ready(child: &mut Child, sign: &str) -> io::Result<()> {
    let log = child.stderr.take().ok_or_else(|| io::Error::other("the server has no log"))?;
    let mut lines = BufReader::new(log).lines();
    let mut last = String::new();
    for line in lines.by_ref() {
        last = line?;
        if last.contains(sign) {
            std::thread::spawn(move || lines.for_each(drop));
            return Ok(());
        }
    }
    Err(io::Error::other(format!("the server ended before it was ready: {last}")))
}
