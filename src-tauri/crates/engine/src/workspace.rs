//! A workspace: one folder with the configuration and the two databases.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use fairlead_connectors::Kind;
use fairlead_connectors::http::Secrets;
use fairlead_domain::time::{FixedClock, SystemClock};
use fairlead_domain::{Clock, Timestamp};
use fairlead_store::synced::SourceId;
use fairlead_store::{Authored, Mode, Synced};
use uuid::Uuid;

use crate::EngineError;
use crate::config::{Config, SourceConfig};
use crate::secrets::SecretReader;
use crate::secrets::keychain::Keychain;
use crate::views::freshness::Plan;

/// The setting that holds the demo's clock; set only where the demo was loaded.
pub const DEMO_CLOCK: &str = "demo.clock";

/// What a workspace is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Nothing is written; the folder may be read-only.
    Read,
    /// Databases are made or brought up to date.
    Write,
}

/// An open workspace.
pub struct Workspace {
    /// Its folder.
    pub dir: PathBuf,
    /// Its identity, made once.
    pub id: Uuid,
    /// What `fairlead.toml` says.
    pub config: Config,
    /// What connectors brought.
    pub synced: Synced,
    /// What people wrote.
    pub authored: Authored,
    /// Where "now" comes from: the machine, or the demo's clock.
    pub clock: Arc<dyn Clock>,
    /// The demo's clock, where this is the demo.
    pub demo_clock: Option<FixedClock>,
    /// Where secrets are read.
    pub secrets: Arc<dyn Secrets>,
    /// Where secrets that are typed are kept.
    pub keychain: Keychain,
    /// The kinds of sources that the configuration may name.
    pub kinds: &'static [Kind],
    plan: OnceLock<Plan>,
}

impl Workspace {
    /// Opens the workspace in `dir`.
    ///
    /// # Errors
    /// [`EngineError::NoWorkspace`] without a configuration, [`EngineError::Config`] for one with faults, and what the
    /// databases say.
    pub async fn open(dir: &Path, access: Access) -> Result<Self, EngineError> {
        Self::open_with(dir, access, fairlead_connectors::kinds()).await
    }

    /// Opens the workspace in `dir`, whose sources are of these kinds.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_with(dir: &Path, access: Access, kinds: &'static [Kind]) -> Result<Self, EngineError> {
        if !dir.join(crate::config::FILE).exists() {
            return Err(EngineError::NoWorkspace { path: dir.to_path_buf() });
        }
        let config = Config::load(dir, kinds).map_err(|faults| EngineError::Config { faults: faults.0 })?;
        let now = SystemClock.now();
        let mode = match access {
            Access::Read if fairlead_store::Database::Synced.path(dir).exists() => Mode::ReadOnly,
            Access::Read | Access::Write => Mode::ReadWrite,
        };
        let synced = Synced::open(dir, mode, now).await?;
        let authored = Authored::open(dir, mode, now).await?;
        let id = synced.workspace_id();
        let demo_clock = demo_clock(&authored).await?;
        let clock: Arc<dyn Clock> = match &demo_clock {
            Some(clock) => Arc::new(clock.clone()),
            None => Arc::new(SystemClock),
        };
        let keychain =
            Keychain::system(id).map_err(|source| EngineError::Folder { path: dir.to_path_buf(), source })?;
        let secrets = Arc::new(SecretReader::new(dir.to_path_buf(), keychain.clone(), Arc::clone(&clock)));
        let dir = dir.to_path_buf();
        let plan = OnceLock::new();
        Ok(Self { dir, id, config, synced, authored, clock, demo_clock, secrets, keychain, kinds, plan })
    }

    /// The same workspace under another configuration. Both share the open databases.
    #[must_use]
    pub fn under(&self, config: Config) -> Self {
        Self {
            dir: self.dir.clone(),
            id: self.id,
            config,
            synced: self.synced.clone(),
            authored: self.authored.clone(),
            clock: Arc::clone(&self.clock),
            demo_clock: self.demo_clock.clone(),
            secrets: Arc::clone(&self.secrets),
            keychain: self.keychain.clone(),
            kinds: self.kinds,
            plan: OnceLock::new(),
        }
    }

    /// The configured source named `name`.
    ///
    /// # Errors
    /// [`EngineError::Unknown`] with the names there are.
    pub fn source(&self, name: &str) -> Result<&SourceConfig, EngineError> {
        self.config.source(name).ok_or_else(|| {
            let names: Vec<&str> = self.config.sources.iter().map(|s| s.name.as_str()).collect();
            let hint = format!("sources are {}", names.join(", "));
            EngineError::Unknown { what: "source", name: name.to_owned(), hint: (!names.is_empty()).then_some(hint) }
        })
    }

    /// Writes both databases back into their files and closes them.
    ///
    /// # Errors
    /// What keeps them from being written back.
    pub async fn close(&self) -> Result<(), EngineError> {
        self.synced.close().await?;
        self.authored.close().await?;
        Ok(())
    }

    /// The streams of every source; worked out once.
    pub(crate) fn plan(&self) -> Plan {
        self.plan.get_or_init(|| Plan::of(self)).clone()
    }

    /// The stored row of a configured source, made when it is new.
    pub(crate) async fn synced_source(&self, config: &SourceConfig) -> Result<SourceId, EngineError> {
        let (name, kind, now) = (config.name.clone(), config.kind.clone(), self.clock.now());
        Ok(self.synced.write(move |w| w.ensure_source(&name, &kind, now)).await?)
    }
}

async fn demo_clock(authored: &Authored) -> Result<Option<FixedClock>, EngineError> {
    let now = SystemClock.now();
    let settings = authored.read(move |reader| reader.settings(now)).await?;
    let value = settings.into_iter().find(|(key, _, _)| key == DEMO_CLOCK).map(|(_, _, value)| value);
    let at = value.as_ref().and_then(|value| value.as_str()).map(Timestamp::parse_rfc3339).transpose();
    let at = at.map_err(|_| EngineError::Usage { message: format!("the setting {DEMO_CLOCK} is no instant") })?;
    Ok(at.map(FixedClock::at))
}

/// Where a workspace lies when nothing else is said: the platform's folder for an app's data.
#[must_use]
pub fn default_folder() -> Option<PathBuf> {
    let home = || std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from);
    let base = if cfg!(target_os = "macos") {
        home()?.join("Library/Application Support")
    } else if cfg!(windows) {
        PathBuf::from(std::env::var_os("APPDATA")?)
    } else {
        let given = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|dir| dir.is_absolute());
        given.or_else(|| Some(home()?.join(".local/share")))?
    };
    Some(base.join("fairlead"))
}
