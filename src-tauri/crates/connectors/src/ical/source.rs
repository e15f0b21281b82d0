//! Where the bytes of a feed come from: a file, or an address.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use fairlead_domain::secret::SecretRef;
use reqwest::Url;
use secrecy::ExposeSecret;
use tokio::io::AsyncReadExt;

use super::LIMIT_MIB;
use super::settings::Place;
use crate::http::{Endpoint, Http, Secrets};
use crate::{Build, ConfigIssue, ConnectorError};

/// An opened source.
pub(super) enum Source {
    /// A file.
    File(PathBuf),
    /// An address.
    Feed(Http),
    /// A secret, which may turn out to be either.
    Secret { reference: SecretRef, folder: PathBuf, secrets: Arc<dyn Secrets>, http: Http },
}

impl Source {
    /// Reads where the feed is. Nothing is asked or opened yet.
    pub(super) fn open(place: &Place, values: &serde_json::Value, build: &Build<'_>) -> Result<Self, ConfigIssue> {
        match place {
            Place::Text(text) => match file_of(text, build.folder) {
                Some(path) => Ok(Self::File(path)),
                None => Http::from_settings(values, build).map(Self::Feed),
            },
            Place::Secret(reference) => Ok(Self::Secret {
                reference: reference.clone(),
                folder: build.folder.to_path_buf(),
                secrets: Arc::clone(&build.secrets),
                http: Http::from_settings(values, build)?,
            }),
        }
    }

    /// The feed, with the host or file it came from.
    pub(super) async fn bytes(&self) -> Result<(String, Vec<u8>), ConnectorError> {
        match self {
            Self::File(path) => read_file(path, &path.display().to_string()).await,
            Self::Feed(http) => get(http).await,
            Self::Secret { reference, folder, secrets, http } => {
                let place = secrets.reveal(reference, false).await?;
                match file_of(place.expose_secret().trim(), folder) {
                    // The path is a secret too: the message names where it is kept.
                    Some(path) => read_file(&path, &format!("the calendar named by {reference}")).await,
                    None => get(http).await,
                }
            }
        }
    }

    /// Requests sent so far.
    pub(super) fn requests(&self) -> u64 {
        match self {
            Self::File(_) => 0,
            Self::Feed(http) | Self::Secret { http, .. } => http.requests(),
        }
    }

    /// As last measured.
    pub(super) fn clock_skew_millis(&self) -> Option<i64> {
        match self {
            Self::File(_) => None,
            Self::Feed(http) | Self::Secret { http, .. } => http.clock_skew_millis(),
        }
    }
}

/// The file that `text` names: a `file:` address, or a path, relative to `folder`. `None` for other addresses.
fn file_of(text: &str, folder: &Path) -> Option<PathBuf> {
    let starts = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    if starts("file://") {
        let path = Url::parse(text).ok().and_then(|url| url.to_file_path().ok());
        return Some(path.unwrap_or_else(|| PathBuf::from(&text["file://".len()..])));
    }
    if starts("file:") {
        return Some(folder.join(&text["file:".len()..]));
    }
    (!text.contains("://")).then(|| folder.join(text))
}

async fn get(http: &Http) -> Result<(String, Vec<u8>), ConnectorError> {
    let endpoint = Endpoint::new("the calendar", "nothing of this source can be shown")
        .with_headers(&[("Accept", "text/calendar, */*;q=0.5")])
        .up_to_mib(LIMIT_MIB);
    let answer = http.get("", &[], endpoint).await?;
    if answer.is_html() {
        return Err(ConnectorError::SignInPage { host: answer.host });
    }
    Ok((answer.host, answer.body))
}

/// Reads a file up to the limit. `name` is how messages call it.
async fn read_file(path: &Path, name: &str) -> Result<(String, Vec<u8>), ConnectorError> {
    let unreadable = |reason: String| ConnectorError::File { path: name.to_owned(), reason };
    let limit = LIMIT_MIB << 20;
    let file = tokio::fs::File::open(path).await.map_err(|error| unreadable(error.kind().to_string()))?;
    let about = file.metadata().await.map_err(|error| unreadable(error.kind().to_string()))?;
    if !about.is_file() {
        return Err(unreadable("it is not a file".to_owned()));
    }
    let mut bytes = Vec::new();
    if about.len() <= limit {
        file.take(limit + 1).read_to_end(&mut bytes).await.map_err(|error| unreadable(error.kind().to_string()))?;
    }
    if about.len() > limit || bytes.len() as u64 > limit {
        return Err(ConnectorError::BodyTooLarge { host: name.to_owned(), limit_mib: LIMIT_MIB });
    }
    Ok((name.to_owned(), bytes))
}
