//! What must never reach the disk: phone numbers, tokens, and people outside the team.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says why")]

mod support;

use std::time::Duration;

use fairlead_domain::time::SystemClock;
use fairlead_domain::{Clock, RecordKind, Timestamp, Window};
use fairlead_store::Mode;
use serde_json::Value;
use support::relay::{Relay, Said};
use support::{Desk, Ended, list, until};

const TOKEN: &str = "canary-t0ken-91c4";
const FEED_TOKEN: &str = "canary-feed-55ab";
const OUTSIDER: &str = "Oswald Farrow";
const OUTSIDER_MAIL: &str = "oswald@elsewhere.example";

/// What is looked for; of phone numbers the digits that every way of writing them has in a row.
const SECRETS: [&str; 10] = [
    TOKEN,
    FEED_TOKEN,
    OUTSIDER,
    OUTSIDER_MAIL,
    "oswald",
    "1701234567",
    "170 1234567",
    "7654321",
    "555-0142",
    "8675309",
];

fn rota() -> String {
    let day = |days: i64| {
        let at = SystemClock.now().as_secs().div_euclid(86_400) * 86_400 + days * 86_400;
        Timestamp::from_secs(at).to_rfc3339().replace(['-', ':'], "")
    };
    let event = |uid: &str, from: i64, rest: &str| {
        format!(
            "BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20260101T000000Z\nDTSTART:{}\nDTEND:{}\n{rest}END:VEVENT\n",
            day(from),
            day(from + 1)
        )
    };
    let ines = "ATTENDEE;CN=Ines Duarte:mailto:ines@example.com\n";
    let oswald =
        format!("ATTENDEE;CN={OUTSIDER}:mailto:{OUTSIDER_MAIL}\nORGANIZER;CN={OUTSIDER}:mailto:{OUTSIDER_MAIL}\n");
    let text = [
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Desk//Rota//EN\nX-WR-CALNAME:Rota +49 170 1234567\n".to_owned(),
        event(
            "in",
            -3,
            &format!("SUMMARY:On call: Ines Duarte +49 170 1234567\nDESCRIPTION:Call 0171/7654321 first\n{ines}"),
        ),
        event("out", -2, &format!("SUMMARY:On call: {OUTSIDER}\nLOCATION:+1 212 555-0142\n{oswald}")),
        event(
            "both",
            -1,
            &format!("SUMMARY:Primary: {OUTSIDER}\nDESCRIPTION:ask {OUTSIDER}\nCONTACT:8675309\n{ines}{oswald}"),
        ),
        event("named", 0, &format!("SUMMARY:{OUTSIDER} (+49 170 1234567)\nURL:tel:+491701234567\n")),
        "END:VCALENDAR\n".to_owned(),
    ];
    text.concat().replace('\n', "\r\n")
}

fn config(url: &str) -> String {
    format!(
        "[workspace]\nname = \"Desk\"\ntimezone = \"Europe/Lisbon\"\n\
         [[team]]\nname = \"platform\"\nmembers = [\"ines@example.com\"]\n\
         [[source]]\nname = \"rota\"\nkind = \"ical\"\nurl = {{ env = \"FEED\" }}\n\
         [[source]]\nname = \"leave\"\nkind = \"ical\"\nuse = \"leave\"\nurl = \"{url}/rota.ics\"\n\
         [[source]]\nname = \"prom\"\nkind = \"prometheus\"\nurl = \"{url}\"\ntoken = {{ command = \"echo {CANARY_SPLIT}\" }}\n"
    )
}

/// The command that prints the token without spelling it in the configuration.
const CANARY_SPLIT: &str = "canary-t0ken-$((91))c4";

const SHIFTS: &str = "\
schedule,person_email,person,start,end
Nights,ines@example.com,Ines Duarte,2026-10-23T20:00:00Z,2026-10-24T04:00:00Z
Nights,oswald@elsewhere.example,Oswald Farrow,2026-10-24T20:00:00Z,2026-10-25T04:00:00Z
";

const INCIDENTS: &str = "\
id,title,status,created,responders
A1,Checkout is slow,open,2026-11-01T10:00:00Z,ines@example.com; oswald@elsewhere.example
";

/// Every document of an upstream that is kept of these sources.
fn documents(desk: &Desk) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let now = SystemClock.now();
        let store = fairlead_store::Synced::open(&desk.dir(), Mode::ReadOnly, now).await.unwrap();
        let documents = store.read(move |reader| {
            let all = Window::new(Timestamp::EARLIEST, now.plus_days(800));
            let mut keys: Vec<(String, RecordKind, String)> = Vec::new();
            for shift in reader.shifts(all)? {
                keys.push((shift.source, RecordKind::Shift, shift.ext_key));
            }
            let mut documents = Vec::new();
            for (source, kind, key) in keys {
                let source = reader.source(&source)?.id;
                documents.extend(reader.raw_doc(source, kind, &key)?.map(|document| document.to_string()));
            }
            Ok(documents)
        });
        let documents = documents.await.unwrap();
        store.close().await.unwrap();
        documents
    })
}

#[test]
fn phone_numbers_tokens_and_outsiders_never_reach_the_disk() {
    let calendar = rota();
    let upstream = Relay::start(move |asked| {
        if asked.line.contains("/rota.ics") {
            return Said::text("200 OK", "text/calendar", &calendar);
        }
        // It repeats what it was given, as some gateways do.
        let echo = format!(
            "{{\"status\":\"error\",\"error\":\"bad token {}\"}}",
            asked.authorization.clone().unwrap_or_default()
        );
        let status = if asked.nth.is_multiple_of(2) { "401 Unauthorized" } else { "500 Internal Server Error" };
        Said::text(status, "application/json", &echo)
    });
    let desk = Desk::with(&config(&upstream.url()));
    let feed = format!("{}/rota.ics?token={FEED_TOKEN}", upstream.url());
    let run = |args: &[&str]| {
        let output = desk.command(args).env("FEED", &feed).output().unwrap();
        support::Answer::from(output)
    };
    let mut told = String::new();
    let mut tell = |answer: support::Answer| {
        told.push_str(&answer.stdout);
        told.push_str(&answer.stderr);
        answer.code
    };
    assert_eq!(tell(run(&["--json", "sync"])), Some(3), "the metrics failed");
    assert_eq!(tell(run(&["-vv", "sync", "--backfill", "500"])), Some(3));
    for (name, text, kind) in [("shifts.csv", SHIFTS, "shifts"), ("incidents.csv", INCIDENTS, "incidents")] {
        let file = desk.write_beside(name, text);
        assert_eq!(tell(run(&["import", file.to_str().unwrap(), "--kind", kind])), Some(0));
    }
    assert_eq!(tell(run(&["--json", "sources", "check"])), Some(3));
    let gone = format!("{feed}&gone");
    let broken = desk
        .command(&["--json", "sync", "rota"])
        .env("FEED", gone.replace("http://127.0.0.1", "http://127.0.0.2"))
        .output();
    assert_eq!(tell(broken.unwrap().into()), Some(3));
    for args in [
        &["backup", "create"][..],
        &["status"],
        &["status", "--md"],
        &["--json", "people"],
        &["--json", "sources"],
        &["--json", "oncall", "--from", "2026-01-01", "--to", "2027-12-31"],
        &["doctor"],
    ] {
        tell(run(args));
    }

    // The team's own person is there, and the shifts of others are, without whose they are.
    let oncall: Value = run(&["--json", "oncall", "--from", "2026-10-01", "--to", "2027-12-31"]).json();
    let shifts = list(&oncall, "/shifts");
    assert!(shifts.iter().any(|shift| shift["email"] == "ines@example.com" && shift["source"] == "rota"), "{oncall:#}");
    assert!(shifts.iter().any(|shift| shift["withheld"] == true && shift["person"].is_null()), "{oncall:#}");

    let documents = documents(&desk);
    let files = desk.files();
    assert!(files.iter().any(|(path, _)| path.to_string_lossy().contains("backups")), "backups are looked at too");
    let ours = files.iter().filter(|(_, bytes)| contains(bytes, "ines@example.com")).count();
    assert!(ours >= 2, "what is kept can be seen in the bytes");
    for secret in SECRETS {
        for (path, bytes) in &files {
            assert!(!contains(bytes, secret), "{secret} is in {}", path.display());
        }
        for document in &documents {
            assert!(!contains(document.as_bytes(), secret), "{secret} is in {document}");
        }
    }
    for token in [TOKEN, FEED_TOKEN] {
        assert!(!told.contains(token), "{token} was told: {told}");
    }
}

/// Whether the bytes hold the text, in any case.
fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text.as_bytes()))
}

#[cfg(target_os = "linux")]
#[test]
fn a_crash_of_the_command_leaves_no_memory_in_a_file() {
    let silent = Relay::start(|_| Said::Hang);
    let desk = Desk::with(&format!(
        "[workspace]\nname = \"Desk\"\n[[source]]\nname = \"rota\"\nkind = \"ical\"\nurl = \"{}/rota.ics\"\n",
        silent.url()
    ));
    let sync = Ended(desk.start(&["sync"]));
    until(Duration::from_secs(30), "the first request", || silent.asked() > 0);
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", sync.0.id())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    let sizes: Vec<&str> = core.split_whitespace().skip(4).collect();
    assert_eq!(sizes[..2], ["0", "0"], "neither now nor after a raise: {core}");
}
