//! The upstreams of a new lead, for a test that drives the real window: a PagerDuty account, a Prometheus behind a gate that
//! asks for a token, and a calendar. Their story stands at the machine's now and goes on with it.
//!
//! Prints one line of JSON with addresses, how one signs in, and what is true. A line `page` on its standard input lets a new
//! incident of the worst severity wake somebody, and its number is printed; it ends when its standard input does.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::response::Response;
use axum::routing::get;
use fairlead_domain::time::SystemClock;
use fairlead_domain::{Clock, Timestamp, Window};
use fairlead_testkit::pagerduty::{FakePagerDuty, Quirks};
use fairlead_testkit::prometheus::{Plan, Server, Service, Style};
use fairlead_testkit::scenario::mutation::Mutation;
use fairlead_testkit::scenario::rota::Rota;
use fairlead_testkit::scenario::turn::Turn;
use fairlead_testkit::scenario::{Extent, Scenario};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// Enough for every page, and read within seconds at the vendor's pace.
const EXTENT: Extent = Extent { incidents: 60, days: 41, bystanders: 5 };
/// What the gate before Prometheus wants to hear.
const TOKEN: &str = "token-of-the-gate";
/// The priority that means the worst severity.
const WORST: u32 = 0;
/// The largest body that the gate passes on.
const BODY_BYTES: usize = 1 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let now = SystemClock.now();
    let folder = tempfile::tempdir()?;
    let pagerduty = Arc::new(FakePagerDuty::start(Scenario::of(7, now, EXTENT), Quirks::default())?);
    let prometheus = Server::start(&Plan { services: 3, ..Plan::ending(now) })?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let gate = runtime.block_on(open_gate(prometheus.url(), calendar(now)))?;
    let told = told(&pagerduty, &prometheus, &gate, folder.path())?;
    let over = Arc::new(AtomicBool::new(false));
    let passing = std::thread::spawn({
        let (pagerduty, over) = (Arc::clone(&pagerduty), Arc::clone(&over));
        move || pass_time(&pagerduty, &over)
    });
    let mut out = std::io::stdout();
    writeln!(out, "{told}")?;
    out.flush()?;
    for line in std::io::stdin().lines() {
        if line? == "page" {
            let begun = Mutation::Begin { service: 0, person: 0, at: SystemClock.now(), priority: Some(WORST) };
            writeln!(out, "{}", json!({ "incident": pagerduty.mutate(begun) }))?;
            out.flush()?;
        }
    }
    over.store(true, Ordering::Relaxed);
    passing.thread().unpark();
    passing.join().map_err(|_| "the clock broke".into())
}

/// Keeps the story's clock at the machine's.
fn pass_time(pagerduty: &FakePagerDuty, over: &AtomicBool) {
    while !over.load(Ordering::Relaxed) {
        pagerduty.mutate(Mutation::Pass(SystemClock.now()));
        std::thread::park_timeout(Duration::from_secs(1));
    }
}

/// What a test needs to know: where, how, and what is true there.
fn told(pagerduty: &FakePagerDuty, prometheus: &Server, gate: &str, folder: &Path) -> std::io::Result<Value> {
    let file = folder.join("token");
    std::fs::write(&file, TOKEN)?;
    let story = pagerduty.story();
    let slos = |service: &Service| json!({ "id": service.slo, "sloth": service.style == Style::Sloth });
    Ok(json!({
        "now": story.now().to_rfc3339(),
        "pagerduty": { "url": pagerduty.url(), "key": pagerduty.current_token() },
        "prometheus": {
            "url": gate,
            "token_command": format!("cat {}", file.display()),
            "slos": prometheus.services().iter().map(slos).collect::<Vec<_>>(),
        },
        "calendar": { "url": format!("{gate}/calendar.ics"), "schedule": "Release desk", "person": "Ines Duarte" },
        "schedules": story.rotas.iter().map(|rota| shifts(&story, rota)).collect::<Vec<_>>(),
        "services": story.services.iter().map(|service| &service.name).collect::<Vec<_>>(),
    }))
}

/// Who holds a schedule about now, and from when until when each of them does.
fn shifts(story: &Scenario, rota: &Rota) -> Value {
    let now = story.now();
    let turns = rota.turns(Window::new(now, now.plus_hours(1)));
    let name = |number: u32| story.people.get(number as usize).map(|member| member.name.clone());
    let shift = |turn: &Turn| {
        let Window { start, end } = turn.window;
        json!({ "person": turn.person.and_then(name), "start": start.to_rfc3339(), "end": end.to_rfc3339() })
    };
    json!({ "name": rota.name, "shifts": turns.iter().map(shift).collect::<Vec<_>>() })
}

/// One person at one desk, a day at a time, from last week on.
fn calendar(now: Timestamp) -> String {
    let first = now.plus_days(-7).floor_day().to_utc();
    let lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Harbor//Desk//EN",
        "X-WR-CALNAME:Release desk",
        "BEGIN:VEVENT",
        "UID:desk@harbor.example",
        "DTSTAMP:20260101T000000Z",
        &format!("DTSTART:{}", first.format("%Y%m%dT%H%M%SZ")),
        "DURATION:P1D",
        "RRULE:FREQ=DAILY",
        "SUMMARY:On call: Ines Duarte",
        "ATTENDEE;CN=Ines Duarte:mailto:ines@harbor.example",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ];
    lines.join("\r\n")
}

/// What the gate passes requests on to.
#[derive(Clone)]
struct Behind {
    url: String,
    client: reqwest::Client,
}

/// Serves the calendar to everyone and what lies behind to who has the token; gives its address.
async fn open_gate(behind: &str, calendar: String) -> Result<String, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}", listener.local_addr()?);
    let behind = Behind { url: behind.to_owned(), client: reqwest::Client::builder().no_proxy().build()? };
    let app = Router::new()
        .route("/calendar.ics", get(|| async move { ([(CONTENT_TYPE, "text/calendar; charset=utf-8")], calendar) }))
        .fallback(pass_on)
        .with_state(behind);
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(address)
}

async fn pass_on(State(behind): State<Behind>, request: Request) -> Response {
    let shown = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    if shown != Some(&format!("Bearer {TOKEN}")) {
        return refusal(StatusCode::UNAUTHORIZED);
    }
    match ask(&behind, request).await {
        Ok(answer) => answer,
        Err(_) => refusal(StatusCode::BAD_GATEWAY),
    }
}

async fn ask(behind: &Behind, request: Request) -> Result<Response, Box<dyn Error + Send + Sync>> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let mut asked = behind.client.request(parts.method.clone(), format!("{}{path}", behind.url));
    if let Some(kind) = parts.headers.get(CONTENT_TYPE) {
        asked = asked.header(CONTENT_TYPE, kind);
    }
    let answer = asked.body(to_bytes(body, BODY_BYTES).await?.to_vec()).send().await?;
    let mut passed = Response::builder().status(answer.status());
    if let Some(kind) = answer.headers().get(CONTENT_TYPE) {
        passed = passed.header(CONTENT_TYPE, kind);
    }
    Ok(passed.body(Body::from(answer.bytes().await?))?)
}

fn refusal(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
