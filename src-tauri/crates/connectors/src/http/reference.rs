//! Settings that are a secret's reference, or text in its place.

use fairlead_domain::secret::SecretRef;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::Secrets;
use crate::{ConfigIssue, ConnectorError};

/// The four ways to name a secret, for hints.
pub(super) const WAYS: &str = "write { env = \"…\" }, { keychain = \"…\" }, { command = \"…\" } or { file = \"…\" }";

/// Text of the configuration, or a reference to a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TextOrSecret {
    Text(String),
    Secret(SecretRef),
}

impl TextOrSecret {
    /// Reads a setting; `path` is where it stands.
    pub(super) fn read(value: &Value, path: &[&str]) -> Result<Self, ConfigIssue> {
        match value {
            Value::String(text) => Ok(Self::Text(text.trim().to_owned())),
            other => secret(other, path).map(Self::Secret),
        }
    }

    /// The secret behind it, if it is one.
    pub(super) const fn reference(&self) -> Option<&SecretRef> {
        match self {
            Self::Text(_) => None,
            Self::Secret(reference) => Some(reference),
        }
    }

    /// The text, or the secret as it is now.
    pub(super) async fn reveal(&self, secrets: &dyn Secrets, fresh: bool) -> Result<SecretString, ConnectorError> {
        match self {
            Self::Text(text) => Ok(SecretString::from(text.as_str())),
            Self::Secret(reference) => secrets.reveal(reference, fresh).await,
        }
    }
}

/// Reads a setting that must be a reference to a secret.
pub(super) fn secret(value: &Value, path: &[&str]) -> Result<SecretRef, ConfigIssue> {
    serde_json::from_value(value.clone()).map_err(|_| issue(path, "a reference to a secret is due here", Some(WAYS)))
}

/// A fault of the configuration at `path`.
pub(super) fn issue(path: &[&str], message: impl Into<String>, hint: Option<&str>) -> ConfigIssue {
    ConfigIssue {
        path: path.iter().map(|&key| key.to_owned()).collect(),
        message: message.into(),
        hint: hint.map(str::to_owned),
    }
}

/// A secret that was read and is of no use. `reason` never quotes it.
pub(super) fn useless(reference: &SecretRef, reason: &str) -> ConnectorError {
    ConnectorError::Secret { place: reference.to_string(), reason: reason.to_owned() }
}

/// Whether asking for the secret again can yield another value: an environment stays as it was.
pub(super) const fn may_change(reference: &SecretRef) -> bool {
    !matches!(reference, SecretRef::Env(_))
}

/// The secret's text, without the blanks around it that copying leaves behind.
pub(super) fn exposed(secret: &SecretString) -> &str {
    secret.expose_secret().trim()
}
