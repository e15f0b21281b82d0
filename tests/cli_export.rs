//! Exports: what goes out, who is named in it, where it is put, and that it comes back as it was.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says why")]

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use fairlead_domain::time::SystemClock;
use fairlead_domain::{Clock, RecordKind};
use fairlead_store::authored::By;
use fairlead_store::{Authored, Mode};
use serde_json::{Value, json};
use support::{Desk, list, number, text};

const CONFIG: &str = "[workspace]\nname = \"Desk\"\ntimezone = \"Europe/Lisbon\"\n";

fn demo() -> Desk {
    let desk = Desk::empty();
    desk.ok(&["init", "--demo"]);
    desk
}

/// A workspace of its own whose clock is that of the demo.
fn empty_at(now: &str) -> Desk {
    // Who was paged comes back only where the team lets it be stored.
    let desk = Desk::with(&format!("{CONFIG}[[team]]\nname = \"all\"\npeople = \"individual\"\n"));
    let (dir, now) = (desk.dir(), now.to_owned());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async move {
        let by = By { author: "test".to_owned(), at: SystemClock.now() };
        let authored = Authored::open(&dir, Mode::ReadWrite, by.at).await.unwrap();
        authored.write(move |w| w.set_setting("demo.clock", Some(&json!(now)), None, &by)).await.unwrap();
        authored.close().await.unwrap();
    });
    desk
}

fn export(desk: &Desk, name: &str, more: &[&str]) -> Value {
    let dir = desk.beside(name);
    desk.ok(&[&["export", dir.to_str().unwrap()], more].concat())
}

/// The files of an export but its manifest.
fn files(desk: &Desk, name: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(desk.beside(name)).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        if file != "manifest.json" {
            found.insert(file, std::fs::read_to_string(&path).unwrap());
        }
    }
    found
}

fn lines(files: &BTreeMap<String, String>, file: &str) -> Vec<Value> {
    files[file].lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn manifest(desk: &Desk, name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(desk.beside(name).join("manifest.json")).unwrap()).unwrap()
}

#[test]
fn what_was_exported_comes_back_as_it_was() {
    let desk = demo();
    let report = export(&desk, "all", &["--include-people"]);
    assert_eq!(report["people"], "included");
    assert!(number(&report, "/records") > 1_000.0, "{report:#}");
    let first = files(&desk, "all");
    let all = desk.beside("all");

    let other = empty_at(text(&report, "/as_of"));
    let imported = other.ok(&["import", all.to_str().unwrap(), "--kind", "records"]);
    assert_eq!((&imported["skipped"], &imported["warnings"]), (&json!(0), &json!([])), "{imported:#}");
    let records: f64 = manifest(&desk, "all")["counts"].as_object().unwrap().values().filter_map(Value::as_f64).sum();
    assert_eq!(number(&imported, "/rows"), records, "of all that is in it, records are read: {imported:#}");
    export(&other, "again", &["--include-people"]);
    let second = files(&other, "again");
    for kind in RecordKind::ALL {
        let file = format!("{kind}.jsonl");
        let (a, b): (Vec<&str>, Vec<&str>) = (first[&file].lines().collect(), second[&file].lines().collect());
        for (a, b) in a.iter().zip(&b) {
            assert_eq!(a, b, "{file}");
        }
        assert_eq!(a.len(), b.len(), "{file}");
    }
    let again = other.ok(&["import", all.to_str().unwrap(), "--kind", "records"]);
    assert_eq!((&again["inserted"], &again["updated"]), (&json!(0), &json!(0)), "{again:#}");
}

#[test]
fn the_manifest_says_what_is_there_to_the_byte() {
    let desk = demo();
    let report = export(&desk, "out", &[]);
    let (manifest, files) = (manifest(&desk, "out"), files(&desk, "out"));
    assert_eq!((&manifest["format"], &manifest["schema"]), (&json!("fairlead-export"), &json!(1)));
    assert_eq!(manifest["as_of"], report["as_of"]);
    assert_eq!(manifest["files"], report["files"]);
    assert_eq!(manifest["scope"]["people"], "pseudonyms");
    let listed = list(&manifest, "/files");
    assert_eq!(listed.len(), files.len());
    for entry in listed {
        let content = &files[text(entry, "/file")];
        assert_eq!(number(entry, "/bytes"), content.len() as f64);
        assert_eq!(number(entry, "/records"), content.lines().count() as f64);
        assert_eq!(text(entry, "/blake3").len(), 64);
    }
    for kind in RecordKind::ALL {
        let count = lines(&files, &format!("{kind}.jsonl")).len();
        assert_eq!(number(&manifest, &format!("/counts/{kind}")), count as f64, "{kind}");
    }
    assert!(!list(&manifest, "/sources").is_empty() && !list(&manifest, "/left_out").is_empty());

    let incidents = desk.beside("out").join("incident.jsonl");
    std::fs::write(&incidents, format!("{}\n", files["incident.jsonl"])).unwrap();
    let other = Desk::with(CONFIG);
    let refused = other.json(&["import", desk.beside("out").to_str().unwrap(), "--kind", "records"], 2);
    assert!(text(&refused, "/error/message").contains("incident.jsonl"), "{refused:#}");
}

/// Whether a word stands in a text as a word, whatever its case.
fn has_word(text: &str, word: &str) -> bool {
    let (text, word) = (text.to_lowercase(), word.to_lowercase());
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(&word)
        .any(|(at, _)| !letter(text[..at].chars().next_back()) && !letter(text[at + word.len()..].chars().next()))
}

#[test]
fn without_people_nobody_is_named_and_pseudonyms_stay_the_same() {
    let desk = demo();
    export(&desk, "named", &["--include-people"]);
    let people = lines(&files(&desk, "named"), "person.jsonl");
    assert!(people.len() > 3);
    export(&desk, "hidden", &[]);
    let hidden = files(&desk, "hidden");
    for (file, content) in &hidden {
        for person in &people {
            let (name, email) = (text(person, "/name"), person["email"].as_str().unwrap());
            for word in [name, email].into_iter().chain(name.split(' ').filter(|word| word.len() > 2)) {
                assert!(!has_word(content, word), "{file} names {word}");
            }
        }
        let mut addresses = content.match_indices('@').map(|(at, _)| &content[at.saturating_sub(20)..]);
        assert!(!addresses.any(|found| found.contains(".example")), "{file} has an e-mail");
    }
    let pseudonyms: Vec<Value> = lines(&hidden, "person.jsonl");
    assert_eq!(pseudonyms.len(), people.len());
    assert!(pseudonyms.iter().all(|one| text(one, "/name").starts_with("person-") && one["email"].is_null()));
    let shifts = lines(&hidden, "shift.jsonl");
    let known = |shift: &Value| pseudonyms.iter().any(|one| one["ext_id"] == shift["person"]["ext_id"]);
    assert!(shifts.iter().any(known), "shifts point to the pseudonyms");

    export(&desk, "hidden-again", &[]);
    assert_eq!(files(&desk, "hidden-again"), hidden);
    let other = demo();
    export(&other, "hidden", &[]);
    let others = lines(&files(&other, "hidden"), "person.jsonl");
    assert!(others.iter().all(|one| !pseudonyms.contains(one)), "another workspace has another key");
}

#[test]
fn a_folder_with_something_in_it_is_left_alone_and_an_export_is_replaced() {
    let desk = demo();
    let out = desk.beside("out");
    std::fs::create_dir(&out).unwrap();
    export(&desk, "out", &[]);
    export(&desk, "out", &["--include-people"]);
    assert_eq!(manifest(&desk, "out")["scope"]["people"], "included");

    std::fs::write(out.join("notes.txt"), "mine").unwrap();
    let refused = desk.json(&["export", out.to_str().unwrap()], 2);
    assert!(text(&refused, "/error/message").contains("notes.txt"), "{refused:#}");
    assert_eq!(manifest(&desk, "out")["scope"]["people"], "included", "the earlier export is as it was");
    let workspace = desk.dir();
    let refused = desk.json(&["export", workspace.to_str().unwrap()], 2);
    assert_eq!(refused["error"]["code"], "export_refused");
    let file = desk.write_beside("file", "x");
    desk.json(&["export", file.to_str().unwrap()], 2);
    desk.json(&["export", desk.beside("no/such/place").to_str().unwrap()], 1);
    let left = std::fs::read_dir(desk.beside("")).unwrap().map(|entry| entry.unwrap().file_name());
    let hidden: Vec<_> = left.filter(|name| name.to_string_lossy().starts_with('.')).collect();
    assert!(hidden.iter().all(|name| !name.to_string_lossy().contains("out")), "{hidden:?}");
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let desk = demo();
    export(&desk, "out", &["--csv"]);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&desk.beside("out")), 0o700);
    for entry in std::fs::read_dir(desk.beside("out")).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing_half() {
    let desk = demo();
    export(&desk, "out", &[]);
    let before = files(&desk, "out");
    // No file may grow beyond 128 KiB; the signal that says so is ignored, so that writing fails as on a full disk.
    let script = "trap '' XFSZ; ulimit -f 256; exec \"$@\"";
    let run = desk.command(&["--json", "export", desk.beside("out").to_str().unwrap(), "--include-people"]);
    let mut limited = Command::new("sh");
    limited.args(["-c", script, "sh"]).arg(run.get_program()).args(run.get_args());
    let answer: support::Answer = limited.output().unwrap().into();
    assert_eq!(answer.code, Some(1), "{} {}", answer.stdout, answer.stderr);
    assert_eq!(answer.json()["error"]["code"], "disk_full");
    assert_eq!(files(&desk, "out"), before, "the earlier export is as it was");
    assert!(!desk.beside(".out.partial").exists());
}

#[test]
fn a_range_and_an_instant_bound_what_goes_out() {
    let desk = demo();
    export(&desk, "all", &["--include-people"]);
    let all = lines(&files(&desk, "all"), "incident.jsonl");
    let mut created: Vec<&str> = all.iter().map(|one| text(one, "/created_at")).collect();
    created.sort_unstable();
    let (from, to) = (created[created.len() / 3], created[created.len() * 2 / 3]);
    export(&desk, "some", &["--from", from, "--to", to]);
    let some = lines(&files(&desk, "some"), "incident.jsonl");
    let inside = created.iter().filter(|at| **at >= from && **at < to).count();
    assert!(inside > 0 && some.len() == inside, "{} of {inside}", some.len());
    assert_eq!(manifest(&desk, "some")["scope"]["from"], from);

    export(&desk, "then", &["--as-of", to]);
    let then = files(&desk, "then");
    let known = lines(&then, "incident.jsonl");
    assert_eq!(known.len(), created.iter().filter(|at| **at <= to).count());
    for incident in &known {
        for time in ["acked_at", "mitigated_at", "resolved_at", "closed_at", "updated_at"] {
            assert!(incident[time].as_str().is_none_or(|at| at <= to), "{incident:#}");
        }
    }
    assert!(lines(&then, "timeline_event.jsonl").iter().all(|event| text(event, "/at") <= to));
    desk.json(&["export", desk.beside("x").to_str().unwrap(), "--from", to, "--to", from], 2);
}

#[test]
fn hostile_text_is_no_formula_in_the_table() {
    let desk = Desk::with(CONFIG);
    let csv = "id,title,status,created_at\nA1,\"=HYPERLINK(\"\"http://evil\"\")\",open,2026-11-01T10:00:00Z\n\
               A2,＝1+1,open,2026-11-01T10:00:00Z\nA3,fine,open,2026-11-01T10:00:00Z\n";
    let file = desk.write_beside("in.csv", csv);
    desk.ok(&["import", file.to_str().unwrap(), "--kind", "incidents"]);
    export(&desk, "out", &["--csv"]);
    let table = &files(&desk, "out")["incidents.csv"];
    assert!(table.contains("\"'=HYPERLINK(\"\"http://evil\"\")\"") && table.contains("\"'＝1+1\""), "{table}");
    assert!(table.contains("\"fine\""));
    assert_eq!(table.lines().count(), 4);
}
