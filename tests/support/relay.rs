//! An upstream on the loopback: answers by itself, or passes requests on to a real one.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex};

/// What was asked.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The number of the request, from 1.
    pub nth: u64,
    /// Method and path with query.
    pub line: String,
    /// The value of `Authorization`.
    pub authorization: Option<String>,
    /// The body.
    pub body: String,
}

/// What to do with it.
pub enum Said {
    /// Answer this.
    Answer { status: &'static str, content_type: &'static str, body: Vec<u8> },
    /// Pass it on to this address (`host:port`) and its answer back.
    Pass(String),
    /// Answer with this, again and again, without saying how long it will be.
    Stream { content_type: &'static str, part: Vec<u8>, times: usize },
    /// Say nothing until the relay ends.
    Hang,
}

impl Said {
    pub fn text(status: &'static str, content_type: &'static str, body: &str) -> Self {
        Self::Answer { status, content_type, body: body.as_bytes().to_vec() }
    }
}

type Rule = dyn Fn(&Asked) -> Said + Send + Sync;

struct Shared {
    rule: Box<Rule>,
    asked: AtomicU64,
    over: AtomicBool,
    news: (Mutex<()>, Condvar),
}

/// A running relay; it ends with the value.
pub struct Relay {
    address: String,
    shared: Arc<Shared>,
}

impl Relay {
    pub fn start(rule: impl Fn(&Asked) -> Said + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let shared = Arc::new(Shared {
            rule: Box::new(rule),
            asked: AtomicU64::new(0),
            over: AtomicBool::new(false),
            news: (Mutex::new(()), Condvar::new()),
        });
        let mine = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if mine.over.load(Ordering::SeqCst) {
                    return;
                }
                let shared = Arc::clone(&mine);
                // A client that was killed breaks its connection off; that is no fault of the relay.
                std::thread::spawn(move || stream.and_then(|stream| serve(stream, &shared)).ok());
            }
        });
        Self { address, shared }
    }

    /// Answers everything the same.
    pub fn fixed(status: &'static str, content_type: &'static str, body: &str) -> Self {
        let body = body.to_owned();
        Self::start(move |_| Said::text(status, content_type, &body))
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Requests so far.
    pub fn asked(&self) -> u64 {
        self.shared.asked.load(Ordering::SeqCst)
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::SeqCst);
        self.shared.news.1.notify_all();
        // Wakes the listener, so that it sees the end.
        TcpStream::connect(&self.address).ok();
    }
}

fn serve(stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut out = stream;
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        if line.trim().is_empty() {
            break;
        }
        head.push(line.trim_end().to_owned());
    }
    let header = |name: &str| {
        let of = |line: &String| {
            line.split_once(':').map(|(key, value)| (key.to_ascii_lowercase(), value.trim().to_owned()))
        };
        head.iter().filter_map(of).find(|(key, _)| key == name).map(|(_, value)| value)
    };
    let length = header("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let nth = shared.asked.fetch_add(1, Ordering::SeqCst) + 1;
    let asked = Asked {
        body: String::from_utf8_lossy(&body).into_owned(),
        nth,
        line: head.first().cloned().unwrap_or_default(),
        authorization: header("authorization"),
    };
    match (shared.rule)(&asked) {
        Said::Answer { status, content_type, body } => {
            write!(
                out,
                "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            )?;
            out.write_all(&body)?;
        }
        Said::Stream { content_type, part, times } => {
            write!(out, "HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nConnection: close\r\n\r\n")?;
            for _ in 0..times {
                out.write_all(&part)?;
            }
        }
        Said::Pass(target) => {
            let mut upstream = TcpStream::connect(target)?;
            for line in &head {
                if !line.to_ascii_lowercase().starts_with("connection:") {
                    write!(upstream, "{line}\r\n")?;
                }
            }
            upstream.write_all(b"Connection: close\r\n\r\n")?;
            upstream.write_all(&body)?;
            std::io::copy(&mut upstream, &mut out)?;
        }
        Said::Hang => {
            let guard = shared.news.0.lock().unwrap();
            let over = |_: &mut ()| !shared.over.load(Ordering::SeqCst);
            drop(shared.news.1.wait_while(guard, over).unwrap());
        }
    }
    out.shutdown(Shutdown::Write)
}
