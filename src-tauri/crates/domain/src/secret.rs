//! References to secrets. A secret itself never enters the configuration, the database or a log.

use serde::{Deserialize, Serialize};

/// Where a secret is kept: one of the four ways of workspace.md.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SecretRef {
    /// An environment variable.
    Env(String),
    /// An item of the operating system's keychain.
    Keychain(String),
    /// A command whose first line of output is the secret.
    Command(String),
    /// A file whose content, without the last line break, is the secret.
    File(String),
}

impl std::fmt::Display for SecretRef {
    /// Names the place, never the secret, for example `env PAGERDUTY_TOKEN`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Env(name) => write!(f, "environment variable {name}"),
            Self::Keychain(name) => write!(f, "keychain item {name}"),
            Self::Command(_) => write!(f, "the configured command"),
            Self::File(path) => write!(f, "file {path}"),
        }
    }
}
