//! From a question to a whole answer.

use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderMap, HeaderName, HeaderValue, LOCATION};
use reqwest::{Client, Response, StatusCode, Url};

use super::auth::Credentials;
use super::body::{Body, Refused};
use super::fault::{self, Failure};
use super::retry::{Again, LONGEST, Patience};
use super::{Answer, Endpoint, Http, address, redirect, told};
use crate::ConnectorError;

/// Into how many parts the time of an answer is cut after a question that was given all of it in vain.
const AFTER_A_HANG: u32 = 4;

/// Less than this no answer is given.
const SHORTEST: Duration = Duration::from_secs(1);

/// A question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask<'a> {
    pub(super) path: &'a str,
    pub(super) query: &'a [(&'a str, &'a str)],
    /// Sent as the body of a `POST`; without it the question is a `GET`.
    pub(super) form: Option<&'a [(&'a str, &'a str)]>,
    pub(super) endpoint: Endpoint<'a>,
}

impl Http {
    /// Asks until there is an answer or the failure is final.
    pub(super) async fn answer(&self, ask: Ask<'_>) -> Result<Answer, ConnectorError> {
        // The semaphore is never closed.
        let _turn = self.turns.acquire().await.map_err(|_| self.closing())?;
        let healed = AtomicBool::new(false);
        let mut patience = Patience::new();
        loop {
            let failure = match self.attempt(ask, &healed).await {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            let Some(pause) = patience.next(failure.again) else { return Err(failure.error) };
            self.ticks.wait(pause).await;
        }
    }

    fn closing(&self) -> ConnectorError {
        ConnectorError::Network { host: self.host(), reason: "the program is closing".into() }
    }

    /// One try; when the credentials may be stale, a second exchange with fresh ones, once per question.
    async fn attempt(&self, ask: Ask<'_>, healed: &AtomicBool) -> Result<Answer, Failure> {
        match self.exchange_in_time(ask, false).await {
            Err(failure) if failure.credentials && self.may_heal() && !healed.swap(true, Ordering::Relaxed) => {
                self.exchange_in_time(ask, true).await
            }
            outcome => outcome,
        }
    }

    async fn exchange_in_time(&self, ask: Ask<'_>, fresh: bool) -> Result<Answer, Failure> {
        self.gate.pass(ask.endpoint.share, ask.endpoint.lane).await.map_err(|left| {
            Failure::last(ConnectorError::RateLimited { host: self.host(), retry_after_secs: Some(ceil_secs(left)) })
        })?;
        let base = self.address.reveal(self.secrets.as_ref(), fresh).await?;
        self.host.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&address::host_of(&base));
        let credentials = self.auth.reveal(self.secrets.as_ref(), fresh).await?;
        let client = self.connection.client(&base, self.secrets.as_ref(), fresh).await?;
        let exchange = Box::pin(self.exchange(ask, &base, &credentials, &client));
        let limit = self.time_left().ok_or_else(|| self.hung())?;
        tokio::time::timeout(limit, exchange).await.unwrap_or_else(|_| {
            self.in_vain.fetch_add(1, Ordering::Relaxed);
            Err(if self.time_left().is_some() { Failure::timeout(&self.host(), limit) } else { self.hung() })
        })
    }

    /// How long the next answer may take: its whole time, and a part of it after a question that was given that in vain.
    /// `None` when there is no point in asking: the upstream hung twice in a row, or never answered at all.
    pub(super) fn time_left(&self) -> Option<Duration> {
        let total = self.connection.total();
        match (self.in_vain.load(Ordering::Relaxed), self.answered.load(Ordering::Relaxed)) {
            (0, _) => Some(total),
            (1, true) => Some((total / AFTER_A_HANG).max(SHORTEST)),
            _ => None,
        }
    }

    /// A failure that another try would only make longer.
    fn hung(&self) -> Failure {
        Failure::last(ConnectorError::Timeout { host: self.host(), secs: self.connection.total().as_secs() })
    }

    async fn exchange(
        &self,
        ask: Ask<'_>,
        base: &Url,
        credentials: &Credentials,
        client: &Client,
    ) -> Result<Answer, Failure> {
        let mut url = address::join(base, ask.path, ask.query)?;
        let mut status = 0;
        for _ in 0..=redirect::MOST {
            let response = self.send(ask, &url, credentials, client).await?;
            status = response.status().as_u16();
            if !redirect::is_redirect(status) {
                return self.receive(ask.endpoint, response).await;
            }
            url = redirect::next(&url, status, response.headers().get(LOCATION), ask.form.is_some())?;
        }
        Err(redirect::too_many(&url, status))
    }

    async fn send(
        &self,
        ask: Ask<'_>,
        url: &Url,
        credentials: &Credentials,
        client: &Client,
    ) -> Result<Response, Failure> {
        let request = match ask.form {
            Some(form) => client.post(url.clone()).form(form),
            None => client.get(url.clone()),
        };
        let request = credentials.sign(request.headers(headers_of(ask.endpoint)));
        self.requests.fetch_add(1, Ordering::Relaxed);
        let sent = self.ticks.elapsed();
        let response = request.send().await.map_err(|error| self.broken(&error))?;
        self.answered.store(true, Ordering::Relaxed);
        self.in_vain.store(0, Ordering::Relaxed);
        self.look_at(&response, self.ticks.elapsed().saturating_sub(sent), ask.endpoint.lane);
        Ok(response)
    }

    fn broken(&self, error: &reqwest::Error) -> Failure {
        let mut failure = fault::of(error, &self.host());
        // A client certificate that ran out is renewed in its file by others.
        failure.credentials |= matches!(failure.error, ConnectorError::Tls { .. }) && self.connection.has_identity();
        failure
    }

    /// Learns from the headers of any answer: the server's time, and whether its limit is nearly used up.
    fn look_at(&self, response: &Response, round_trip: Duration, lane: Option<&str>) {
        let now = self.clock.now();
        let status = response.status().as_u16();
        let date = response.headers().get(reqwest::header::DATE).and_then(|value| value.to_str().ok());
        if let Some(date) = date.and_then(told::http_date) {
            let half = i64::try_from(round_trip.as_millis() / 2).unwrap_or(0);
            let at_server = now.as_millis().saturating_sub(half);
            self.skew_millis.store(date.as_millis().saturating_sub(at_server), Ordering::Relaxed);
        }
        if let Some(pause) = told::breather(response.headers(), now) {
            self.gate.close_for(pause, lane);
        }
        tracing::debug!(source = %self.source, host = %self.host(), status, millis = round_trip.as_millis(), "answered");
    }

    async fn receive(&self, endpoint: Endpoint<'_>, response: Response) -> Result<Answer, Failure> {
        let status = response.status().as_u16();
        let answer = Answer::opened(self.host(), status, response.headers());
        let read_by_connector = endpoint.reads.contains(&status) && answer.is_json();
        if !(response.status().is_success() || status == 304 || read_by_connector) {
            return Err(self.refusal(endpoint, response.status(), response.headers()));
        }
        let body = self.read(endpoint, response).await?;
        let answer = Answer { body, ..answer };
        if answer.is_html() {
            return Err(Failure::of_credentials(ConnectorError::SignInPage { host: answer.host }));
        }
        Ok(answer)
    }

    fn refusal(&self, endpoint: Endpoint<'_>, status: StatusCode, headers: &HeaderMap) -> Failure {
        let host = self.host();
        let code = status.as_u16();
        match code {
            401 => return Failure::of_credentials(ConnectorError::Auth { host, status: code }),
            403 => {
                let (what, lost) = (endpoint.what.to_owned(), endpoint.lost.to_owned());
                return Failure::of_credentials(ConnectorError::Forbidden { host, what, lost });
            }
            407 => {
                let reason = "the proxy asks for a user and a password: write its address with them as a secret".into();
                return Failure::last(ConnectorError::Network { host, reason });
            }
            _ => {}
        }
        let limited = code == 429;
        let told = if limited || code == 503 { told::wait(headers, self.clock.now()) } else { None };
        if let Some(told) = told {
            self.gate.close_for(told, endpoint.lane);
        }
        let error = if limited || told.is_some_and(|told| told > LONGEST) {
            ConnectorError::RateLimited { host, retry_after_secs: told.map(ceil_secs) }
        } else {
            let reason = status.canonical_reason().unwrap_or("no reason given").to_owned();
            ConnectorError::Upstream { host, status: code, reason }
        };
        let again = match told {
            Some(told) => Again::After(told),
            None if limited || may_pass(code) => Again::Later,
            None => Again::Never,
        };
        Failure::passing(error, again)
    }

    async fn read(&self, endpoint: Endpoint<'_>, mut response: Response) -> Result<Vec<u8>, Failure> {
        let refused = |why| self.refused(endpoint, why);
        let encoding = response.headers().get(CONTENT_ENCODING).map(|value| value.to_str().unwrap_or("unreadable"));
        let limit = usize::try_from(endpoint.limit_mib.saturating_mul(1 << 20)).unwrap_or(usize::MAX);
        let mut body = Body::new(encoding, limit).map_err(refused)?;
        if response.content_length().is_some_and(|declared| body.exceeds(declared)) {
            return Err(refused(Refused::TooLarge));
        }
        loop {
            let chunk = tokio::time::timeout(self.idle, response.chunk()).await;
            match chunk.map_err(|_| Failure::timeout(&self.host(), self.idle))? {
                Ok(Some(bytes)) => body.push(&bytes).map_err(refused)?,
                Ok(None) => return body.finish().map_err(refused),
                Err(error) => return Err(self.broken(&error)),
            }
        }
    }

    fn refused(&self, endpoint: Endpoint<'_>, why: Refused) -> Failure {
        let host = self.host();
        let decode = |reason: &str| ConnectorError::Decode {
            host: host.clone(),
            expected: "a body that can be unpacked".into(),
            reason: reason.into(),
        };
        match why {
            Refused::TooLarge => Failure::last(ConnectorError::BodyTooLarge { host, limit_mib: endpoint.limit_mib }),
            Refused::Bomb => Failure::last(decode("it unpacks to more than 200 times its size")),
            Refused::UnknownEncoding => Failure::last(decode("it is packed in a way that was not asked for")),
            Refused::Broken => Failure::passing(decode("it is damaged or cut off"), Again::Once),
        }
    }
}

fn headers_of(endpoint: Endpoint<'_>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in endpoint.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(*name), HeaderValue::try_from(*value)) {
            headers.insert(name, value);
        }
    }
    // Unpacked here and not by the library, which would hide the packed size.
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    headers
}

/// Whether a fault of the upstream may pass by itself.
const fn may_pass(status: u16) -> bool {
    matches!(status, 408 | 425 | 500 | 502 | 503 | 504 | 507 | 509 | 520..=530)
}

fn ceil_secs(span: Duration) -> u64 {
    span.as_secs().saturating_add(u64::from(span.subsec_nanos() > 0))
}
