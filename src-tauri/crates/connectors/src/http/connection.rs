//! The connection: certificates, proxy, timeouts.

use std::path::{Path, PathBuf};
use std::time::Duration;

use fairlead_domain::secret::SecretRef;
use reqwest::tls::{Certificate, Identity};
use reqwest::{Client, Proxy, Url};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tokio::sync::Mutex;

use super::Secrets;
use super::address::{host_of, is_loopback};
use super::reference::{TextOrSecret, WAYS, exposed, issue, may_change, secret, useless};
use super::resolve::PublicNames;
use crate::{ConfigIssue, ConnectorError};

/// How long opening a connection may take.
pub(super) const CONNECT: Duration = Duration::from_secs(10);

/// How long an answer may take from the request to its last byte, unless configured.
const TOTAL_SECS: u64 = 120;

/// Requests at once are few, so are the connections worth keeping.
const IDLE_CONNECTIONS: usize = 2;

/// The configured way to the source. The client is made at the first request, because secrets are read no earlier.
#[derive(Debug)]
pub(super) struct Connection {
    authorities: Vec<Certificate>,
    identity: Option<ClientCertificate>,
    proxy: Option<TextOrSecret>,
    folder: PathBuf,
    total: Duration,
    client: Mutex<Option<Client>>,
}

#[derive(Debug)]
struct ClientCertificate {
    certificate: TextOrSecret,
    key: SecretRef,
}

impl Connection {
    /// Reads the settings `tls`, `proxy` and `timeout_secs`; paths are relative to `folder`.
    pub(super) fn read(settings: &Value, folder: &Path) -> Result<Self, ConfigIssue> {
        let tls = settings.get("tls").unwrap_or(&Value::Null);
        let secs = settings.get("timeout_secs").and_then(Value::as_u64).unwrap_or(TOTAL_SECS);
        Ok(Self {
            authorities: read_authorities(tls.get("ca"), folder)?,
            identity: read_identity(tls)?,
            proxy: settings.get("proxy").filter(|proxy| !proxy.is_null()).map(read_proxy).transpose()?,
            folder: folder.to_owned(),
            total: Duration::from_secs(secs.max(1)),
            client: Mutex::new(None),
        })
    }

    /// How long an answer may take from the request to its last byte.
    pub(super) const fn total(&self) -> Duration {
        self.total
    }

    /// Whether a client certificate is configured.
    pub(super) const fn has_identity(&self) -> bool {
        self.identity.is_some()
    }

    /// Whether reading its secrets and files again can help.
    pub(super) fn may_change(&self) -> bool {
        let identity = self.identity.as_ref().is_some_and(|identity| {
            may_change(&identity.key) || identity.certificate.reference().is_none_or(may_change)
        });
        identity || self.proxy.as_ref().and_then(TextOrSecret::reference).is_some_and(may_change)
    }

    /// The client, made at first use, and again when `fresh` and a secret of it may have changed.
    pub(super) async fn client(
        &self,
        base: &Url,
        secrets: &dyn Secrets,
        fresh: bool,
    ) -> Result<Client, ConnectorError> {
        let mut kept = self.client.lock().await;
        match kept.as_ref() {
            Some(client) if !(fresh && self.may_change()) => Ok(client.clone()),
            _ => {
                let client = self.make(base, secrets, fresh).await?;
                *kept = Some(client.clone());
                Ok(client)
            }
        }
    }

    async fn make(&self, base: &Url, secrets: &dyn Secrets, fresh: bool) -> Result<Client, ConnectorError> {
        let mut builder = Client::builder()
            .user_agent(concat!("Fairlead/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(CONNECT)
            .pool_max_idle_per_host(IDLE_CONNECTIONS)
            .dns_resolver(PublicNames);
        if !self.authorities.is_empty() {
            builder = builder.tls_certs_merge(self.authorities.iter().cloned());
        }
        if let Some(identity) = &self.identity {
            builder = builder.identity(self.identity_of(identity, base, secrets, fresh).await?);
        }
        builder = match &self.proxy {
            Some(setting) => builder.proxy(proxy_of(setting, secrets, fresh).await?),
            // A proxy of the environment is for the world outside.
            None if is_loopback(base) => builder.no_proxy(),
            None => builder,
        };
        builder.build().map_err(|_| ConnectorError::Tls {
            host: host_of(base),
            reason: if self.identity.is_some() {
                "the client certificate in tls.cert does not go with tls.key, or the machine's certificates cannot be read"
                    .into()
            } else {
                "the machine's trusted certificates cannot be read".into()
            },
        })
    }

    async fn identity_of(
        &self,
        identity: &ClientCertificate,
        base: &Url,
        secrets: &dyn Secrets,
        fresh: bool,
    ) -> Result<Identity, ConnectorError> {
        let certificate =
            match &identity.certificate {
                TextOrSecret::Text(path) => {
                    let read = tokio::fs::read_to_string(self.folder.join(path)).await;
                    SecretString::from(read.map_err(|error| ConnectorError::File {
                        path: path.clone(),
                        reason: error.kind().to_string(),
                    })?)
                }
                TextOrSecret::Secret(reference) => secrets.reveal(reference, fresh).await?,
            };
        let key = secrets.reveal(&identity.key, fresh).await?;
        let pem = SecretString::from(format!("{}\n{}\n", lines(&certificate), lines(&key)));
        Identity::from_pem(pem.expose_secret().as_bytes()).map_err(|_| ConnectorError::Tls {
            host: host_of(base),
            reason: "tls.cert and tls.key do not hold a certificate and a private key in PEM".into(),
        })
    }
}

/// A PEM text in lines: keychains and variables often keep it as one line with `\n` written out.
fn lines(pem: &SecretString) -> String {
    exposed(pem).replace("\\n", "\n")
}

fn read_authorities(value: Option<&Value>, folder: &Path) -> Result<Vec<Certificate>, ConfigIssue> {
    let Some(path) = value.and_then(Value::as_str) else { return Ok(Vec::new()) };
    let at = &["tls", "ca"];
    let pem = std::fs::read(folder.join(path))
        .map_err(|error| issue(at, format!("the file {path} cannot be read: {}", error.kind()), None))?;
    let certificates = Certificate::from_pem_bundle(&pem).unwrap_or_default();
    if certificates.is_empty() {
        return Err(issue(at, format!("the file {path} holds no certificate in PEM"), None));
    }
    Ok(certificates)
}

fn read_identity(tls: &Value) -> Result<Option<ClientCertificate>, ConfigIssue> {
    match (tls.get("cert"), tls.get("key")) {
        (None, None) => Ok(None),
        (Some(certificate), Some(key)) => Ok(Some(ClientCertificate {
            certificate: TextOrSecret::read(certificate, &["tls", "cert"])?,
            key: secret(key, &["tls", "key"])?,
        })),
        (Some(_), None) => Err(issue(&["tls", "key"], "tls.cert needs its private key", Some(WAYS))),
        (None, Some(_)) => Err(issue(&["tls", "cert"], "tls.key needs its certificate", Some(WAYS))),
    }
}

fn read_proxy(value: &Value) -> Result<TextOrSecret, ConfigIssue> {
    let setting = TextOrSecret::read(value, &["proxy"])?;
    if let TextOrSecret::Text(text) = &setting {
        let url = parse_proxy(text).map_err(|reason| issue(&["proxy"], reason, None))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(issue(&["proxy"], "the proxy's address holds a user name or password", Some(WAYS)));
        }
    }
    Ok(setting)
}

fn parse_proxy(text: &str) -> Result<Url, &'static str> {
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h") && url.has_host())
        .ok_or("a proxy is written http://HOST:PORT, https://…, socks5://… or socks5h://…")
}

async fn proxy_of(setting: &TextOrSecret, secrets: &dyn Secrets, fresh: bool) -> Result<Proxy, ConnectorError> {
    let unusable = |reason: &str| match setting.reference() {
        Some(reference) => useless(reference, reason),
        None => ConnectorError::Network { host: "the proxy".into(), reason: reason.to_owned() },
    };
    let text = setting.reveal(secrets, fresh).await?;
    let url = parse_proxy(exposed(&text)).map_err(unusable)?;
    Proxy::all(url).map_err(|_| unusable("it is no address of a proxy"))
}
