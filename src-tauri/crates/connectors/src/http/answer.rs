//! An answer that arrived whole.

use std::fmt;

use fairlead_domain::Timestamp;
use reqwest::header::{CONTENT_TYPE, DATE, ETAG, HeaderMap, HeaderName, LAST_MODIFIED};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::fields::Fields;
use super::told;
use crate::ConnectorError;

/// A whole answer: its status was accepted, its body is unpacked and within the limit.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// Host that answered.
    pub host: String,
    /// HTTP status: 200 to 299, 304, or one that [`super::Endpoint::reads`] names.
    pub status: u16,
    /// Media type with its parameters, as sent.
    pub content_type: Option<String>,
    /// Mark of this version of the resource, for `If-None-Match`.
    pub etag: Option<String>,
    /// When the resource changed last, for `If-Modified-Since`, as sent.
    pub last_modified: Option<String>,
    /// The server's time when it answered, to the second.
    pub server_date: Option<Timestamp>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// Takes the headers that matter; the body comes later.
    pub(super) fn opened(host: String, status: u16, headers: &HeaderMap) -> Self {
        Self {
            host,
            status,
            content_type: text_of(headers, CONTENT_TYPE),
            etag: text_of(headers, ETAG),
            last_modified: text_of(headers, LAST_MODIFIED),
            server_date: text_of(headers, DATE).as_deref().and_then(told::http_date),
            body: Vec::new(),
        }
    }

    /// Whether the resource is as it was at `If-None-Match` or `If-Modified-Since`.
    #[must_use]
    pub const fn is_unchanged(&self) -> bool {
        self.status == 304
    }

    /// Reads the body as JSON of the form `T`. `expected` says for the message what was due, for example `rule groups`.
    ///
    /// # Errors
    /// [`ConnectorError::SignInPage`] for a page in HTML, else [`ConnectorError::Decode`] with the place and without a
    /// word of the body.
    pub fn json<T: DeserializeOwned>(&self, expected: &str) -> Result<T, ConnectorError> {
        self.read(expected, |body| serde_json::from_slice(body))
    }

    /// Reads of the body what `fields` name.
    ///
    /// # Errors
    /// As [`Answer::json`].
    pub fn json_in(&self, fields: &Fields, expected: &str) -> Result<Value, ConnectorError> {
        self.read(expected, |body| fields.read(body))
    }

    fn read<T>(&self, expected: &str, read: impl FnOnce(&[u8]) -> serde_json::Result<T>) -> Result<T, ConnectorError> {
        if self.is_html() {
            return Err(ConnectorError::SignInPage { host: self.host.clone() });
        }
        read(&self.body).map_err(|error| ConnectorError::Decode {
            host: self.host.clone(),
            expected: expected.to_owned(),
            reason: fault_in_json(&error),
        })
    }

    /// Whether this is a page for people. No interface that is read here answers in HTML; some label their data as it.
    #[must_use]
    pub fn is_html(&self) -> bool {
        let declared = self.content_type.as_deref().is_some_and(|kind| {
            let kind = kind.trim_start().to_ascii_lowercase();
            kind.starts_with("text/html") || kind.starts_with("application/xhtml")
        });
        (declared && !begins_with(&self.body, &[b"{", b"[", b"BEGIN:V"]))
            || begins_with(&self.body, &[b"<!doctype html", b"<html", b"<head"])
    }

    /// Whether the body says that it is JSON.
    pub(super) fn is_json(&self) -> bool {
        self.content_type.as_deref().is_some_and(|kind| kind.to_ascii_lowercase().contains("json"))
    }
}

impl fmt::Debug for Answer {
    /// Leaves the body out: it may hold names and tokens, and this may reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("host", &self.host)
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

fn text_of(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// Whether the body begins with one of `openings`, whatever blanks and case.
fn begins_with(body: &[u8], openings: &[&[u8]]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
    openings.iter().any(|opening| body.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening)))
}

/// Where and how JSON failed. The parser's own words quote the body, except when they name a field of ours.
fn fault_in_json(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let fault = match error.classify() {
        serde_json::error::Category::Eof => "it ends too early",
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => "it is not JSON",
        serde_json::error::Category::Data if words.starts_with("missing field `") => {
            words.split(" at line ").next().unwrap_or("a field is missing")
        }
        serde_json::error::Category::Data => "a value has another type than agreed",
    };
    format!("{fault} (line {}, column {})", error.line(), error.column())
}
