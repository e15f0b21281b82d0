//! The one HTTP client of all connectors: authentication, limits, retries, size caps.
//!
//! A source's whole way to its upstream is here, so that no connector can forget a rule of it: secrets are read when they
//! are needed and never shown, redirects stay within the origin, bodies end at a limit, and nobody is asked earlier than
//! they said.

mod address;
mod answer;
mod auth;
mod body;
mod connection;
mod endpoint;
mod exchange;
mod fault;
mod fields;
mod gate;
mod redirect;
mod reference;
mod resolve;
mod retry;
pub mod settings;
#[cfg(test)]
pub(crate) mod tests;
mod ticks;
mod told;

use std::fmt;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use fairlead_domain::Clock;
use fairlead_domain::secret::SecretRef;
use secrecy::SecretString;
use tokio::sync::Semaphore;

use crate::{Build, ConfigIssue, ConnectorError};
use address::Address;
use auth::Auth;
use connection::Connection;
use gate::Gate;
use ticks::{RuntimeTicks, Ticks};

pub use answer::Answer;
pub use endpoint::{Endpoint, Share};
pub use fields::Fields;

/// How long an answer that has begun may stay silent.
const IDLE: Duration = Duration::from_secs(20);

/// Stands for "never measured" in [`Http::skew_millis`].
const NO_SKEW: i64 = i64::MIN;

/// Where secrets are read. The engine implements it over the environment, files, commands and the keychain.
#[async_trait]
pub trait Secrets: Send + Sync {
    /// The secret that `reference` points to. `fresh` forbids a remembered value: the last one was refused.
    ///
    /// # Errors
    /// [`ConnectorError::Secret`] with the place and the reason, never the value.
    async fn reveal(&self, reference: &SecretRef, fresh: bool) -> Result<SecretString, ConnectorError>;
}

/// The way to one source. Requests of a source run one after the other unless [`Http::with_parallel`] allows more.
pub struct Http {
    source: String,
    address: Address,
    auth: Auth,
    connection: Connection,
    secrets: Arc<dyn Secrets>,
    clock: Arc<dyn Clock>,
    ticks: Arc<dyn Ticks>,
    gate: Gate,
    turns: Semaphore,
    idle: Duration,
    host: Mutex<String>,
    requests: AtomicU64,
    /// Whether anything ever answered, and how many questions in a row were given their whole time in vain since.
    answered: AtomicBool,
    in_vain: AtomicU32,
    skew_millis: AtomicI64,
}

impl Http {
    /// Reads the keys of [`settings::SETTINGS`]. No secret is read and nothing is sent before the first request.
    ///
    /// # Errors
    /// Returns what is wrong with one of the keys.
    pub fn from_settings(settings: &serde_json::Value, build: &Build<'_>) -> Result<Self, ConfigIssue> {
        let address = Address::read(settings.get("url"))?;
        let host = address.known().map_or_else(|| format!("the address of {}", build.source), address::host_of);
        let ticks: Arc<dyn Ticks> = Arc::new(RuntimeTicks::start());
        Ok(Self {
            source: build.source.to_owned(),
            auth: Auth::read(settings)?,
            connection: Connection::read(settings, build.folder)?,
            secrets: Arc::clone(&build.secrets),
            clock: Arc::clone(&build.clock),
            gate: Gate::new(Arc::clone(&ticks), None),
            ticks,
            turns: Semaphore::new(1),
            idle: IDLE,
            host: Mutex::new(host),
            requests: AtomicU64::new(0),
            answered: AtomicBool::new(false),
            in_vain: AtomicU32::new(0),
            skew_millis: AtomicI64::new(NO_SKEW),
            address,
        })
    }

    /// With the upstream's published limit in requests per minute, of which each [`Share`] takes its part. Lanes are
    /// named after it.
    #[must_use]
    pub fn with_limit_per_minute(mut self, limit: NonZeroU32) -> Self {
        self.gate = Gate::new(Arc::clone(&self.ticks), Some(limit));
        self
    }

    /// With a lane: endpoints that the upstream counts apart, under a limit of their own in requests per minute. What
    /// such an endpoint's answers say of its limit holds back its lane alone.
    #[must_use]
    pub fn with_lane(mut self, lane: &'static str, limit: NonZeroU32) -> Self {
        self.gate = self.gate.with_lane(lane, limit);
        self
    }

    /// With another word than `Bearer ` in front of what the setting `token` gives.
    #[must_use]
    pub fn with_token_prefix(mut self, prefix: &'static str) -> Self {
        self.auth = self.auth.with_token_prefix(prefix);
        self
    }

    /// With up to so many requests at once, for upstreams that do not count them per token.
    #[must_use]
    pub fn with_parallel(mut self, requests: NonZeroU32) -> Self {
        self.turns = Semaphore::new(usize::try_from(requests.get()).unwrap_or(1));
        self
    }

    /// Asks for `path` beneath the source's address. An empty path is that address itself; a whole address (a link to the
    /// next page) is taken when it has the same origin. Names that are put into a path must be percent-encoded.
    ///
    /// # Errors
    /// Returns why there is no answer, after the retries that the failure allows.
    pub async fn get(
        &self,
        path: &str,
        query: &[(&str, &str)],
        endpoint: Endpoint<'_>,
    ) -> Result<Answer, ConnectorError> {
        self.answer(exchange::Ask { path, query, form: None, endpoint }).await
    }

    /// Sends a question that is too long for an address. It must not change anything upstream: it may be sent again.
    ///
    /// # Errors
    /// Like [`Http::get`].
    pub async fn post_form(
        &self,
        path: &str,
        form: &[(&str, &str)],
        endpoint: Endpoint<'_>,
    ) -> Result<Answer, ConnectorError> {
        self.answer(exchange::Ask { path, query: &[], form: Some(form), endpoint }).await
    }

    /// The host, for messages. A secret address is named by its source until it was read once.
    #[must_use]
    pub fn host(&self) -> String {
        self.host.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Requests sent so far, also those that failed.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// Server time minus local time in milliseconds, as last measured, to about a second; `None` when no answer carried a
    /// date.
    #[must_use]
    pub fn clock_skew_millis(&self) -> Option<i64> {
        Some(self.skew_millis.load(Ordering::Relaxed)).filter(|&skew| skew != NO_SKEW)
    }

    /// Whether requests leave this machine unencrypted, which the reader of the configuration should know. `false` for an
    /// address that is a secret and was not read yet.
    #[must_use]
    pub fn is_plain_http_remote(&self) -> bool {
        self.address.known().is_some_and(|url| url.scheme() == "http" && !address::is_loopback(url))
    }

    /// Whether reading a secret again can yield another one.
    fn may_heal(&self) -> bool {
        let address = self.address.setting().reference();
        address.into_iter().chain(self.auth.references()).any(reference::may_change) || self.connection.may_change()
    }
}

impl fmt::Debug for Http {
    /// Shows no setting: addresses and headers may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http").field("source", &self.source).field("host", &self.host()).finish_non_exhaustive()
    }
}
