//! Bad input of every kind: a clear message, the right exit code, and nothing lost or given away.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says why")]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

mod support;

use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use fairlead_testkit::effort::used_by;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::{Value, json};
use support::relay::{Relay, Said};
use support::{Desk, list, text, warnings_of};

const HEAD: &str = "[workspace]\nname = \"Desk\"\ntimezone = \"Europe/Lisbon\"\n";
const CANARY: &str = "canary-5ecret-7f3a";

fn prometheus(url: &str) -> String {
    format!("{HEAD}[[source]]\nname = \"prom\"\nkind = \"prometheus\"\nurl = \"{url}\"\ntoken = {{ env = \"PROM\" }}\n")
}

fn calendar(url: &str) -> String {
    format!("{HEAD}[[source]]\nname = \"rota\"\nkind = \"ical\"\nurl = \"{url}\"\n")
}

/// The command fails with `code`; returns the error, which has its whole shape.
fn error(desk: &Desk, args: &[&str], code: i32) -> Value {
    let answer = desk.json(args, code);
    let keys: Vec<&str> = answer["error"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["code", "message", "file", "line", "column", "hint"], "{answer:#}");
    let plain = desk.run(args);
    assert_eq!(plain.code, Some(code));
    assert_eq!(plain.stdout, "", "errors for people go to stderr");
    assert!(plain.stderr.contains(text(&answer, "/error/message").lines().next().unwrap()), "{}", plain.stderr);
    answer["error"].clone()
}

/// The source fails while everything else is done; returns its error.
fn source_error(desk: &Desk, code: &str) -> String {
    let synced = {
        let output = desk.command(&["--json", "sync"]).env("PROM", CANARY).output().unwrap();
        let answer = support::Answer::from(output);
        assert_eq!(answer.code, Some(3), "{}\n{}", answer.stdout, answer.stderr);
        assert!(!answer.stdout.contains(CANARY) && !answer.stderr.contains(CANARY));
        answer.json()
    };
    let source = &synced["sources"][0];
    assert_eq!(source["state"], "failed", "{source:#}");
    assert_eq!(text(source, "/error/code"), code, "{source:#}");
    let name = text(source, "/name").to_owned();
    assert!(warnings_of(&desk.ok(&["status"]), &name).contains(&"source_failed"));
    text(source, "/error/message").to_owned()
}

#[test]
fn faults_of_the_configuration_have_their_place() {
    let desk = Desk::with(HEAD);
    desk.configure("[workspace]\nname = \"Desk\"\n[[source]\nname = \"x\"\n");
    for args in [&["status"][..], &["sync"], &["slo", "list"], &["doctor"], &["init"]] {
        let broken = error(&desk, args, 2);
        assert_eq!((&broken["file"], &broken["line"]), (&json!("fairlead.toml"), &json!(3)), "{args:?}: {broken:#}");
        assert!(broken["column"].as_u64().unwrap() >= 1);
    }
    let plain = desk.run(&["status"]);
    assert!(plain.stderr.contains("fairlead.toml:3:"), "{}", plain.stderr);

    desk.configure(&format!(
        "{HEAD}[[source]]\nname = \"rota\"\nkind = \"ical\"\nurll = \"https://a.example/x.ics\"\n"
    ));
    let unknown = error(&desk, &["status"], 2);
    assert_eq!((&unknown["code"], &unknown["line"], &unknown["column"]), (&json!("unknown_key"), &json!(7), &json!(1)));
    assert!(unknown.to_string().contains("url"), "a suggestion: {unknown:#}");

    desk.configure(&format!("{HEAD}zone = 5\n[[source]]\nname = \"r\"\nkind = \"icall\"\nurl = \"x.ics\"\n"));
    let several = desk.json(&["status"], 2);
    assert!(several["more"].as_array().is_some_and(|more| !more.is_empty()), "all faults at once: {several:#}");
}

#[test]
fn a_secret_in_plain_text_is_refused_and_not_repeated() {
    let desk = Desk::with(HEAD);
    let config = prometheus("http://127.0.0.1:9").replace("{ env = \"PROM\" }", &format!("\"{CANARY}\""));
    desk.configure(&config);
    let refused = error(&desk, &["sync"], 2);
    assert_eq!((&refused["code"], &refused["line"]), (&json!("plain_secret"), &json!(8)), "{refused:#}");
    for way in ["env", "keychain", "command", "file"] {
        assert!(refused.to_string().contains(way), "{refused:#}");
    }
    let plain = desk.run(&["sync"]);
    assert!(!format!("{refused}{}{}", plain.stdout, plain.stderr).contains(CANARY));
}

#[test]
fn wrong_usage_says_what_is_right() {
    let desk = Desk::empty();
    let none = error(&desk, &["status"], 2);
    assert_eq!(none["code"], "no_workspace");
    assert!(text(&none, "/message").contains("fairleadctl init"), "{none:#}");
    for args in
        [&["sync"][..], &["slo", "list"], &["oncall"], &["incidents", "list"], &["doctor"], &["backup", "create"]]
    {
        assert_eq!(error(&desk, args, 2)["code"], "no_workspace", "{args:?}");
    }
    assert!(!desk.dir().exists(), "nothing but init makes a workspace");

    let desk = Desk::with(HEAD);
    for args in [
        &["stauts"][..],
        &["--as-of", "tomorrow", "status"],
        &["sync", "nobody"],
        &["oncall", "--from", "2026-01-01"],
        &["oncall", "--from", "2026-01-02", "--to", "2026-01-01"],
        &["sync", "--backfill", "0"],
        &["slo", "show", "no/such"],
        &["--as-of", "2026-01-01", "sync"],
    ] {
        let answer = desk.json(args, 2);
        assert!(!text(&answer, "/error/message").is_empty(), "{args:?}");
    }
}

#[test]
fn a_name_that_is_not_there_is_said_not_to_be_there() {
    let desk = Desk::with(&calendar("rota.ics"));
    for (args, told) in [
        (&["sync", "nobody"][..], "there is no source \"nobody\": sources are rota"),
        (&["slo", "show", "no/such"], "there is no SLO \"no/such\""),
        (&["incidents", "show", "no/such"], "there is no incident \"no/such\""),
    ] {
        let unknown = error(&desk, args, 2);
        assert_eq!(unknown["code"], "unknown_name", "{args:?}");
        assert!(text(&unknown, "/message").starts_with(told), "{unknown:#}");
    }
}

#[test]
fn an_address_that_grants_access_is_warned_of_and_a_password_in_it_refused() {
    let feed = Relay::fixed("200 OK", "text/calendar", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
    let desk = Desk::with(&calendar(&format!("{}/rota.ics?token={CANARY}", feed.url())));
    for args in [&["sync"][..], &["sources", "list"], &["sources", "check"]] {
        let answer = desk.ok(args);
        let warning = list(&answer, "/warnings").iter().find(|warning| warning["code"] == "plain_address");
        let told = warning.unwrap_or_else(|| panic!("{args:?}: {answer:#}")).to_string();
        assert!(["env", "keychain", "command", "file"].iter().all(|way| told.contains(way)), "{told}");
        assert!(told.contains("fairlead.toml:7:7") && !answer.to_string().contains(CANARY), "{answer:#}");
    }
    desk.configure(&calendar(&feed.url().replace("http://", &format!("http://ines:{CANARY}@"))));
    let refused = error(&desk, &["sync"], 2);
    assert_eq!(refused["code"], "plain_secret");
    assert!(!refused.to_string().contains(CANARY));
}

#[test]
fn upstreams_that_refuse_are_told_by_their_cause() {
    let desk = Desk::with(HEAD);
    let refusing = Relay::fixed("401 Unauthorized", "application/json", r#"{"error":"no"}"#);
    desk.configure(&prometheus(&refusing.url()));
    let message = source_error(&desk, "auth");
    assert!(message.contains("token") || message.contains("credential"), "{message}");
    assert!(refusing.asked() <= 4, "a refused token is not tried for ever: {}", refusing.asked());

    let page = Relay::fixed("200 OK", "text/html; charset=utf-8", "<html><title>Sign in</title><form></form></html>");
    desk.configure(&prometheus(&page.url()));
    let message = source_error(&desk, "sign_in_page");
    assert!(message.contains("sign-in page at 127.0.0.1"), "{message}");
    desk.configure(&calendar(&page.url()));
    let message = source_error(&desk, "sign_in_page");
    assert!(message.contains("sign-in page at 127.0.0.1"), "{message}");

    let other = Relay::fixed("200 OK", "application/json", "{\"status\":\"success\",\"data\":[");
    desk.configure(&prometheus(&other.url()));
    source_error(&desk, "decode");
    let synced = support::Answer::from(desk.command(&["--json", "sync"]).env("PROM", CANARY).output().unwrap()).json();
    let states: Vec<&str> = list(&synced, "/sources/0/streams").iter().map(|stream| text(stream, "/state")).collect();
    assert!(states.contains(&"skipped") && !states.contains(&"ok"), "what was not asked is not ok: {states:?}");

    // The variable is not set: the source fails by itself, and nothing is asked.
    desk.configure(&prometheus(&other.url()));
    let asked = other.asked();
    let synced = desk.json(&["sync"], 3);
    assert!(text(&synced, "/sources/0/error/message").contains("PROM"), "{synced:#}");
    assert_eq!(other.asked(), asked);
}

/// An upstream whose certificate nobody signed.
fn self_signed() -> String {
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { return };
            let mut tls = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream);
            // The client turns away; that is the point.
            let read = tls.read(&mut [0; 1024]);
            read.and_then(|_| tls.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")).ok();
        }
    });
    host
}

#[test]
fn a_certificate_that_nobody_signed_is_not_trusted() {
    let desk = Desk::with(HEAD);
    let host = self_signed();
    desk.configure(&prometheus(&format!("https://{host}")));
    let message = source_error(&desk, "tls");
    assert!(message.contains(&host) && message.contains("tls.ca"), "where, and what to do: {message}");
}

/// Highest memory of a process so far, in MiB; `None` when it is over.
fn peak_mib(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}

#[test]
fn a_calendar_of_200_megabytes_is_refused_quickly_and_in_little_memory() {
    let desk = Desk::with(HEAD);
    let part = b"BEGIN:VEVENT\r\nUID:x\r\nDTSTART:20260101T000000Z\r\nSUMMARY:x\r\nEND:VEVENT\r\n".repeat(1_000);
    let times = 200 * 1024 * 1024 / part.len();
    let feed = Relay::start(move |_| Said::Stream { content_type: "text/calendar", part: part.clone(), times });
    let file = desk.beside("big.ics");
    File::create(&file).unwrap().set_len(200 << 20).unwrap();
    for url in [feed.url(), file.to_str().unwrap().to_owned()] {
        desk.configure(&calendar(&url));
        let begin = Instant::now();
        let mut child = desk.start(&["sync"]);
        let (mut peak, mut work) = (0, Duration::ZERO);
        // Looked at without pause: the figures are gone with the process.
        while child.try_wait().unwrap().is_none() && begin.elapsed() < Duration::from_secs(120) {
            peak = peak.max(peak_mib(child.id()).unwrap_or(0));
            work = work.max(used_by(child.id()).unwrap_or_default());
        }
        let mut child = support::Ended(child);
        assert_eq!(child.0.try_wait().unwrap().and_then(|status| status.code()), Some(3));
        assert!(work < Duration::from_secs(10), "{work:?} of processor time");
        assert!(peak > 0 && peak < 200, "{peak} MiB");
        let message = source_error(&desk, "body_too_large");
        assert!(message.contains("MiB"), "{message}");
    }
}

#[test]
fn a_second_writer_is_sent_away_and_readers_are_not() {
    let desk = Desk::with(&calendar("rota.ics"));
    desk.json(&["sync"], 3);
    let csv = desk.write_beside("i.csv", "id,title,created\nA,First,2026-11-01T10:00:00Z\n");
    let import = ["import", csv.to_str().unwrap(), "--kind", "incidents"];
    let lock = File::options().create(true).truncate(false).write(true).open(desk.dir().join("sync.lock")).unwrap();
    lock.lock().unwrap();
    for args in [&["sync"][..], &import, &["sources", "rename", "rota", "other"]] {
        let busy = error(&desk, args, 4);
        assert_eq!(busy["code"], "busy", "{args:?}");
        assert!(text(&busy, "/message").contains("sync.lock"));
    }
    for args in
        [&["status"][..], &["slo", "list"], &["oncall"], &["incidents", "list"], &["sources", "list"], &["doctor"]]
    {
        let read = desk.run(args);
        assert!(matches!(read.code, Some(0 | 3)), "{args:?}: {}", read.stderr);
    }
    lock.unlock().unwrap();
    desk.ok(&import);
}

/// A folder that cannot be written, also not by root; writable again with the end of the value.
struct Sealed(std::path::PathBuf);

impl Sealed {
    fn new(dir: &std::path::Path) -> Option<Self> {
        let mount =
            |args: &[&str]| Command::new("mount").args(args).arg(dir).output().is_ok_and(|done| done.status.success());
        let folder = dir.to_str().unwrap();
        if !mount(&["--bind", folder]) {
            return None;
        }
        let sealed = Self(dir.to_path_buf());
        mount(&["-o", "remount,ro,bind"]).then_some(sealed)
    }
}

impl Drop for Sealed {
    fn drop(&mut self) {
        let ended = Command::new("umount").arg(&self.0).status();
        assert!(ended.is_ok_and(|status| status.success()), "{} stays mounted", self.0.display());
    }
}

#[test]
fn a_read_only_folder_can_be_read_and_says_why_it_cannot_be_written() {
    let desk = Desk::with(HEAD);
    let csv = desk.write_beside("i.csv", "id,title,created\nA,First,2026-11-01T10:00:00Z\n");
    desk.ok(&["import", csv.to_str().unwrap(), "--kind", "incidents"]);
    let before = desk.ok(&["incidents", "list"])["incidents"].clone();
    let Some(_sealed) = Sealed::new(&desk.dir()) else {
        println!("skipped: this user cannot mount, and a folder's mode does not bind every user");
        return;
    };
    assert!(File::create(desk.dir().join("probe")).is_err());
    assert_eq!(desk.ok(&["incidents", "list"])["incidents"], before);
    for args in [&["status"][..], &["slo", "list"], &["oncall"], &["people"]] {
        desk.ok(args);
    }
    for args in [&["sync"][..], &["backup", "create"]] {
        let refused = error(&desk, args, 1);
        let message = text(&refused, "/message");
        assert!(message.contains("written") || message.contains("read-only"), "{args:?}: {message}");
    }
    assert!(!list(&desk.ok(&["incidents", "list"]), "/incidents").is_empty());
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let desk = Desk::with("[workspace]\nname = \"Desk\"\n");
    for args in [&["status"][..], &["--json", "status"], &["--json", "nonsense"]] {
        let mut child = desk.command(args).spawn().unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        let stderr = String::from_utf8_lossy(&ended.stderr);
        assert!(!stderr.contains("panicked"), "{args:?}: {stderr}");
        assert!(matches!(ended.status.code(), Some(0 | 2)), "{args:?}: {:?} {stderr}", ended.status);
    }
}
