//! How requests prove who asks.

use fairlead_domain::secret::SecretRef;
use reqwest::RequestBuilder;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use secrecy::SecretString;
use serde_json::Value;

use super::Secrets;
use super::reference::{TextOrSecret, WAYS, exposed, issue, secret, useless};
use crate::{ConfigIssue, ConnectorError};

/// Parts of header names whose values grant access.
const GRANTING: &[&str] = &["auth", "cookie", "token", "key", "secret", "password", "credential", "session", "jwt"];

/// Headers that the client sets itself; another value would break the exchange.
const RESERVED: &[&str] =
    &["host", "connection", "content-length", "transfer-encoding", "te", "upgrade", "trailer", "accept-encoding"];

/// The configured credentials.
#[derive(Debug, Clone, Default)]
pub(super) struct Auth {
    sign_in: SignIn,
    /// The sign-in came from the setting `token`, not from `auth`.
    short: bool,
    headers: Vec<(HeaderName, TextOrSecret)>,
}

#[derive(Debug, Clone, Default)]
enum SignIn {
    #[default]
    None,
    Basic {
        user: String,
        password: SecretRef,
    },
    Token {
        prefix: &'static str,
        secret: SecretRef,
    },
}

/// What stands in front of a token in its header.
const BEARER: &str = "Bearer ";

/// Credentials as they are now, ready to be sent.
pub(super) struct Credentials {
    sign_in: Revealed,
    headers: HeaderMap,
}

enum Revealed {
    None,
    Basic {
        user: String,
        password: SecretString,
    },
    /// The whole value of the header.
    Token(HeaderValue),
}

impl Auth {
    /// Reads the settings `auth` and `token`.
    pub(super) fn read(settings: &Value) -> Result<Self, ConfigIssue> {
        let mut auth = match settings.get("auth") {
            None | Some(Value::Null) => Self::default(),
            Some(Value::String(word)) if word == "none" => Self::default(),
            Some(Value::Object(table)) => Self::read_table(table)?,
            Some(_) => {
                return Err(issue(&["auth"], "auth is \"none\" or a table with basic, bearer or headers", None));
            }
        };
        if let Some(token) = settings.get("token").filter(|token| !token.is_null()) {
            if !matches!(auth.sign_in, SignIn::None) {
                return Err(issue(&["token"], "token and auth both say how to sign in", Some("keep one of them")));
            }
            auth.sign_in = SignIn::Token { prefix: BEARER, secret: secret(token, &["token"])? };
            auth.short = true;
        }
        Ok(auth)
    }

    fn read_table(table: &serde_json::Map<String, Value>) -> Result<Self, ConfigIssue> {
        let mut entries = table.iter();
        let (Some((way, value)), None) = (entries.next(), entries.next()) else {
            return Err(issue(&["auth"], "auth has exactly one of basic, bearer and headers", None));
        };
        match way.as_str() {
            "bearer" => {
                let secret = secret(value, &["auth", "bearer"])?;
                Ok(Self { sign_in: SignIn::Token { prefix: BEARER, secret }, ..Self::default() })
            }
            "basic" => Ok(Self { sign_in: read_basic(value)?, ..Self::default() }),
            "headers" => Ok(Self { headers: read_headers(value)?, ..Self::default() }),
            other => Err(issue(&["auth", other], "auth has exactly one of basic, bearer and headers", None)),
        }
    }

    /// With another word in front of what the setting `token` gives; `auth` stays as it says.
    pub(super) const fn with_token_prefix(mut self, word: &'static str) -> Self {
        if let (true, SignIn::Token { prefix, .. }) = (self.short, &mut self.sign_in) {
            *prefix = word;
        }
        self
    }

    /// Every secret in it.
    pub(super) fn references(&self) -> impl Iterator<Item = &SecretRef> {
        let sign_in = match &self.sign_in {
            SignIn::None => None,
            SignIn::Basic { password, .. } => Some(password),
            SignIn::Token { secret, .. } => Some(secret),
        };
        sign_in.into_iter().chain(self.headers.iter().filter_map(|(_, value)| value.reference()))
    }

    /// Reads the secrets; `fresh` forbids remembered ones.
    pub(super) async fn reveal(&self, secrets: &dyn Secrets, fresh: bool) -> Result<Credentials, ConnectorError> {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let revealed = value.reveal(secrets, fresh).await?;
            headers.insert(name.clone(), header_value(exposed(&revealed), value.reference())?);
        }
        let sign_in = match &self.sign_in {
            SignIn::None => Revealed::None,
            SignIn::Basic { user, password } => {
                Revealed::Basic { user: user.clone(), password: secrets.reveal(password, fresh).await? }
            }
            SignIn::Token { prefix, secret } => {
                let token = secrets.reveal(secret, fresh).await?;
                // Checked here, where the place of the secret is known.
                header_value(exposed(&token), Some(secret))?;
                Revealed::Token(header_value(&format!("{prefix}{}", exposed(&token)), Some(secret))?)
            }
        };
        Ok(Credentials { sign_in, headers })
    }
}

impl Credentials {
    /// Puts the credentials on a request, over whatever stands there.
    pub(super) fn sign(&self, request: RequestBuilder) -> RequestBuilder {
        use secrecy::ExposeSecret as _;
        let request = request.headers(self.headers.clone());
        match &self.sign_in {
            Revealed::None => request,
            Revealed::Basic { user, password } => request.basic_auth(user, Some(password.expose_secret())),
            Revealed::Token(value) => request.header(AUTHORIZATION, value.clone()),
        }
    }
}

fn read_basic(value: &Value) -> Result<SignIn, ConfigIssue> {
    let at = &["auth", "basic"];
    let user = value.get("user").and_then(Value::as_str);
    let user = user.ok_or_else(|| issue(at, "basic needs a user", None))?;
    if user.contains(':') {
        return Err(issue(&["auth", "basic", "user"], "a user name cannot hold a colon here", None));
    }
    let password = value.get("password").ok_or_else(|| issue(at, "basic needs a password", Some(WAYS)))?;
    Ok(SignIn::Basic { user: user.to_owned(), password: secret(password, &["auth", "basic", "password"])? })
}

fn read_headers(value: &Value) -> Result<Vec<(HeaderName, TextOrSecret)>, ConfigIssue> {
    let at = &["auth", "headers"];
    let table = value.as_object().ok_or_else(|| issue(at, "headers is a table of names and values", None))?;
    table.iter().map(|(name, value)| read_header(name, value)).collect()
}

fn read_header(name: &str, value: &Value) -> Result<(HeaderName, TextOrSecret), ConfigIssue> {
    let at = &["auth", "headers", name];
    let header = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| issue(at, format!("\"{name}\" cannot be the name of a header"), None))?;
    if RESERVED.contains(&header.as_str()) {
        return Err(issue(at, format!("the header {name} is set by the connection itself"), Some("remove it")));
    }
    let value = TextOrSecret::read(value, at)?;
    if let TextOrSecret::Text(text) = &value {
        if GRANTING.iter().any(|part| header.as_str().contains(part)) {
            return Err(issue(
                at,
                format!("the header {name} grants access and stands here in plain text"),
                Some(WAYS),
            ));
        }
        if HeaderValue::from_str(text).is_err() {
            return Err(issue(at, format!("the value of {name} has characters that a header cannot carry"), None));
        }
    }
    Ok((header, value))
}

fn header_value(text: &str, reference: Option<&SecretRef>) -> Result<HeaderValue, ConnectorError> {
    let mut value = HeaderValue::from_str(text).map_err(|_| {
        let reason = "it has characters that a header cannot carry, for example a line break";
        reference.map_or_else(
            || ConnectorError::Secret { place: "auth.headers".into(), reason: reason.into() },
            |reference| useless(reference, reason),
        )
    })?;
    if let (true, Some(reference)) = (text.is_empty(), reference) {
        return Err(useless(reference, "it is empty"));
    }
    value.set_sensitive(true);
    Ok(value)
}
