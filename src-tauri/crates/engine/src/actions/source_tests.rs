//! Adding, changing, archiving and removing sources: the file, the rows, the keychain, and that no secret gets out.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use fairlead_domain::Timestamp;
use fairlead_domain::secret::SecretRef;
use fairlead_testkit::records::incident;
use rstest::rstest;
use secrecy::{ExposeSecret, SecretString};

use super::archive_source::archive_source;
use super::check::check_draft;
use super::configuration::{Edited, undo};
use super::remove_source::{preview_removal, remove_source};
use super::save_source::save_source;
use super::scope_choice::ScopeChoice;
use super::secret_items::{forget_unnamed, items_in};
use crate::EngineError;
use crate::config::FILE;
use crate::secrets::SecretReader;
use crate::secrets::keychain::{Keychain, KeychainFault, Store};
use crate::views::sources::settings::{SourceDraft, source_settings};
use crate::workspace::{Access, Workspace};

const CANARY: &str = "canary-9d41-token";

const TEXT: &str = r#"# ours
[workspace]
name = "Harbor"   # the name

[[source]]
# the metrics
name = "prom"
kind = "prometheus"
url  = "https://prom.example"   # behind the proxy
auth = { bearer = { env = "PROM" } } # rotated monthly
timeout_secs = 30
"#;

type Items = Arc<Mutex<HashMap<String, String>>>;

/// A keychain in memory, or none at all.
struct Memory(Option<Items>);

impl Store for Memory {
    fn get(&mut self, _: &str, item: &str) -> Result<SecretString, KeychainFault> {
        let items = self.0.as_ref().ok_or(KeychainFault::Absent)?.lock().unwrap();
        items.get(item).map(|text| SecretString::from(text.as_str())).ok_or(KeychainFault::Missing)
    }

    fn set(&mut self, _: &str, item: &str, secret: &SecretString) -> Result<(), KeychainFault> {
        let mut items = self.0.as_ref().ok_or(KeychainFault::Absent)?.lock().unwrap();
        items.insert(item.to_owned(), secret.expose_secret().to_owned());
        Ok(())
    }

    fn delete(&mut self, _: &str, item: &str) -> Result<(), KeychainFault> {
        let mut items = self.0.as_ref().ok_or(KeychainFault::Absent)?.lock().unwrap();
        items.remove(item).map(drop).ok_or(KeychainFault::Missing)
    }
}

struct Bench {
    dir: tempfile::TempDir,
    workspace: Workspace,
    items: Items,
}

impl Bench {
    async fn new() -> Self {
        Self::over(true).await
    }

    async fn over(keychain: bool) -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(FILE), TEXT).unwrap();
        let mut workspace = Workspace::open(dir.path(), Access::Write).await.unwrap();
        let items = Items::default();
        let store = Memory(keychain.then(|| Arc::clone(&items)));
        workspace.keychain = Keychain::over(store, workspace.id).unwrap();
        let reader = SecretReader::new(dir.path().to_owned(), workspace.keychain.clone(), Arc::clone(&workspace.clock));
        workspace.secrets = Arc::new(reader);
        Self { dir, workspace, items }
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.dir.path().join(FILE)).unwrap()
    }

    /// Puts an edit in force, as the window does.
    fn now(&mut self, edited: &Edited) {
        self.workspace = self.workspace.under(edited.config.clone());
    }
}

fn draft(json: &str) -> SourceDraft {
    serde_json::from_str(json).unwrap()
}

fn pagerduty(url: &str) -> SourceDraft {
    draft(&format!(
        r#"{{ "name": "pd", "kind": "pagerduty", "settings": [
            {{ "key": "url", "value": {{ "type": "text", "value": "{url}" }} }},
            {{ "key": "token", "value": {{ "type": "secret", "value": " {CANARY}\n" }} }} ] }}"#
    ))
}

fn contains(dir: &Path, what: &str) -> bool {
    std::fs::read_dir(dir).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return contains(&path, what);
        }
        // A database that is being closed takes its log away.
        std::fs::read(path).is_ok_and(|bytes| bytes.windows(what.len()).any(|window| window == what.as_bytes()))
    })
}

#[tokio::test]
async fn a_typed_secret_goes_into_the_keychain_and_a_reference_into_the_file() {
    let mut bench = Bench::new().await;
    let edited = save_source(&bench.workspace, &pagerduty("https://api.eu.pagerduty.com"), None, None).await.unwrap();
    assert!(bench.text().starts_with(TEXT.trim_end()), "what stood there stands there");
    let added = bench.text().split_off(TEXT.trim_end().len());
    let due = "\n\n[[source]]\nname = \"pd\"\nkind = \"pagerduty\"\nurl = \"https://api.eu.pagerduty.com\"\n\
        token = { keychain = \"pd-token\" }\n";
    assert_eq!(added, due);
    assert_eq!(bench.items.lock().unwrap()["pd-token"], CANARY);
    bench.now(&edited);
    let told = serde_json::to_string(&source_settings(&bench.workspace, "pd").unwrap()).unwrap();
    assert!(told.contains("pd-token") && !told.contains(CANARY), "{told}");
    bench.workspace.close().await.unwrap();
    assert!(!contains(bench.dir.path(), CANARY), "the secret lies in no file");
}

#[tokio::test]
async fn schedules_of_a_new_source_are_in_the_scope_of_the_one_team_that_narrows_them() {
    let mut bench = Bench::new().await;
    let chosen = ScopeChoice { team: "Harbor".to_owned(), schedules: Some(vec!["pd:P1".to_owned()]), services: None };
    let pd = save_source(&bench.workspace, &pagerduty("https://api.pagerduty.com"), None, Some(&chosen)).await.unwrap();
    bench.now(&pd);
    let calendar = |name: &str, held: &str| {
        draft(&format!(
            r#"{{ "name": "{name}", "kind": "ical", "settings": [
                {{ "key": "url", "value": {{ "type": "text", "value": "https://cal.example/a.ics" }} }},
                {{ "key": "use", "value": {{ "type": "text", "value": "{held}" }} }} ] }}"#
        ))
    };
    for (name, held) in [("desk", "oncall"), ("away", "leave")] {
        let saved = save_source(&bench.workspace, &calendar(name, held), None, None).await.unwrap();
        bench.now(&saved);
    }
    let schedules = &bench.workspace.config.teams.iter().find(|team| team.name == "Harbor").unwrap().schedules;
    assert_eq!(schedules.iter().filter(|entry| *entry == "desk").count(), 1, "{schedules:?}");
    assert!(!schedules.iter().any(|entry| entry == "away"), "leave is no schedule: {schedules:?}");
    bench.workspace.close().await.unwrap();
}

#[tokio::test]
async fn without_a_keychain_nothing_is_written_and_the_other_ways_are_named() {
    let bench = Bench::over(false).await;
    let refused = save_source(&bench.workspace, &pagerduty("https://api.pagerduty.com"), None, None).await;
    let said = refused.err().unwrap().to_string();
    assert!(said.contains("use env, command or file instead") && !said.contains(CANARY), "{said}");
    assert_eq!(bench.text(), TEXT);
}

#[rstest]
#[case::taken("prom", "https://x.example", "another source has it")]
#[case::no_name("a b", "https://x.example", "letters, digits")]
#[case::no_address("pd", "ftp://x.example", "fairlead.toml:16:7: \\\"url\\\" is no address")]
#[case::secret_in_the_address(
    "pd",
    "https://me:canary-9d41-token@x.example",
    "fairlead.toml:16:7: \\\"url\\\" holds a user name"
)]
#[tokio::test]
async fn what_is_wrong_is_told_with_its_place_and_nothing_is_written(
    #[case] name: &str,
    #[case] url: &str,
    #[case] due: &str,
) {
    let bench = Bench::new().await;
    let draft = SourceDraft { name: name.to_owned(), ..pagerduty(url) };
    let error = save_source(&bench.workspace, &draft, None, None).await.err().unwrap();
    let said = format!("{error} {error:?}");
    assert!(said.replace('"', "\\\"").contains(due) || said.contains(due), "{said}");
    assert!(!said.contains(CANARY), "{said}");
    assert_eq!((bench.text().as_str(), bench.items.lock().unwrap().len()), (TEXT, 0));
}

#[tokio::test]
async fn what_only_the_kind_can_tell_is_told_with_its_place_too() {
    let bench = Bench::new().await;
    let bare = draft(r#"{ "name": "pd", "kind": "pagerduty", "settings": [] }"#);
    let error = save_source(&bench.workspace, &bare, None, None).await.err().unwrap();
    assert!(matches!(&error, EngineError::Config { .. }));
    let said = error.to_string();
    assert!(said.starts_with("fairlead.toml:13:") && said.contains("source \"pd\": PagerDuty needs a token"), "{said}");
}

#[tokio::test]
async fn a_change_leaves_comments_and_what_did_not_change() {
    let mut bench = Bench::new().await;
    let mut draft = source_settings(&bench.workspace, "prom").unwrap();
    draft.settings.retain(|entry| entry.key != "timeout_secs");
    let changed = serde_json::to_string(&draft).unwrap().replace("\"PROM\"", "\"PROM_NEW\"");
    let edited = save_source(&bench.workspace, &self::draft(&changed), Some("prom"), None).await.unwrap();
    let due = TEXT.replace("\"PROM\"", "\"PROM_NEW\"").replace("timeout_secs = 30\n", "");
    assert_eq!(bench.text(), due);
    bench.now(&edited);
    let typed = changed.replace(
        r#"{"type":"table","value":[{"key":"env","value":{"type":"text","value":"PROM_NEW"}}]}"#,
        &format!(r#"{{"type":"secret","value":"{CANARY}"}}"#),
    );
    assert!(typed.contains(CANARY));
    let again = save_source(&bench.workspace, &self::draft(&typed), Some("prom"), None).await.unwrap();
    assert!(
        bench.text().contains("{ bearer = { keychain = \"prom-auth-bearer\" } } # rotated monthly"),
        "{}",
        bench.text()
    );
    bench.now(&again);
    undo(&bench.workspace, &again).await.unwrap();
    assert_eq!(bench.text(), due, "taken back to the last byte");
}

#[tokio::test]
async fn a_secret_that_was_replaced_is_back_with_the_edit_and_gone_when_nothing_can_be_taken_back() {
    let mut bench = Bench::new().await;
    let draft = |secret: &str| {
        draft(&format!(
            r#"{{ "name": "pd", "kind": "pagerduty",
                "settings": [{{ "key": "token", "value": {{ "type": "secret", "value": "{secret}" }} }}] }}"#
        ))
    };
    let held = async |bench: &Bench| {
        let (config, mut named) = (bench.workspace.config.source("pd").unwrap().settings.clone(), Vec::new());
        items_in(&config, &mut named);
        let [item] = named.as_slice() else { panic!("one is named: {named:?}") };
        let secret = bench.workspace.secrets.reveal(&SecretRef::Keychain(item.clone()), false).await.unwrap();
        secret.expose_secret().to_owned()
    };
    let first = save_source(&bench.workspace, &draft("one"), None, None).await.unwrap();
    bench.now(&first);
    let second = save_source(&bench.workspace, &draft("two"), Some("pd"), None).await.unwrap();
    bench.now(&second);
    assert_eq!(held(&bench).await, "two");
    let third = save_source(&bench.workspace, &draft("three"), Some("pd"), None).await.unwrap();
    bench.now(&third);
    assert_eq!((held(&bench).await.as_str(), bench.items.lock().unwrap().len()), ("three", 3));
    let config = undo(&bench.workspace, &third).await.unwrap();
    bench.workspace = bench.workspace.under(config);
    assert_eq!(held(&bench).await, "two", "the edit is taken back with its secret");

    let made = third.made.clone();
    let left: Vec<String> = [first, second, third].into_iter().flat_map(|edited| edited.replaced).chain(made).collect();
    forget_unnamed(&bench.workspace, &left).await.unwrap();
    assert_eq!(held(&bench).await, "two", "what is named stays");
    assert_eq!(bench.items.lock().unwrap().keys().collect::<Vec<_>>(), ["pd-token-2"]);
}

#[tokio::test]
async fn an_item_that_somebody_made_by_hand_is_neither_written_over_nor_forgotten() {
    let mut bench = Bench::new().await;
    bench.items.lock().unwrap().insert("pd-token".to_owned(), "by hand".to_owned());
    let edited = save_source(&bench.workspace, &pagerduty("https://api.pagerduty.com"), None, None).await.unwrap();
    bench.now(&edited);
    undo(&bench.workspace, &edited).await.unwrap();
    forget_unnamed(&bench.workspace, &[edited.made, edited.replaced].concat()).await.unwrap();
    let items = bench.items.lock().unwrap();
    assert_eq!(items.iter().collect::<Vec<_>>(), [(&"pd-token".to_owned(), &"by hand".to_owned())]);
}

#[tokio::test]
async fn an_edit_is_not_taken_back_over_another_one() {
    let bench = Bench::new().await;
    let edited = save_source(&bench.workspace, &pagerduty("https://api.pagerduty.com"), None, None).await.unwrap();
    std::fs::write(bench.dir.path().join(FILE), bench.text() + "# mine\n").unwrap();
    let refused = undo(&bench.workspace, &edited).await.err().unwrap();
    assert!(refused.to_string().contains("was edited since"), "{refused}");
    assert!(bench.text().ends_with("# mine\n"));
}

#[tokio::test]
async fn a_draft_is_checked_with_its_typed_secret_and_nothing_is_kept() {
    let bench = Bench::new().await;
    // Nothing listens there: how far it came is what is looked at.
    let found = check_draft(&bench.workspace, &pagerduty("http://127.0.0.1:9"), None).await.unwrap();
    assert!(!found.checks.is_empty() || found.error.is_some());
    assert!(found.checks.iter().all(|line| !line.ok && line.detail.contains("127.0.0.1")), "{found:?}");
    assert!(!format!("{found:?}").contains(CANARY));
    assert_eq!((bench.text().as_str(), bench.items.lock().unwrap().len()), (TEXT, 0));
}

async fn with_rows(bench: &Bench) {
    bench
        .workspace
        .synced
        .write(|w| {
            let source = w.ensure_source("prom", "prometheus", Timestamp::from_secs(1_000))?;
            let row = incident("a", Timestamp::from_secs(1_000));
            w.apply(source, "incidents", &[row.into()], Timestamp::from_secs(1_000)).map(drop)
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn an_archived_source_keeps_its_rows_and_comes_back_with_the_edit() {
    let mut bench = Bench::new().await;
    with_rows(&bench).await;
    let edited = archive_source(&bench.workspace, "prom").await.unwrap();
    bench.now(&edited);
    assert!(bench.workspace.config.sources.is_empty());
    let page = crate::views::sources::sources_page(&bench.workspace, bench.workspace.clock.now()).await.unwrap();
    let [archived] = page.archived.as_slice() else { panic!("one is archived") };
    assert_eq!((archived.name.as_str(), archived.archived_at.is_some()), ("prom", true));
    assert_eq!(preview_removal(&bench.workspace, "prom").await.unwrap().total, 1);
    let config = undo(&bench.workspace, &edited).await.unwrap();
    assert_eq!((bench.text().as_str(), config.sources.len()), (TEXT, 1));
    let [back] = &bench.workspace.synced.read(|r| r.sources()).await.unwrap()[..] else { panic!("one source") };
    assert_eq!(back.archived_at, None);
}

#[tokio::test]
async fn removing_says_what_goes_first_and_leaves_no_row() {
    let mut bench = Bench::new().await;
    with_rows(&bench).await;
    let preview = preview_removal(&bench.workspace, "prom").await.unwrap();
    assert_eq!((preview.total, preview.rows[0].kind.as_str()), (1, "incident"));
    assert!(preview.configured && preview.faults.is_empty(), "{preview:?}");
    let edited = remove_source(&bench.workspace, "prom").await.unwrap().expect("it was configured");
    bench.now(&edited);
    assert!(bench.workspace.synced.read(|r| r.sources()).await.unwrap().is_empty());
    assert!(!bench.text().contains("[[source]]") && bench.text().contains("name = \"Harbor\"   # the name"));
    assert!(matches!(preview_removal(&bench.workspace, "prom").await, Err(EngineError::Unknown { .. })));
}

#[tokio::test]
async fn what_needs_a_source_keeps_it() {
    let dir = tempfile::tempdir().unwrap();
    let slo =
        "\n[[slo]]\nname = \"a\"\nsource = \"prom\"\ngood = 'a'\ntotal = 'b'\nobjective = 0.99\nwindow = \"30d\"\n";
    std::fs::write(dir.path().join(FILE), format!("{TEXT}{slo}")).unwrap();
    let workspace = Workspace::open(dir.path(), Access::Write).await.unwrap();
    let preview = preview_removal(&workspace, "prom").await.unwrap();
    assert!(preview.faults[0].starts_with("fairlead.toml:"), "{:?}", preview.faults);
    assert!(matches!(archive_source(&workspace, "prom").await, Err(EngineError::Config { .. })));
}

#[tokio::test]
async fn what_is_chosen_of_a_source_stands_in_the_team_and_leaves_the_others() {
    let mut bench = Bench::new().await;
    let choice = ScopeChoice {
        team: "platform".to_owned(),
        schedules: Some(vec!["pd:P1".to_owned()]),
        services: Some(vec!["pd:S1".to_owned(), "pd:S2".to_owned()]),
    };
    let draft = pagerduty("https://api.pagerduty.com");
    let edited = save_source(&bench.workspace, &draft, None, Some(&choice)).await.unwrap();
    bench.now(&edited);
    let [team] = bench.workspace.config.teams.as_slice() else { panic!("one team") };
    assert_eq!((team.name.as_str(), &team.schedules[..]), ("platform", &["prom".to_owned(), "pd:P1".to_owned()][..]));
    assert_eq!(team.services, ["pd:S1", "pd:S2"]);

    let other = ScopeChoice { schedules: Some(vec!["pd:P2".to_owned()]), services: None, ..choice };
    let settings = source_settings(&bench.workspace, "pd").unwrap();
    let edited = save_source(&bench.workspace, &settings, Some("pd"), Some(&other)).await.unwrap();
    bench.now(&edited);
    let team = &bench.workspace.config.teams[0];
    assert_eq!((team.schedules.join(" ").as_str(), team.services.len()), ("prom pd:P2", 2));
    assert!(bench.text().contains("token = { keychain = \"pd-token\" }"), "what did not change stays");
}
