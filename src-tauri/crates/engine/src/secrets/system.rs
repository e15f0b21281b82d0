//! The platform's keychain.

use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error};
use secrecy::{ExposeSecret, SecretString};

use super::keychain::{KeychainFault, Store};

/// The platform's store, opened when it is asked for first. One that came late is found by the next who asks, and one that
/// began anew meanwhile is opened again.
#[derive(Default)]
pub(super) struct SystemStore(Option<Arc<CredentialStore>>);

impl SystemStore {
    fn with<T>(
        &mut self,
        service: &str,
        item: &str,
        work: impl Fn(&Entry) -> keyring_core::Result<T>,
    ) -> Result<T, KeychainFault> {
        let known = self.0.is_some();
        match self.once(service, item, &work)? {
            // What was agreed on with the one before holds no more.
            Err(Error::PlatformFailure(_)) if known => {
                self.0 = None;
                self.once(service, item, &work)?.map_err(fault)
            }
            outcome => outcome.map_err(fault),
        }
    }

    fn once<T>(
        &mut self,
        service: &str,
        item: &str,
        work: impl Fn(&Entry) -> keyring_core::Result<T>,
    ) -> Result<keyring_core::Result<T>, KeychainFault> {
        let store = match &self.0 {
            Some(store) => store,
            None => self.0.insert(open().map_err(|_| KeychainFault::Absent)?),
        };
        Ok(store.build(service, item, None).and_then(|entry| work(&entry)))
    }
}

impl Store for SystemStore {
    fn get(&mut self, service: &str, item: &str) -> Result<SecretString, KeychainFault> {
        self.with(service, item, Entry::get_password).map(SecretString::from)
    }

    fn set(&mut self, service: &str, item: &str, secret: &SecretString) -> Result<(), KeychainFault> {
        self.with(service, item, |entry| entry.set_password(secret.expose_secret()))
    }

    fn delete(&mut self, service: &str, item: &str) -> Result<(), KeychainFault> {
        self.with(service, item, Entry::delete_credential)
    }
}

#[cfg(target_os = "macos")]
fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(windows)]
fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(all(unix, not(target_os = "macos")))]
fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

/// Some of the library's errors carry the secret's bytes: only words of ours go on, and what the platform says of
/// itself.
fn fault(error: Error) -> KeychainFault {
    match error {
        Error::NoEntry => KeychainFault::Missing,
        Error::NoStorageAccess(_) => KeychainFault::Locked,
        Error::NoDefaultStore => KeychainFault::Absent,
        Error::PlatformFailure(reason) => KeychainFault::Denied(reason.to_string()),
        Error::TooLong(..) => KeychainFault::Unfit,
        Error::Ambiguous(_) => KeychainFault::Denied("there are several such items".to_owned()),
        Error::BadEncoding(_) | Error::BadDataFormat(..) => KeychainFault::Denied("the item is no text".to_owned()),
        _ => KeychainFault::Denied("it failed".to_owned()),
    }
}
