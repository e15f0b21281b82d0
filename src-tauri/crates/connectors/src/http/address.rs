//! The source's address and how paths join it.

use reqwest::Url;
use reqwest::header::HeaderValue;

use super::Secrets;
use super::reference::{TextOrSecret, exposed, issue, useless};
use crate::{ConfigIssue, ConnectorError};

/// Where the source is: known from the start, or a secret itself.
#[derive(Debug, Clone)]
pub(super) struct Address {
    setting: TextOrSecret,
    known: Option<Url>,
}

impl Address {
    /// Reads the setting `url`.
    pub(super) fn read(value: Option<&serde_json::Value>) -> Result<Self, ConfigIssue> {
        let value = value.ok_or_else(|| issue(&["url"], "the address of the source is missing", None))?;
        let setting = TextOrSecret::read(value, &["url"])?;
        let known = match &setting {
            TextOrSecret::Text(text) => Some(parse(text).map_err(|fault| issue(&["url"], fault.message, fault.hint))?),
            TextOrSecret::Secret(_) => None,
        };
        Ok(Self { setting, known })
    }

    /// The setting, to see whether it is a secret.
    pub(super) const fn setting(&self) -> &TextOrSecret {
        &self.setting
    }

    /// The address, unless it is a secret.
    pub(super) const fn known(&self) -> Option<&Url> {
        self.known.as_ref()
    }

    /// The address, read from its secret if it is one.
    pub(super) async fn reveal(&self, secrets: &dyn Secrets, fresh: bool) -> Result<Url, ConnectorError> {
        match (&self.known, self.setting.reference()) {
            (None, Some(reference)) => {
                let secret = secrets.reveal(reference, fresh).await?;
                parse(exposed(&secret)).map_err(|fault| useless(reference, fault.message))
            }
            (Some(url), _) => Ok(url.clone()),
            // A text address is always known.
            (None, None) => Err(ConnectorError::Network { host: "the source".into(), reason: "it has no url".into() }),
        }
    }
}

/// What is wrong with an address; never quotes it.
struct Fault {
    message: &'static str,
    hint: Option<&'static str>,
}

/// `webcal` names no transport: it is read as https, on this machine, where nobody issues certificates, as http.
fn parse(text: &str) -> Result<Url, Fault> {
    let fault = || Fault { message: "this is no web address", hint: Some("begin it with https://") };
    let after = |scheme: &str| {
        text.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme)).map(|_| &text[scheme.len()..])
    };
    let whole = |scheme: &str, rest: &str| Url::parse(&format!("{scheme}://{rest}")).map_err(|_| fault());
    let mut url = match (after("webcal://"), after("webcals://")) {
        (Some(rest), _) => match whole("http", rest)? {
            local if is_loopback(&local) => local,
            _ => whole("https", rest)?,
        },
        (None, Some(rest)) => whole("https", rest)?,
        (None, None) => Url::parse(text).map_err(|_| fault())?,
    };
    if !matches!(url.scheme(), "https" | "http") || !url.has_host() {
        return Err(Fault { message: "this is no web address", hint: Some("begin it with https://") });
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Fault {
            message: "the address holds a user name or password",
            hint: Some("move them to auth = { basic = { user = \"…\", password = { env = \"…\" } } }"),
        });
    }
    url.set_fragment(None);
    Ok(url)
}

/// The address of one request: `path` behind the base's own path, `query` behind the base's own query. A whole address
/// (a link to the next page) is taken when it has the base's origin.
pub(super) fn join(base: &Url, path: &str, query: &[(&str, &str)]) -> Result<Url, ConnectorError> {
    let mut url = if path.starts_with("https://") || path.starts_with("http://") {
        linked(base, path)?
    } else {
        beneath(base, path)?
    };
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    Ok(url)
}

fn linked(base: &Url, link: &str) -> Result<Url, ConnectorError> {
    let url = Url::parse(link).ok().filter(|url| url.origin() == base.origin() && url.username().is_empty());
    url.ok_or_else(|| ConnectorError::Decode {
        host: host_of(base),
        expected: "a link to itself".into(),
        reason: "a link in the answer leads to another place and was not followed".into(),
    })
}

fn beneath(base: &Url, path: &str) -> Result<Url, ConnectorError> {
    let climbs = path.split(['/', '\\']).any(|part| {
        let part = part.to_ascii_lowercase().replace("%2e", ".");
        part == ".." || part == "."
    });
    if climbs {
        return Err(ConnectorError::Decode {
            host: host_of(base),
            expected: "a name that can stand in an address".into(),
            reason: "the name climbs out of its folder".into(),
        });
    }
    let mut url = base.clone();
    if !path.is_empty() {
        let prefix = base.path().trim_end_matches('/');
        url.set_path(&format!("{prefix}/{}", path.trim_start_matches('/')));
    }
    Ok(url)
}

/// Host and, when it is not the scheme's own, port. Safe to show: it never holds a user name, path or query.
pub(super) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or("the source");
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Whether the host is this machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host.eq_ignore_ascii_case("localhost")
        || host.to_ascii_lowercase().ends_with(".localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// The address that a redirect's `Location` means, when it can be read.
pub(super) fn redirected(from: &Url, location: &HeaderValue) -> Option<Url> {
    let location = std::str::from_utf8(location.as_bytes()).ok()?;
    from.join(location).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}
