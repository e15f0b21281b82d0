//! Why a source could not be read or configured.

use thiserror::Error;

/// Why a page could not be read. Messages name what happened, to what, and what to do; they never hold a secret, a
/// query string or a body.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ConnectorError {
    /// The credentials were refused.
    #[error("{host} refused the credentials (HTTP {status}): check the token and its rights")]
    Auth {
        /// Host asked.
        host: String,
        /// HTTP status.
        status: u16,
    },
    /// A page for people came where data was due.
    #[error("this is a sign-in page at {host}: the token expired, or the proxy wants a browser session")]
    SignInPage {
        /// Host that answered.
        host: String,
    },
    /// The credentials are good but do not reach this.
    #[error("{host} forbids reading {what} (HTTP 403): {lost}")]
    Forbidden {
        /// Host asked.
        host: String,
        /// What was asked for.
        what: String,
        /// What is lost without it.
        lost: String,
    },
    /// The secret itself could not be read.
    #[error("the secret in {place} could not be read: {reason}")]
    Secret {
        /// Where it should be.
        place: String,
        /// Why it could not be read.
        reason: String,
    },
    /// The upstream asks to be left alone.
    #[error("{host} asks to wait{}", retry_after_secs.map(|s| format!(" {s} s")).unwrap_or_default())]
    RateLimited {
        /// Host asked.
        host: String,
        /// For how long, when it says so.
        retry_after_secs: Option<u64>,
    },
    /// The window holds more than the upstream gives at once.
    #[error("{host} cannot answer for so large a window: {reason}")]
    TooLarge {
        /// Host asked.
        host: String,
        /// What it said.
        reason: String,
    },
    /// The upstream cannot be reached.
    #[error("{host} cannot be reached: {reason}")]
    Network {
        /// Host asked.
        host: String,
        /// Why.
        reason: String,
    },
    /// The upstream's certificate, or ours, was refused.
    #[error("no trusted connection to {host}: {reason}")]
    Tls {
        /// Host asked.
        host: String,
        /// Why.
        reason: String,
    },
    /// No answer in time.
    #[error("{host} did not answer within {secs} s")]
    Timeout {
        /// Host asked.
        host: String,
        /// How long it was waited for.
        secs: u64,
    },
    /// The upstream answered with a fault of its own.
    #[error("{host} failed (HTTP {status}): {reason}")]
    Upstream {
        /// Host asked.
        host: String,
        /// HTTP status.
        status: u16,
        /// The upstream's own words, cleaned and cut.
        reason: String,
    },
    /// The answer is not what the interface promises.
    #[error("{host} answered something else than {expected}: {reason}")]
    Decode {
        /// Host or file.
        host: String,
        /// What was due.
        expected: String,
        /// Where it went wrong.
        reason: String,
    },
    /// The answer is larger than is accepted.
    #[error("{host} sent more than {limit_mib} MiB: narrow the source, or split it")]
    BodyTooLarge {
        /// Host or file.
        host: String,
        /// The limit in MiB.
        limit_mib: u64,
    },
    /// A file could not be read.
    #[error("{path} cannot be read: {reason}")]
    File {
        /// Which file.
        path: String,
        /// Why.
        reason: String,
    },
}

impl ConnectorError {
    /// A stable code that consumers switch on.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Auth { .. } => "auth",
            Self::SignInPage { .. } => "sign_in_page",
            Self::Forbidden { .. } => "forbidden",
            Self::Secret { .. } => "secret_unreadable",
            Self::RateLimited { .. } => "rate_limited",
            Self::TooLarge { .. } => "too_large",
            Self::Network { .. } => "network",
            Self::Tls { .. } => "tls",
            Self::Timeout { .. } => "timeout",
            Self::Upstream { .. } => "upstream",
            Self::Decode { .. } => "decode",
            Self::BodyTooLarge { .. } => "body_too_large",
            Self::File { .. } => "file",
        }
    }

    /// Codes of what every stream of a source will meet, so that asking further is pointless until something changes.
    pub const STOPPING: [&'static str; 4] = ["auth", "sign_in_page", "secret_unreadable", "tls"];

    /// Whether it is one of [`Self::STOPPING`].
    #[must_use]
    pub fn stops_source(&self) -> bool {
        Self::STOPPING.contains(&self.code())
    }
}

/// A value of the configuration that a connector cannot work with.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct ConfigIssue {
    /// Where, as keys from the source's table on, for example `["auth", "bearer"]`.
    pub path: Vec<String>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
}
