//! An export that is stopped.

use std::sync::atomic::{AtomicU64, Ordering};

use fairlead_testkit::records::incident;

use super::*;
use crate::actions::init::init;
use crate::workspace::Access;

#[tokio::test]
async fn an_export_that_is_stopped_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let desk = dir.path().join("desk");
    init(&desk).await.unwrap();
    let workspace = Workspace::open(&desk, Access::Write).await.unwrap();
    let now = workspace.clock.now();
    let items: Vec<_> =
        (0..3 * i32::try_from(STEP).unwrap()).map(|n| incident(&format!("I{n:06}"), now).into()).collect();
    let stored = move |w: &mut fairlead_store::synced::Writer<'_>| {
        let source = w.ensure_source("pd", "pagerduty", now)?;
        w.apply(source, "incidents", &items, now)
    };
    workspace.synced.write(stored).await.unwrap();

    let request = ExportRequest {
        dir: dir.path().join("out"),
        include_people: true,
        window: None,
        as_of: now.plus_hours(1),
        csv: true,
        documents: true,
    };
    let (cancel, heard) = (CancellationToken::new(), Arc::new(AtomicU64::new(0)));
    let (stop, most) = (cancel.clone(), Arc::clone(&heard));
    let listener: ExportListener = Arc::new(move |kind, records| {
        if kind == RecordKind::Incident && records >= STEP {
            most.store(records, Ordering::Relaxed);
            stop.cancel();
        }
    });
    let stopped = export(&workspace, &request, &listener, &cancel).await;
    assert!(matches!(stopped, Err(EngineError::Cancelled { .. })), "{stopped:?}");
    assert_eq!(heard.load(Ordering::Relaxed), STEP, "it stopped in the middle");
    let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["desk"], "neither the folder nor a part of it");

    let done = export(&workspace, &request, &listener, &CancellationToken::new()).await.unwrap();
    assert_eq!(done.records, 3 * STEP);
}

const INES: &str = "ines@harbor.example";

/// The lines of a file of an export.
fn lines(dir: &Path, file: &str) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(dir.join(file)).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A workspace in which Ines is known, marked, given a zone, and held a shift that was then another's.
async fn written(desk: &Path) -> Workspace {
    use fairlead_store::authored::{PersonHoursRow, PersonKind, ServiceOwnerRow};
    use fairlead_testkit::records::{person, shift};
    init(desk).await.unwrap();
    let workspace = Workspace::open(desk, Access::Write).await.unwrap();
    let now = workspace.clock.now();
    let stored = move |w: &mut fairlead_store::synced::Writer<'_>| {
        let source = w.ensure_source("pd", "pagerduty", now)?;
        let raw = Some(serde_json::json!({ "id": "I1", "summary": "Ines took it" }));
        let record = incident("I1", now.plus_hours(-5)).into();
        let held = shift("primary", INES, now.plus_hours(-3), now.plus_hours(3));
        let other = fairlead_domain::schedule::Shift { end: now.plus_hours(2), ..held.clone() };
        let items = [person("P1", INES).into(), held.into(), fairlead_domain::Item { record, raw }];
        w.apply(source, "all", &items, now.plus_hours(-1))?;
        w.apply(source, "all", &[other.into()], now)
    };
    workspace.synced.write(stored).await.unwrap();
    let ines = workspace.synced.read(|r| Ok(r.identities()?.remove(0).person.key)).await.unwrap();
    let by = crate::actions::by(&workspace);
    let write = workspace.authored.write(move |w| {
        let by = fairlead_store::authored::By { author: INES.to_owned(), ..by };
        w.mark_person(ines, Some(PersonKind::Bot), &by)?;
        w.mark_person(ines, Some(PersonKind::Person), &by)?;
        let zone = Some("Asia/Tokyo".to_owned());
        w.set_person_hours(&PersonHoursRow { person: ines, valid_from: now, timezone: zone, hours: None }, &by)?;
        let team = Some("platform".to_owned());
        w.set_service_owner(
            &ServiceOwnerRow { service: "checkout".into(), team, tier: Some(1), lifecycle: None },
            &by,
        )?;
        w.note_page_rules("v1", "merge_secs = 60", &by)
    });
    write.await.unwrap();
    workspace
}

async fn exported(workspace: &Workspace, dir: &Path, include_people: bool) -> Manifest {
    let as_of = workspace.clock.now().plus_hours(1);
    let request =
        ExportRequest { dir: dir.to_path_buf(), include_people, window: None, as_of, csv: false, documents: true };
    let nobody: ExportListener = Arc::new(|_, _| {});
    export(workspace, &request, &nobody, &CancellationToken::new()).await.unwrap();
    Manifest::read(&std::fs::read_to_string(dir.join(manifest::FILE)).unwrap()).unwrap()
}

#[tokio::test]
async fn what_people_wrote_and_what_was_before_goes_out_with_people() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = written(&dir.path().join("desk")).await;
    let out = dir.path().join("out");
    let manifest = exported(&workspace, &out, true).await;
    let said = |file: &str, at: &str| lines(&out, file).iter().map(|l| l.pointer(at).cloned()).collect::<Vec<_>>();
    let text = |text: &str| vec![Some(serde_json::Value::from(text))];
    assert_eq!(said("authored_person_mark.jsonl", "/said/kind"), text("person"));
    assert_eq!(said("authored_person_hours.jsonl", "/said/timezone"), text("Asia/Tokyo"));
    assert_eq!(said("authored_service_owner.jsonl", "/said/team"), text("platform"));
    assert_eq!(said("authored_page_rules.jsonl", "/said/text"), text("merge_secs = 60"));
    let marks: Vec<_> = lines(&out, "authored_revision.jsonl");
    let marks: Vec<_> =
        marks.iter().filter(|l| l["table"] == "person_mark").map(|l| (&l["rev"], &l["author"])).collect();
    assert_eq!(marks, [(&1.into(), &INES.into()), (&2.into(), &INES.into())]);
    assert_eq!(said("revision.jsonl", "/reason"), text("changed"));
    assert_eq!(said("revision.jsonl", "/kind"), text("shift"));
    assert_eq!(said("document.jsonl", "/document/summary"), text("Ines took it"));
    assert!(manifest.scope.documents && !manifest.left_out.iter().any(|text| text.contains("raw")));
}

#[tokio::test]
async fn without_people_neither_documents_nor_authors_nor_zones_go_out() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = written(&dir.path().join("desk")).await;
    let ines = workspace.synced.read(|r| Ok(r.identities()?.remove(0).person.key)).await.unwrap();
    let out = dir.path().join("out");
    let manifest = exported(&workspace, &out, false).await;
    assert!(!manifest.scope.documents && manifest.left_out.iter().any(|text| text.contains("raw")));
    assert!(!out.join("document.jsonl").exists());
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&out).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for word in [INES, "Tokyo", &ines.to_string()] {
            assert!(!text.contains(word), "{} has {word}: {text}", path.display());
        }
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        assert!(words.all(|word| !word.eq_ignore_ascii_case("ines")), "{}: {text}", path.display());
    }
    let person = lines(&out, "person.jsonl")[0]["ext_id"].clone();
    names.extend(lines(&out, "authored_revision.jsonl").iter().map(|line| line["author"].clone()));
    names.extend(lines(&out, "authored_person_mark.jsonl").iter().map(|line| line["key"].clone()));
    names.extend(lines(&out, "authored_person_hours.jsonl").iter().map(|line| line["said"]["person"].clone()));
    assert!(names.len() > 5 && names.iter().all(|name| *name == person), "one pseudonym everywhere: {names:?}");
}
