//! Where secrets are read: the environment, files, commands and the keychain. They live in memory only, and no error
//! or log ever holds one.

mod command;
mod file;
pub mod keychain;
mod system;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use fairlead_connectors::ConnectorError;
use fairlead_connectors::http::Secrets;
use fairlead_domain::secret::SecretRef;
use fairlead_domain::time::SECOND_MS;
use fairlead_domain::{Clock, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

pub use keychain::Keychain;

/// How long a secret of a command or of the keychain is remembered, unless said otherwise.
pub const TTL: Duration = Duration::from_secs(5 * 60);

/// Longest secret that is read, in bytes: room for a key file, not for a mistake.
const MAX_BYTES: usize = 64 << 10;

/// Reads secrets for one workspace.
pub struct SecretReader {
    folder: PathBuf,
    keychain: Keychain,
    clock: Arc<dyn Clock>,
    ttl: Duration,
    remembered: Mutex<HashMap<SecretRef, Slot>>,
}

/// Several streams may ask for one secret at once; the first of them reads it, the others wait for it.
type Slot = Arc<Mutex<Option<Remembered>>>;

struct Remembered {
    secret: SecretString,
    at: Timestamp,
}

/// Why a secret could not be read, never what it is.
type Reason = String;

impl SecretReader {
    /// A reader for the workspace in `folder`, which relative files and commands are relative to.
    #[must_use]
    pub fn new(folder: PathBuf, keychain: Keychain, clock: Arc<dyn Clock>) -> Self {
        Self { folder, keychain, clock, ttl: TTL, remembered: Mutex::default() }
    }

    /// The same with another time to live.
    #[must_use]
    pub fn with_ttl(mut self, ttl: Duration) -> Self {
        self.ttl = ttl;
        self
    }

    /// What is wrong with the way a secret is kept although it can be read: a file that others may read.
    #[must_use]
    pub fn exposed(&self, reference: &SecretRef) -> Option<String> {
        match reference {
            SecretRef::File(path) => file::exposed(&self.folder.join(path)),
            _ => None,
        }
    }

    async fn read(&self, reference: &SecretRef) -> Result<SecretString, Reason> {
        let secret = match reference {
            SecretRef::Env(name) => environment(name)?,
            SecretRef::File(path) => file::read(&self.folder.join(path)).await?,
            SecretRef::Command(line) => command::run(line, &self.folder).await?,
            SecretRef::Keychain(item) => self.keychain.get(item).await.map_err(|fault| fault.to_string())?,
        };
        if secret.expose_secret().trim().is_empty() { Err("it is empty".to_owned()) } else { Ok(secret) }
    }

    async fn slot(&self, reference: &SecretRef) -> Slot {
        let mut slots = self.remembered.lock().await;
        Arc::clone(slots.entry(reference.clone()).or_default())
    }

    async fn remembered(&self, reference: &SecretRef, fresh: bool) -> Result<SecretString, Reason> {
        let slot = self.slot(reference).await;
        let mut slot = slot.lock().await;
        let now = self.clock.now();
        let lifetime = i64::try_from(self.ttl.as_secs()).unwrap_or(i64::MAX).saturating_mul(SECOND_MS);
        let live = |kept: &&Remembered| !fresh && (0..lifetime).contains(&now.since(kept.at));
        if let Some(kept) = slot.as_ref().filter(live) {
            return Ok(kept.secret.clone());
        }
        // What is forgotten first is not given out later when the reading fails.
        *slot = None;
        let secret = self.read(reference).await?;
        *slot = Some(Remembered { secret: secret.clone(), at: now });
        Ok(secret)
    }
}

#[async_trait]
impl Secrets for SecretReader {
    async fn reveal(&self, reference: &SecretRef, fresh: bool) -> Result<SecretString, ConnectorError> {
        let revealed = match reference {
            SecretRef::Env(_) | SecretRef::File(_) => self.read(reference).await,
            SecretRef::Command(_) | SecretRef::Keychain(_) => self.remembered(reference, fresh).await,
        };
        revealed.map_err(|reason| ConnectorError::Secret { place: reference.to_string(), reason })
    }
}

fn environment(name: &str) -> Result<SecretString, Reason> {
    match std::env::var(name) {
        Ok(value) => Ok(SecretString::from(value)),
        Err(std::env::VarError::NotPresent) => Err("it is not set for this process".to_owned()),
        Err(std::env::VarError::NotUnicode(_)) => Err("it is not UTF-8".to_owned()),
    }
}
