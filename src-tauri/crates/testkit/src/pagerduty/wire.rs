//! HTTP on the loopback, in a thread of its own, so that blocking tests can use it too.

use std::io;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Query, Request, State as Shared};
use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use axum::response::Response;
use futures_util::stream;
use tokio::sync::oneshot;

use super::fault::Fault;
use super::state::{Arrival, Reply, State};

/// The largest body that is read.
const BODY_BYTES: usize = 1 << 20;

/// The running server; it ends when this is dropped.
pub(super) struct Wire {
    pub(super) url: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

pub(super) type SharedState = Arc<Mutex<State>>;

pub(super) fn lock(state: &SharedState) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Wire {
    pub(super) fn start(state: SharedState) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let url = format!("http://{}", listener.local_addr()?);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            runtime.block_on(async move {
                let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
                    return;
                };
                let app = Router::new().fallback(answer).with_state(state);
                // A connection that a client keeps open must not keep the thread alive.
                tokio::select! {
                    served = async { axum::serve(listener, app).await } => served.ok(),
                    gone = stopped => gone.ok(),
                };
            });
        });
        Ok(Self { url, stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // It may have ended by itself.
            stop.send(()).ok();
        }
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

async fn answer(Shared(state): Shared<SharedState>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let arrival = Arrival {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).ok().map(|Query(query)| query),
        authorization: header(AUTHORIZATION),
        accept: header(ACCEPT),
        content_type: header(CONTENT_TYPE),
        body: to_bytes(body, BODY_BYTES).await.map(|bytes| bytes.to_vec()).unwrap_or_default(),
    };
    let (reply, latency) = {
        let mut state = lock(&state);
        (state.receive(arrival, Instant::now()), state.quirks.latency)
    };
    let _present = Present(&state);
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    response(reply)
}

/// A request that is being answered; a client that hangs up ends it too.
struct Present<'a>(&'a SharedState);

impl Drop for Present<'_> {
    fn drop(&mut self) {
        lock(self.0).watch.in_flight -= 1;
    }
}

fn response(reply: Reply) -> Response {
    let mut builder = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        builder = builder.header(name, value);
    }
    let body = match reply.fault {
        Some(Fault::Reset) => broken(&reply.body),
        Some(Fault::Slow(millis)) => slow(&reply.body, Duration::from_millis(millis)),
        _ => Body::from(reply.body),
    };
    builder.body(body).unwrap_or_default()
}

/// Half of it, and then the connection breaks.
fn broken(body: &[u8]) -> Body {
    let half = body.get(..body.len() / 2).unwrap_or_default().to_vec();
    Body::from_stream(stream::iter([Ok(half), Err(io::Error::from(io::ErrorKind::ConnectionReset))]))
}

/// In ten pieces over a time.
fn slow(body: &[u8], time: Duration) -> Body {
    let pieces: Vec<Vec<u8>> = body.chunks(body.len().div_ceil(10).max(1)).map(<[u8]>::to_vec).collect();
    let pause = time / 10;
    Body::from_stream(stream::unfold(pieces.into_iter(), move |mut pieces| async move {
        tokio::time::sleep(pause).await;
        pieces.next().map(|piece| (Ok::<_, io::Error>(piece), pieces))
    }))
}
