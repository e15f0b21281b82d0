//! A real Alertmanager, and a real Prometheus whose rules are evaluated each second and which sends to it.
//!
//! Both are ended, and their folders removed, when the values are dropped.

mod rules;

use std::io::{self, Write};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::prometheus::{missing, wait_until_ready};

pub use rules::{Rule, RuleServer};

/// What an Alertmanager logs when it can be asked.
const READY: &str = "Listening on";

/// While an alert with `alertname="Down"` fires, tickets of its service are inhibited; nobody is told of anything.
const CONFIG: &str = "global: { resolve_timeout: 1h }
route: { receiver: none, group_by: [alertname], group_wait: 1s, group_interval: 1s, repeat_interval: 1h }
inhibit_rules:
- { source_matchers: ['alertname=\"Down\"'], target_matchers: ['severity=\"ticket\"'], equal: [service] }
receivers: [{ name: none }]
";

/// A running server.
#[derive(Debug)]
pub struct Server {
    port: u16,
    folder: TempDir,
    child: Option<Child>,
}

impl Server {
    /// Starts the server beneath a path prefix, on a free port of the loopback.
    ///
    /// # Errors
    /// Says what could not be run, and which package has it.
    pub fn start() -> io::Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("alertmanager.yml"), CONFIG)?;
        let mut server = Self { port, folder, child: None };
        server.start_again()?;
        Ok(server)
    }

    /// Its address, with the prefix that comes before `/api/v2`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/am", self.address())
    }

    /// Host and port.
    #[must_use]
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Ends it as an operator does: silences are written to its folder, alerts are forgotten.
    ///
    /// # Errors
    /// Says why it could not be ended.
    pub fn stop(&mut self) -> io::Result<()> {
        let Some(mut child) = self.child.take() else { return Ok(()) };
        let asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).status()?;
        if !asked.success() {
            child.kill()?;
        }
        child.wait().map(drop)
    }

    /// Starts it at the same address, on the folder of before.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub fn start_again(&mut self) -> io::Result<()> {
        let folder = self.folder.path();
        let mut child = Command::new("prometheus-alertmanager")
            .arg(format!("--config.file={}", folder.join("alertmanager.yml").display()))
            .arg(format!("--storage.path={}", folder.join("data").display()))
            .arg(format!("--web.listen-address={}", self.address()))
            .arg("--web.route-prefix=/am")
            .arg("--cluster.listen-address=")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|reason| missing("prometheus-alertmanager", "prometheus-alertmanager", &reason))?;
        let ready = wait_until_ready(&mut child, READY);
        self.child = Some(child);
        ready
    }

    /// Sends alerts as a client does.
    ///
    /// # Errors
    /// Says why they were not taken.
    pub fn send(&self, alerts: &Value) -> io::Result<()> {
        post(&format!("{}/api/v2/alerts", self.url()), Some(alerts)).map(drop)
    }

    /// Makes or changes a silence and tells its id.
    ///
    /// # Errors
    /// Says why it was not taken.
    pub fn silence(&self, silence: &Value) -> io::Result<String> {
        let answer: Value = serde_json::from_str(&post(&format!("{}/api/v2/silences", self.url()), Some(silence))?)?;
        answer["silenceID"].as_str().map(str::to_owned).ok_or_else(|| io::Error::other("no id came back"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; either way there is nothing left to end.
        if let Some(mut child) = self.child.take()
            && child.kill().is_ok()
        {
            child.wait().ok();
        }
    }
}

/// Posts JSON, or nothing, and tells the answer's body.
fn post(url: &str, body: Option<&Value>) -> io::Result<String> {
    let mut child = Command::new("curl")
        .args(["--silent", "--show-error", "--fail", "--request", "POST", "--header", "Content-Type: application/json"])
        .args(["--data-binary", "@-", url])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(body.map(Value::to_string).unwrap_or_default().as_bytes())?;
    }
    let answer = child.wait_with_output()?;
    if answer.status.success() {
        return Ok(String::from_utf8_lossy(&answer.stdout).into_owned());
    }
    Err(io::Error::other(format!("{url}: {}", String::from_utf8_lossy(&answer.stderr))))
}
