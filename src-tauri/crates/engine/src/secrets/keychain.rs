//! The operating system's keychain. One thread owns it, because some stores do not order calls of several threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::system::SystemStore;

/// How long an answer is waited for: a person may have to unlock the keychain.
const PATIENCE: Duration = Duration::from_secs(30);

/// Longest secret that every keychain takes, in bytes.
const MAX_BYTES: usize = 1_280;

/// Why the keychain gave nothing. A message never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeychainFault {
    /// There is no such item.
    #[error("there is no such item for this workspace")]
    Missing,
    /// The keychain is there but locked.
    #[error("the keychain is locked: unlock it and try again, or use env, command or file instead")]
    Locked,
    /// No keychain runs here.
    #[error("no keychain runs here: use env, command or file instead")]
    Absent,
    /// The keychain refused, or failed.
    #[error("the keychain refused: {0}; use env, command or file instead")]
    Denied(String),
    /// No answer in time.
    #[error("the keychain did not answer within {} s: unlock it and try again, or use env, command or file instead", PATIENCE.as_secs())]
    Slow,
    /// Keychains keep one short line.
    #[error("a keychain item must be one line of at most {MAX_BYTES} bytes: use command or file instead")]
    Unfit,
}

/// Whether a keychain can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeychainState {
    /// It answers.
    Available,
    /// It is there but locked.
    Locked,
    /// None runs here.
    Absent,
    /// It does not let us read, or does not answer.
    Denied,
}

impl KeychainState {
    /// A stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Locked => "locked",
            Self::Absent => "none",
            Self::Denied => "denied",
        }
    }
}

/// A keychain as the owning thread sees it.
pub trait Store: Send {
    /// The item's secret.
    ///
    /// # Errors
    /// [`KeychainFault::Missing`] when there is no such item, else what is in the way.
    fn get(&mut self, service: &str, item: &str) -> Result<SecretString, KeychainFault>;

    /// Keeps a secret.
    ///
    /// # Errors
    /// What is in the way.
    fn set(&mut self, service: &str, item: &str, secret: &SecretString) -> Result<(), KeychainFault>;

    /// Forgets an item.
    ///
    /// # Errors
    /// [`KeychainFault::Missing`] when there is no such item, else what is in the way.
    fn delete(&mut self, service: &str, item: &str) -> Result<(), KeychainFault>;
}

type Errand = Box<dyn FnOnce(&mut dyn Store) + Send>;

/// The keychain of one workspace.
#[derive(Clone)]
pub struct Keychain {
    service: String,
    errands: mpsc::Sender<Errand>,
    /// How often it was found locked.
    refusals: Arc<AtomicUsize>,
    patience: Duration,
}

impl Keychain {
    /// The system's keychain, for the items of one workspace. Nothing is opened before it is asked for.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn system(workspace: Uuid) -> std::io::Result<Self> {
        Self::over(SystemStore::default(), workspace)
    }

    /// A keychain over any store.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn over(mut store: impl Store + 'static, workspace: Uuid) -> std::io::Result<Self> {
        let (errands, asked) = mpsc::channel::<Errand>();
        thread::Builder::new().name("keychain".to_owned()).spawn(move || {
            for errand in asked {
                errand(&mut store);
            }
        })?;
        Ok(Self { service: format!("fairlead/{workspace}"), errands, refusals: Arc::default(), patience: PATIENCE })
    }

    /// The same with other patience.
    #[must_use]
    pub const fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The secret of `item`.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn get(&self, item: &str) -> Result<SecretString, KeychainFault> {
        let (service, item) = (self.service.clone(), item.to_owned());
        self.ask(move |store| store.get(&service, &item)).await
    }

    /// Keeps `secret` as `item`, in place of what was there.
    ///
    /// # Errors
    /// Why it was not kept.
    pub async fn set(&self, item: &str, secret: SecretString) -> Result<(), KeychainFault> {
        let text = secret.expose_secret();
        if text.len() > MAX_BYTES || text.contains(['\n', '\r', '\0']) {
            return Err(KeychainFault::Unfit);
        }
        let (service, item) = (self.service.clone(), item.to_owned());
        self.ask(move |store| store.set(&service, &item, &secret)).await
    }

    /// Forgets `item`; one that is not there is forgotten.
    ///
    /// # Errors
    /// Why it is still there.
    pub async fn delete(&self, item: &str) -> Result<(), KeychainFault> {
        let (service, item) = (self.service.clone(), item.to_owned());
        match self.ask(move |store| store.delete(&service, &item)).await {
            Err(KeychainFault::Missing) => Ok(()),
            deleted => deleted,
        }
    }

    /// Whether a keychain can be used, found by asking for an item that nobody made.
    pub async fn probe(&self) -> KeychainState {
        match self.get("probe").await {
            Ok(_) | Err(KeychainFault::Missing) => KeychainState::Available,
            Err(KeychainFault::Locked) => KeychainState::Locked,
            Err(KeychainFault::Absent) => KeychainState::Absent,
            Err(KeychainFault::Denied(_) | KeychainFault::Slow | KeychainFault::Unfit) => KeychainState::Denied,
        }
    }

    async fn ask<T: Send + 'static>(
        &self,
        errand: impl FnOnce(&mut dyn Store) -> Result<T, KeychainFault> + Send + 'static,
    ) -> Result<T, KeychainFault> {
        let (answer, answered) = oneshot::channel();
        let refusals = Arc::clone(&self.refusals);
        let before = refusals.load(Ordering::SeqCst);
        let errand: Errand = Box::new(move |store| {
            // Whoever gave up waiting does not need the errand any more.
            if answer.is_closed() {
                return;
            }
            // Who did not unlock it for one is not asked again for each other that waited meanwhile.
            let found =
                if refusals.load(Ordering::SeqCst) == before { errand(store) } else { Err(KeychainFault::Locked) };
            if matches!(found, Err(KeychainFault::Locked)) {
                refusals.fetch_add(1, Ordering::SeqCst);
            }
            if answer.send(found).is_err() {
                tracing::debug!("a keychain answer came too late");
            }
        });
        let ended = |_| KeychainFault::Denied("its thread ended".to_owned());
        self.errands.send(errand).map_err(|_| KeychainFault::Denied("its thread ended".to_owned()))?;
        match tokio::time::timeout(self.patience, answered).await {
            Ok(answer) => answer.map_err(ended)?,
            Err(_) => Err(KeychainFault::Slow),
        }
    }
}
