//! Redirects: followed by hand, within one origin, so that credentials never travel.

use reqwest::Url;
use reqwest::header::HeaderValue;

use super::address::{host_of, redirected};
use super::fault::Failure;
use crate::ConnectorError;

/// Most redirects of one request.
pub(super) const MOST: usize = 3;

/// Parts of hosts and paths that speak of signing in.
const SIGN_IN: &[&str] = &[
    "login",
    "logon",
    "signin",
    "sign-in",
    "sign_in",
    "sso",
    "saml",
    "oauth",
    "openid",
    "oidc",
    "auth",
    "adfs",
    "idp",
    "okta",
    "accounts.",
    "microsoftonline",
    "session",
];

/// Whether the status sends the asker elsewhere.
pub(super) const fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// Where to go on after a redirect from `from`.
///
/// # Errors
/// Another origin is never followed: a sign-in page is called one, anything else asks for the right address. A `POST`
/// goes on only where its form goes along (307, 308).
pub(super) fn next(from: &Url, status: u16, location: Option<&HeaderValue>, post: bool) -> Result<Url, Failure> {
    let upstream = |reason: String| ConnectorError::Upstream { host: host_of(from), status, reason };
    let Some(to) = location.and_then(|location| redirected(from, location)) else {
        return Err(Failure::last(upstream("it redirects without saying where".into())));
    };
    let elsewhere = to.origin() != from.origin();
    let stays = !post || matches!(status, 307 | 308);
    if !elsewhere && stays {
        return Ok(to);
    }
    if speaks_of_sign_in(&to) {
        return Err(Failure::of_credentials(ConnectorError::SignInPage { host: host_of(&to) }));
    }
    if elsewhere {
        let target = format!("{}://{}", to.scheme(), host_of(&to));
        let reason = format!("it redirects to {target}, which is not followed: if that is right, write it as url");
        return Err(Failure::of_credentials(upstream(reason)));
    }
    Err(Failure::last(upstream("it redirects a query: write the final address as url".into())))
}

fn speaks_of_sign_in(url: &Url) -> bool {
    let place = format!("{}{}", url.host_str().unwrap_or_default(), url.path()).to_ascii_lowercase();
    SIGN_IN.iter().any(|part| place.contains(part))
}

/// The failure of a request that was redirected too often.
pub(super) fn too_many(from: &Url, status: u16) -> Failure {
    let reason = format!("it redirected more than {MOST} times");
    Failure::last(ConnectorError::Upstream { host: host_of(from), status, reason })
}
