//! Why a request did not become an answer, in plain words.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use rustls::{AlertDescription, CertificateError, Error as TlsError};

use super::connection::CONNECT;
use super::resolve::Unresolved;
use super::retry::Again;
use crate::ConnectorError;

/// A request that came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    /// What the caller is told.
    pub(super) error: ConnectorError,
    /// Whether and when it is worth another try.
    pub(super) again: Again,
    /// Whether other credentials might have made the difference.
    pub(super) credentials: bool,
}

impl Failure {
    /// A failure that another try would only repeat.
    pub(super) const fn last(error: ConnectorError) -> Self {
        Self { error, again: Again::Never, credentials: false }
    }

    /// A failure that other credentials might heal.
    pub(super) const fn of_credentials(error: ConnectorError) -> Self {
        Self { error, again: Again::Never, credentials: true }
    }

    /// A failure that may pass by itself.
    pub(super) const fn passing(error: ConnectorError, again: Again) -> Self {
        Self { error, again, credentials: false }
    }

    /// No answer within `limit`. Asked once more only: a question that takes this long weighs on the upstream.
    pub(super) fn timeout(host: &str, limit: Duration) -> Self {
        Self::passing(ConnectorError::Timeout { host: host.to_owned(), secs: limit.as_secs() }, Again::Once)
    }
}

impl From<ConnectorError> for Failure {
    fn from(error: ConnectorError) -> Self {
        Self::last(error)
    }
}

/// Reads a failure of the connection. Only the kinds of its causes are used: their words may quote addresses.
pub(super) fn of(error: &reqwest::Error, host: &str) -> Failure {
    let host = host.to_owned();
    if let Some(tls) = causes(error).find_map(|cause| cause.downcast_ref::<TlsError>()) {
        return Failure::last(ConnectorError::Tls { host, reason: tls_reason(tls).to_owned() });
    }
    if let Some(name) = causes(error).find_map(|cause| cause.downcast_ref::<Unresolved>()) {
        return Failure::last(ConnectorError::Network { host, reason: name.to_string() });
    }
    if error.is_timeout() {
        return Failure::timeout(&host, CONNECT);
    }
    let kind = causes(error).find_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind);
    let reason = match kind {
        Some(io::ErrorKind::ConnectionRefused) => "nothing listens there (connection refused)",
        Some(io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown) => {
            "there is no way to it: check the network, the VPN and the proxy"
        }
        // A balancer that restarts resets even new connections.
        Some(io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted) => return broken_off(host),
        _ if error.is_connect() => "the connection could not be opened: check the address and the proxy",
        _ => return broken_off(host),
    };
    Failure::last(ConnectorError::Network { host, reason: reason.to_owned() })
}

fn broken_off(host: String) -> Failure {
    let reason = "the connection broke off before the answer was whole".to_owned();
    Failure::passing(ConnectorError::Network { host, reason }, Again::Later)
}

/// An error and everything behind it. An I/O error hides what it wraps from `source`.
fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| {
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|inner| inner as &(dyn StdError + 'static)).or_else(|| error.source())
    })
}

fn tls_reason(error: &TlsError) -> &'static str {
    match error {
        TlsError::InvalidCertificate(fault) => certificate_reason(fault),
        TlsError::AlertReceived(alert) => alert_reason(*alert),
        TlsError::InvalidMessage(_) => {
            "it does not speak TLS on this port: check the address, or whether it is http://"
        }
        TlsError::PeerIncompatible(_) => "it offers no TLS that is safe (1.2 or 1.3 is needed)",
        TlsError::NoCertificatesPresented => "it shows no certificate",
        _ => "the TLS handshake failed",
    }
}

fn certificate_reason(fault: &CertificateError) -> &'static str {
    match fault {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "its certificate has expired: it must be renewed there (or this machine's clock is wrong)"
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "its certificate is not valid yet: check this machine's clock"
        }
        CertificateError::UnknownIssuer => {
            "its certificate comes from an authority that this machine does not trust: name the authority's file as tls.ca"
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "its certificate is for another name: check the host in url"
        }
        CertificateError::Revoked => "its certificate was revoked",
        _ => "its certificate is not acceptable",
    }
}

const fn alert_reason(alert: AlertDescription) -> &'static str {
    match alert {
        AlertDescription::CertificateRequired => "it asks for a client certificate: set tls.cert and tls.key",
        AlertDescription::BadCertificate
        | AlertDescription::UnsupportedCertificate
        | AlertDescription::CertificateRevoked
        | AlertDescription::CertificateExpired
        | AlertDescription::CertificateUnknown
        | AlertDescription::UnknownCA
        | AlertDescription::AccessDenied => "it refused our client certificate: check tls.cert and tls.key",
        AlertDescription::ProtocolVersion | AlertDescription::InsufficientSecurity => {
            "it offers no TLS that is safe (1.2 or 1.3 is needed)"
        }
        AlertDescription::HandshakeFailure => {
            "it broke off the TLS handshake: it may ask for a client certificate (tls.cert, tls.key)"
        }
        AlertDescription::UnrecognisedName => "it does not know the host name: check the host in url",
        _ => "it broke off the TLS handshake",
    }
}
