//! The one HTTP client of all connectors: authentication, limits, retries, size caps.

use async_trait::async_trait;
use fairlead_domain::secret::SecretRef;
use secrecy::SecretString;

use crate::ConnectorError;

/// Where secrets are read. The engine implements it over the environment, files, commands and the keychain.
#[async_trait]
pub trait Secrets: Send + Sync {
    /// The secret that `reference` points to. `fresh` forbids a remembered value: the last one was refused.
    ///
    /// # Errors
    /// [`ConnectorError::Secret`] with the place and the reason, never the value.
    async fn reveal(&self, reference: &SecretRef, fresh: bool) -> Result<SecretString, ConnectorError>;
}
