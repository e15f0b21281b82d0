//! PagerDuty through the command: from `init` to the answers, killed on the way, and with nothing kept that must not be.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says why")]

mod pager;
mod support;

use std::collections::BTreeSet;
use std::time::Duration;

use fairlead_domain::run::RunState;
use fairlead_domain::time::SystemClock;
use fairlead_domain::{Clock, RecordKind, Timestamp};
use fairlead_testkit::pagerduty::{FakePagerDuty, PagerDuty};
use fairlead_testkit::scenario::case::Case;
use fairlead_testkit::scenario::noun::{Noun, Vendor};
use pager::{Pager, SHORT, config_of, generous};
use serde_json::Value;
use support::{Ended, column, list, text, until, warnings_of};

/// The account of a story that ends now: the command's clock is the machine's.
fn pager() -> Pager {
    Pager::ending(SystemClock.now(), SHORT, generous())
}

fn person_of(pager: &Pager, number: u32) -> String {
    pager.fake.story().people[number as usize].name.clone()
}

fn open_cases(pager: &Pager) -> Vec<Case> {
    pager.fake.story().cases.into_iter().filter(Case::is_open).collect()
}

/// Ids of the incidents that the story holds in this state.
fn ids<'c>(cases: impl IntoIterator<Item = &'c Case>) -> BTreeSet<String> {
    cases.into_iter().map(|case| format!("pd/{}", PagerDuty.id(Noun::Incident, case.number))).collect()
}

fn shown(incidents: &Value) -> BTreeSet<String> {
    column(list(incidents, "/incidents"), "id").into_iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_an_account_holds_is_told_and_nothing_is_claimed_without_it() {
    let pager = pager();
    let desk = &pager.desk;
    let synced = desk.ok(&["sync"]);
    assert_eq!(text(&synced, "/sources/0/state"), "ok", "{synced:#}");
    pager.equals_the_story();
    let story = pager.fake.story();

    let status = desk.ok(&["status"]);
    let open = open_cases(&pager);
    assert!(open.len() >= 3);
    assert_eq!(status["open_incidents"], open.len(), "{status:#}");
    assert_eq!(text(&status, "/sources/0/state"), "ok");
    assert_eq!(status["sources"][0]["stale"], false, "{status:#}");
    let said = desk.run(&["status"]).stdout;
    assert!(!said.contains("Nothing needs you"), "{said}");

    let listed = desk.ok(&["incidents", "list", "--status", "open,acked"]);
    assert_eq!(shown(&listed), ids(&open), "{listed:#}");
    let all = desk.ok(&["incidents", "list", "--limit", "500"]);
    assert_eq!(shown(&all), ids(&story.cases));
    let acked = story.cases.iter().rfind(|case| case.acked().is_some() && !case.is_open()).unwrap();
    let id = ids([acked]).pop_first().unwrap();
    let one = desk.ok(&["incidents", "show", &id]);
    assert!(one.to_string().contains(&acked.acked().unwrap().to_rfc3339()), "{one:#}");
    assert!(desk.run(&["incidents", "show", &id]).stdout.contains(&acked.title));

    let oncall = desk.ok(&["oncall"]);
    let at = Timestamp::parse_rfc3339(text(&oncall, "/as_of")).unwrap();
    for rota in story.rotas.iter().filter(|rota| rota.number != 4) {
        let mut found: Vec<&str> = list(&oncall, "/on_call")
            .iter()
            .filter(|entry| entry["schedule"] == rota.name.as_str())
            .filter_map(|entry| entry["person"].as_str())
            .collect();
        let mut told: Vec<String> = rota.on_call(at).into_iter().map(|person| person_of(&pager, person)).collect();
        found.sort_unstable();
        told.sort_unstable();
        assert_eq!(found, told, "{}: {oncall:#}", rota.name);
    }
    let people = desk.ok(&["people"]).to_string();
    for name in ["Ines Duarte", "Asha Rao"] {
        assert!(people.contains(name), "{people}");
    }
    for args in [&["status", "--md"][..], &["oncall"], &["people"], &["incidents", "list"], &["sources"]] {
        assert_eq!(desk.run(args).code, Some(0), "{args:?}");
    }

    // The account is cut off: whatever is shown is old, and nothing is said to be well.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let file = desk.dir().join("fairlead.toml");
    let config = std::fs::read_to_string(&file).unwrap();
    desk.configure(&config.replace(pager.fake.url(), &format!("http://{nobody}")));
    pager.clock.set(SystemClock.now());
    let blind = pager.sync();
    assert_eq!(blind.sources[0].state, RunState::Failed, "{blind:#?}");
    let status = desk.ok(&["status"]);
    assert!(status["open_incidents"].is_null(), "{status:#}");
    assert_eq!(status["sources"][0]["stale"], true);
    assert!(warnings_of(&status, "pd").contains(&"source_failed"), "{:#}", status["warnings"]);
    assert!(list(&status, "/attention").iter().any(|row| row["id"] == "blind:pd"), "{:#}", status["attention"]);
    for args in [&["status"][..], &["status", "--md"]] {
        let said = desk.run(args).stdout;
        for claim in ["Nothing needs you", "0 open", "no open", "All clear", "all clear"] {
            assert!(!said.contains(claim), "{claim}: {said}");
        }
    }
    let oncall = desk.ok(&["oncall"]);
    assert!(warnings_of(&oncall, "pd").contains(&"source_failed"), "{:#}", oncall["warnings"]);
}

#[test]
fn a_sync_that_is_killed_again_and_again_ends_like_one_that_is_not() {
    let pager = pager();
    for after in [3, 14, 12, 16] {
        let before = pager.fake.log().len();
        let sync = Ended(pager.desk.start(&["sync"]));
        until(Duration::from_secs(60), "requests before the kill", || pager.fake.log().len() >= before + after);
        // Dropping it kills it with the signal that cannot be caught.
        drop(sync);
    }
    let synced = pager.desk.ok(&["sync"]);
    assert_eq!(text(&synced, "/sources/0/state"), "ok", "{synced:#}");
    pager.equals_the_story();
    assert_eq!(pager.fake.violations(), Vec::<String>::new());
}

#[test]
fn a_right_that_is_missing_is_named_by_the_command() {
    let pager = pager();
    pager.fake.set(|quirks| quirks.forbidden.push("maintenance_windows"));
    let synced = pager.desk.json(&["sync"], 3);
    assert_eq!(text(&synced, "/sources/0/state"), "partial", "{synced:#}");
    assert!(text(&synced, "/sources/0/error/message").contains("maintenance"), "{synced:#}");
    let checked = pager.desk.json(&["sources", "check", "pd"], 3);
    let lost = list(&checked, "/sources/0/checks").iter().filter(|check| check["ok"] == false);
    let lost: Vec<&str> = lost.map(|check| text(check, "/subject")).collect();
    assert_eq!(lost, ["read maintenance windows"], "{checked:#}");

    // One of the priorities is no severity: its incidents are kept all the same, so it is said and nothing has failed.
    pager.fake.set(|quirks| quirks.forbidden.clear());
    let checked = pager.desk.ok(&["sources", "check", "pd"]);
    assert_eq!(warnings_of(&checked, "pd"), ["severity_unmapped"], "{checked:#}");
    assert!(text(&checked, "/warnings/0/message").contains("without a severity"), "{checked:#}");
}

/// Both teams of ours by their members, schedules and services; not who has left, and nobody of the foreign team.
fn ours(fake: &FakePagerDuty) -> String {
    let story = fake.story();
    let quoted = |names: Vec<String>| names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
    let mut members: Vec<u32> =
        story.teams.iter().filter(|team| !team.foreign).flat_map(|team| &team.members).map(|(who, _)| *who).collect();
    members.sort_unstable();
    members.dedup();
    let emails = members.iter().map(|who| story.people[*who as usize].email.clone()).collect();
    let own = |team: u32| story.teams.iter().any(|squad| squad.number == team && !squad.foreign);
    let schedules = story.rotas.iter().filter(|rota| own(rota.team));
    let schedules = schedules.map(|rota| format!("pd:{}", PagerDuty.id(Noun::Schedule, rota.number))).collect();
    format!(
        "[[team]]\nname = \"harbor\"\npeople = \"individual\"\nmembers = [{}]\nschedules = [{}]\n",
        quoted(emails),
        quoted(schedules)
    )
}

#[test]
fn telephone_numbers_the_token_and_strangers_never_reach_the_disk() {
    let pager = pager();
    let (fake, desk) = (&pager.fake, &pager.desk);
    let token = desk.beside("token");
    desk.configure(&config_of(&ours(fake), fake, &format!("{{ command = \"cat {}\" }}", token.display())));
    let mut told = String::new();
    for args in [
        &["-vv", "sync"][..],
        &["--json", "sync"],
        &["--json", "sources", "check"],
        &["backup", "create"],
        &["status", "--md"],
        &["--json", "status"],
        &["--json", "oncall", "--from", "2026-01-01", "--to", "2099-01-01"],
        &["--json", "incidents", "list", "--limit", "500"],
        &["--json", "people"],
        &["doctor"],
    ] {
        let answer = desk.run(args);
        told.push_str(&answer.stdout);
        told.push_str(&answer.stderr);
    }
    assert!(told.contains("Ines Duarte"), "our own people are known");
    desk.ok(&["export", desk.dir().join("exported").to_str().unwrap(), "--include-people"]);

    // Every number and every address has one of these in it.
    let stems = ["202555", "private-mailbox"];
    assert!(fake.story().secrets().iter().all(|secret| stems.iter().any(|stem| secret.contains(stem))));
    let strangers = ["elsewhere.example", "Olga Brandt", "Piet Maas", "Ruth Vance", "Bystander"];
    let mut secrets: Vec<String> = stems.iter().chain(&strangers).map(|text| (*text).to_owned()).collect();
    secrets.push(fake.current_token());
    let kept = pager.stored();
    let documents = pager.documents(&kept);
    assert!(documents.iter().filter(|(kind, _)| *kind == RecordKind::TimelineEvent).count() > 100);
    assert!(documents.iter().any(|(kind, _)| *kind == RecordKind::Incident));
    let records = serde_json::to_string(&kept).unwrap();
    assert!(records.contains("ines@harbor.example"), "what is kept can be read");
    let files = desk.files();
    for secret in &secrets {
        assert!(!told.contains(secret.as_str()), "{secret} was told");
        assert!(!records.contains(secret.as_str()), "{secret} is in a record");
        for (path, bytes) in &files {
            let found = bytes.windows(secret.len()).any(|part| part.eq_ignore_ascii_case(secret.as_bytes()));
            assert!(!found, "{secret} is in {}", path.display());
        }
        for (kind, document) in &documents {
            assert!(!document.contains(secret.as_str()), "{secret} is in a document of a {kind}: {document}");
        }
    }
    // Ids of strangers are names too.
    for stranger in [8, 10, 11] {
        let id = PagerDuty.id(Noun::Person, stranger);
        let document = documents.iter().find(|(_, document)| document.contains(&id));
        assert!(document.is_none(), "{stranger} is in {document:?}");
    }
    assert_eq!(fake.violations(), Vec::<String>::new());
}
