//! An upstream that answers from a script, secrets that go stale, and time that passes when it is waited for.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use fairlead_domain::Timestamp;
use fairlead_domain::secret::SecretRef;
use fairlead_domain::time::FixedClock;
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use crate::http::gate::Gate;
use crate::http::ticks::Ticks;
use crate::http::{Endpoint, Http, Secrets};
use crate::{Build, ConfigIssue, ConnectorError};

/// 2026-11-16T08:00:00Z, a Monday.
pub const NOW: i64 = 1_794_816_000;

pub const RULES: Endpoint<'static> = Endpoint::new("rules", "no SLOs are found");

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Seen {
    pub method: String,
    pub target: String,
    pub headers: HashMap<String, String>,
    pub body: String,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

/// What the upstream does with a request.
#[derive(Debug, Clone)]
pub enum Reply {
    /// These bytes, then the connection closes.
    Bytes(Vec<u8>),
    /// The connection is reset.
    Reset,
    /// These bytes, then silence on an open connection.
    Stall(Vec<u8>),
}

/// An answer with a length and these further headers.
pub fn reply(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    let mut bytes = format!("HTTP/1.1 {status} Whatever\r\ncontent-length: {}\r\nconnection: close\r\n", body.len());
    for (name, value) in headers {
        bytes.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut bytes = format!("{bytes}\r\n").into_bytes();
    bytes.extend_from_slice(body);
    Reply::Bytes(bytes)
}

pub fn json_reply(body: &str) -> Reply {
    reply(200, &[("content-type", "application/json")], body.as_bytes())
}

pub fn status(status: u16, headers: &[(&str, &str)]) -> Reply {
    reply(status, headers, b"")
}

/// An upstream on this machine.
pub struct Upstream {
    pub url: String,
    pub host: String,
    pub arrived: Arc<Notify>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Upstream {
    /// An upstream whose answer to the n-th request (from 0) is made by `script`.
    pub async fn start(script: impl Fn(usize, &Seen) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let arrived = Arc::new(Notify::new());
        let upstream =
            Self { url: format!("http://{host}"), host, arrived: Arc::clone(&arrived), seen: Arc::clone(&seen) };
        let script = Arc::new(script);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (seen, script, arrived) = (Arc::clone(&seen), Arc::clone(&script), Arc::clone(&arrived));
                tokio::spawn(async move {
                    let mut stream = stream;
                    let Some(request) = read_request(&mut stream).await else { return };
                    let count = {
                        let mut seen = seen.lock().unwrap();
                        seen.push(request.clone());
                        seen.len() - 1
                    };
                    let reply = script(count, &request);
                    arrived.notify_one();
                    play(stream, reply).await;
                });
            }
        });
        upstream
    }

    /// An upstream with these answers in turn; the last one for ever.
    pub async fn playing(replies: Vec<Reply>) -> Self {
        Self::start(move |count, _| replies[count.min(replies.len() - 1)].clone()).await
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }
}

pub async fn read_request<S: AsyncRead + Unpin>(stream: &mut S) -> Option<Seen> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let headers: HashMap<String, String> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length: usize = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    while bytes.len() < end + 4 + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let body = String::from_utf8_lossy(&bytes[end + 4..]).into_owned();
    Some(Seen { method: first.next()?.to_owned(), target: first.next()?.to_owned(), headers, body })
}

async fn play(mut stream: TcpStream, reply: Reply) {
    match reply {
        // The other side may have hung up already, which is its right.
        Reply::Bytes(bytes) => drop(send(&mut stream, &bytes).await),
        Reply::Reset => drop(stream.set_zero_linger()),
        Reply::Stall(bytes) => {
            drop(stream.write_all(&bytes).await);
            std::future::pending::<()>().await;
        }
    }
}

pub async fn send<S: AsyncWrite + Unpin>(stream: &mut S, bytes: &[u8]) -> std::io::Result<()> {
    stream.write_all(bytes).await?;
    stream.shutdown().await
}

/// Secrets that may have gone stale. Counts how often a fresh one was asked for.
#[derive(Debug, Default)]
pub struct Vault {
    values: HashMap<String, (String, String)>,
    refreshed: Mutex<HashMap<String, u32>>,
}

impl Vault {
    /// With a secret that is what it is.
    pub fn holding(self, name: &str, value: &str) -> Self {
        self.stale(name, value, value)
    }

    /// With a secret that is `stale` until a fresh one is asked for.
    pub fn stale(mut self, name: &str, stale: &str, fresh: &str) -> Self {
        self.values.insert(name.to_owned(), (stale.to_owned(), fresh.to_owned()));
        self
    }

    pub fn refreshed(&self, name: &str) -> u32 {
        self.refreshed.lock().unwrap().get(name).copied().unwrap_or(0)
    }
}

#[async_trait]
impl Secrets for Vault {
    async fn reveal(&self, reference: &SecretRef, fresh: bool) -> Result<SecretString, ConnectorError> {
        let (SecretRef::Env(name) | SecretRef::Keychain(name) | SecretRef::Command(name) | SecretRef::File(name)) =
            reference;
        let Some((stale, new)) = self.values.get(name) else {
            return Err(ConnectorError::Secret { place: reference.to_string(), reason: "it is not there".into() });
        };
        let mut refreshed = self.refreshed.lock().unwrap();
        if fresh {
            *refreshed.entry(name.clone()).or_default() += 1;
        }
        let renewed = refreshed.get(name).is_some_and(|count| *count > 0);
        Ok(SecretString::from(if renewed { new.as_str() } else { stale.as_str() }))
    }
}

/// Time that passes when it is waited for, and remembers for how long.
#[derive(Debug, Default)]
pub struct LeapingTicks {
    waits: Mutex<Vec<Duration>>,
}

impl LeapingTicks {
    pub fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }
}

#[async_trait]
impl Ticks for LeapingTicks {
    fn elapsed(&self) -> Duration {
        self.waits.lock().unwrap().iter().sum()
    }

    async fn wait(&self, span: Duration) {
        self.waits.lock().unwrap().push(span);
        tokio::task::yield_now().await;
    }
}

pub fn build(secrets: Arc<Vault>, folder: &Path) -> Build<'_> {
    Build {
        source: "prom-eu",
        folder,
        timezone: chrono_tz::UTC,
        slos: &[],
        secrets,
        clock: Arc::new(FixedClock::at(Timestamp::from_secs(NOW))),
    }
}

pub fn configured(settings: &Value, vault: Vault) -> Result<Http, ConfigIssue> {
    Http::from_settings(settings, &build(Arc::new(vault), Path::new(".")))
}

/// A client whose waits leap; the ticks tell how long they would have been.
pub fn leaping(settings: &Value, vault: &Arc<Vault>) -> (Http, Arc<LeapingTicks>) {
    let ticks = Arc::new(LeapingTicks::default());
    let mut http = Http::from_settings(settings, &build(Arc::clone(vault), Path::new("."))).unwrap();
    http.ticks = Arc::clone(&ticks) as Arc<dyn Ticks>;
    http.gate = Gate::new(Arc::clone(&http.ticks), None);
    (http, ticks)
}

/// A client of this upstream without credentials.
pub fn open(upstream: &Upstream) -> (Http, Arc<LeapingTicks>) {
    leaping(&json!({ "url": upstream.url }), &Arc::default())
}
