//! A Prometheus that evaluates rules each second and sends what fires.

use std::io;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use super::{Server, post};
use crate::prometheus::{READY, missing, wait_until_ready};

/// An alerting rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule<'a> {
    /// The alert's name.
    pub name: &'a str,
    /// Its further labels.
    pub labels: &'a [(&'a str, &'a str)],
    /// Whether it fires.
    pub fires: bool,
}

/// A running server.
#[derive(Debug)]
pub struct RuleServer {
    port: u16,
    folder: TempDir,
    child: Child,
}

impl RuleServer {
    /// Starts the server on a free port of the loopback. What it sends has the label `cluster="eu"`.
    ///
    /// # Errors
    /// Says what could not be run, and which package has it.
    pub fn start(to: &Server, rules: &[Rule<'_>]) -> io::Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = tempfile::tempdir()?;
        let config = format!(
            "global: {{ scrape_interval: 1s, evaluation_interval: 1s, external_labels: {{ cluster: eu }} }}
rule_files: [rules.yml]
alerting:
  alertmanagers:
  - {{ path_prefix: /am, api_version: v2, static_configs: [{{ targets: ['{}'] }}] }}
",
            to.address()
        );
        std::fs::write(folder.path().join("prometheus.yml"), config)?;
        std::fs::write(folder.path().join("rules.yml"), text(rules))?;
        let mut child = Command::new("prometheus")
            .arg(format!("--config.file={}", folder.path().join("prometheus.yml").display()))
            .arg(format!("--storage.tsdb.path={}", folder.path().join("data").display()))
            .arg(format!("--web.listen-address=127.0.0.1:{port}"))
            // What is sent ends by itself after four times as long: a busy machine must not end what fires.
            .args(["--web.enable-lifecycle", "--rules.alert.resend-delay=10s"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|reason| missing("prometheus", "prometheus", &reason))?;
        let ready = wait_until_ready(&mut child, READY);
        let server = Self { port, folder, child };
        ready.map(|()| server)
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Replaces the rules. An alert with the name and labels of before goes on, or ends where it no longer fires.
    ///
    /// # Errors
    /// Says why they were not taken.
    pub fn set(&self, rules: &[Rule<'_>]) -> io::Result<()> {
        std::fs::write(self.folder.path().join("rules.yml"), text(rules))?;
        post(&format!("{}/-/reload", self.url()), None).map(drop)
    }
}

impl Drop for RuleServer {
    fn drop(&mut self) {
        // It may have ended by itself; either way there is nothing left to end.
        if self.child.kill().is_ok() {
            self.child.wait().ok();
        }
    }
}

fn text(rules: &[Rule<'_>]) -> String {
    let rule = |rule: &Rule<'_>| {
        let labels: Vec<String> = rule.labels.iter().map(|(key, value)| format!("{key}: {value}")).collect();
        let expr = if rule.fires { "vector(1) > 0" } else { "vector(0) > 0" };
        format!("  - {{ alert: {}, expr: '{expr}', labels: {{ {} }} }}\n", rule.name, labels.join(", "))
    };
    format!("groups:\n- name: each-second\n  interval: 1s\n  rules:\n{}", rules.iter().map(rule).collect::<String>())
}
