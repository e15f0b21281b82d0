use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use fairlead_domain::time::FixedClock;
use rstest::rstest;
use uuid::Uuid;

use super::keychain::{KeychainFault, KeychainState, Store};
use super::*;

/// A keychain that always answers the same.
struct Fake(Result<&'static str, KeychainFault>, Arc<AtomicUsize>);

impl Store for Fake {
    fn get(&mut self, service: &str, _item: &str) -> Result<SecretString, KeychainFault> {
        assert_eq!(service, "fairlead/00000000-0000-0000-0000-000000000007", "the workspace is part of the key");
        self.1.fetch_add(1, Ordering::SeqCst);
        self.0.clone().map(SecretString::from)
    }

    fn set(&mut self, _service: &str, _item: &str, _secret: &SecretString) -> Result<(), KeychainFault> {
        self.0.clone().map(|_| ())
    }

    fn delete(&mut self, _service: &str, _item: &str) -> Result<(), KeychainFault> {
        self.0.clone().map(|_| ())
    }
}

/// A locked keychain: a person closes its question as often as the test sends.
struct Locked(std::sync::mpsc::Receiver<()>, Arc<AtomicUsize>);

impl Store for Locked {
    fn get(&mut self, _service: &str, _item: &str) -> Result<SecretString, KeychainFault> {
        self.1.fetch_add(1, Ordering::SeqCst);
        self.0.recv().unwrap();
        Err(KeychainFault::Locked)
    }

    fn set(&mut self, service: &str, item: &str, _secret: &SecretString) -> Result<(), KeychainFault> {
        self.get(service, item).map(|_| ())
    }

    fn delete(&mut self, service: &str, item: &str) -> Result<(), KeychainFault> {
        self.get(service, item).map(|_| ())
    }
}

/// A keychain that waits for a person who never comes.
struct Silent(std::sync::mpsc::Receiver<()>);

impl Store for Silent {
    fn get(&mut self, _service: &str, _item: &str) -> Result<SecretString, KeychainFault> {
        assert!(self.0.recv().is_err(), "the test ends it by dropping the sender");
        Err(KeychainFault::Missing)
    }

    fn set(&mut self, service: &str, item: &str, _secret: &SecretString) -> Result<(), KeychainFault> {
        self.get(service, item).map(|_| ())
    }

    fn delete(&mut self, service: &str, item: &str) -> Result<(), KeychainFault> {
        self.get(service, item).map(|_| ())
    }
}

fn keychain(answer: Result<&'static str, KeychainFault>) -> (Keychain, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    (Keychain::over(Fake(answer, Arc::clone(&asked)), Uuid::from_u128(7)).unwrap(), asked)
}

struct Bench {
    folder: tempfile::TempDir,
    clock: FixedClock,
    reader: SecretReader,
}

fn bench() -> Bench {
    bench_with(keychain(Err(KeychainFault::Missing)).0)
}

fn bench_with(keychain: Keychain) -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let clock = FixedClock::at(Timestamp::from_secs(1_000));
    let reader = SecretReader::new(folder.path().to_owned(), keychain, Arc::new(clock.clone()));
    Bench { folder, clock, reader }
}

impl Bench {
    async fn ask(&self, reference: &SecretRef, fresh: bool) -> Result<String, String> {
        let revealed = self.reader.reveal(reference, fresh).await;
        revealed.map(|secret| secret.expose_secret().to_owned()).map_err(|error| error.to_string())
    }

    fn write(&self, name: &str, content: &[u8]) -> SecretRef {
        fs::write(self.folder.path().join(name), content).unwrap();
        SecretRef::File(name.to_owned())
    }
}

fn command(line: &str) -> SecretRef {
    SecretRef::Command(line.to_owned())
}

#[tokio::test]
async fn the_environment_is_read_as_it_is() {
    let bench = bench();
    assert_eq!(bench.ask(&SecretRef::Env("PATH".into()), false).await, Ok(std::env::var("PATH").unwrap()));
    let error = bench.ask(&SecretRef::Env("FAIRLEAD_NO_SUCH".into()), false).await.unwrap_err();
    assert_eq!(
        error,
        "the secret in environment variable FAIRLEAD_NO_SUCH could not be read: it is not set for this process"
    );
}

#[rstest]
#[case::newline(b"tok-1\n", Ok("tok-1"))]
#[case::windows(b"tok-1\r\n", Ok("tok-1"))]
#[case::bare(b"tok-1", Ok("tok-1"))]
#[case::only_the_last(b"-----BEGIN\nx\n-----END\n\n", Ok("-----BEGIN\nx\n-----END\n"))]
#[case::empty(b"\n", Err("the secret in file token could not be read: it is empty"))]
#[case::binary(b"\xff\xfe", Err("the secret in file token could not be read: it is not UTF-8"))]
#[tokio::test]
async fn a_file_loses_its_last_line_break(#[case] content: &[u8], #[case] expected: Result<&str, &str>) {
    let bench = bench();
    let reference = bench.write("token", content);
    let got = bench.ask(&reference, false).await;
    assert_eq!(got.as_deref().map_err(String::as_str), expected);
}

#[tokio::test]
async fn a_file_that_is_missing_or_huge_is_refused() {
    let bench = bench();
    let missing = bench.ask(&SecretRef::File("gone".into()), false).await.unwrap_err();
    assert!(missing.starts_with("the secret in file gone could not be read: "), "{missing}");
    let huge = bench.write("huge", &vec![b'x'; MAX_BYTES + 1]);
    assert!(bench.ask(&huge, false).await.unwrap_err().contains("larger than 64 KiB"));
    assert!(bench.ask(&SecretRef::File(".".into()), false).await.unwrap_err().contains("no regular file"));
}

#[cfg(unix)]
#[rstest]
#[case(0o600, false)]
#[case(0o400, false)]
#[case(0o640, true)]
#[case(0o604, true)]
fn a_file_that_others_may_read_is_told(#[case] mode: u32, #[case] told: bool) {
    use std::os::unix::fs::PermissionsExt;
    let bench = bench();
    let reference = bench.write("token", b"x");
    fs::set_permissions(bench.folder.path().join("token"), fs::Permissions::from_mode(mode)).unwrap();
    assert_eq!(bench.reader.exposed(&reference).is_some(), told);
    assert_eq!(bench.reader.exposed(&SecretRef::Env("PATH".into())), None);
}

#[cfg(unix)]
#[rstest]
#[case::first_line("echo tok; echo second", Ok("tok"))]
#[case::quiet_errors("echo canary-err >&2; echo tok", Ok("tok"))]
#[case::long_output("echo tok; head -c 300000 /dev/zero", Ok("tok"))]
#[case::folder("cat here", Ok("in the folder"))]
#[case::fails(
    "echo canary-out; echo canary-err >&2; exit 3",
    Err("it ended with status 3; run it in a terminal to see why")
)]
#[case::silent("true", Err("it is empty"))]
#[tokio::test]
async fn a_command_gives_its_first_line(#[case] line: &str, #[case] expected: Result<&str, &str>) {
    let bench = bench();
    bench.write("here", b"in the folder");
    let expected = expected
        .map(str::to_owned)
        .map_err(|reason| format!("the secret in the configured command could not be read: {reason}"));
    assert_eq!(bench.ask(&command(line), false).await, expected);
}

/// A command whose child holds `pipe` open for as long as it lives, and a task that ends when nobody holds it any more.
#[cfg(unix)]
fn long_command(folder: &std::path::Path) -> (&'static str, tokio::task::JoinHandle<std::io::Result<String>>) {
    let pipe = folder.join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let ended = tokio::task::spawn_blocking(move || fs::read_to_string(pipe));
    ("sleep 30 > pipe & echo begun > pipe; wait", ended)
}

#[cfg(unix)]
async fn assert_ended(ended: tokio::task::JoinHandle<std::io::Result<String>>) {
    let ended = tokio::time::timeout(Duration::from_secs(10), ended).await;
    assert_eq!(ended.expect("the child of the shell must be gone").unwrap().unwrap(), "begun\n");
}

#[cfg(unix)]
#[tokio::test]
async fn a_command_that_takes_too_long_is_ended_with_its_children() {
    let folder = tempfile::tempdir().unwrap();
    let (line, ended) = long_command(folder.path());
    let error = super::command::run_within(line, folder.path(), Duration::from_secs(2)).await.unwrap_err();
    assert_eq!(error, "it did not end within 2 s");
    assert_ended(ended).await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_command_is_ended_when_nobody_waits_for_it_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let (line, ended) = long_command(folder.path());
    let run = super::command::run(line, folder.path());
    assert!(tokio::time::timeout(Duration::from_secs(2), run).await.is_err());
    assert_ended(ended).await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_command_is_remembered_for_its_time_and_no_longer() {
    let bench = bench();
    let counting = command("echo x >> runs; wc -l < runs | tr -d ' '");
    let at = |secs| bench.clock.set(Timestamp::from_secs(secs));
    assert_eq!(bench.ask(&counting, false).await.as_deref(), Ok("1"));
    at(1_299);
    assert_eq!(bench.ask(&counting, false).await.as_deref(), Ok("1"), "one second before the end of its time");
    at(1_300);
    assert_eq!(bench.ask(&counting, false).await.as_deref(), Ok("2"), "its time is over");
    assert_eq!(bench.ask(&counting, true).await.as_deref(), Ok("3"), "the last one was refused");
    assert_eq!(bench.ask(&counting, false).await.as_deref(), Ok("3"));
    at(900);
    assert_eq!(bench.ask(&counting, false).await.as_deref(), Ok("4"), "a clock set back does not lengthen its time");
}

#[cfg(unix)]
#[tokio::test]
async fn many_who_ask_at_once_run_a_command_once() {
    let bench = bench();
    let counting = command("echo x >> runs; wc -l < runs | tr -d ' '");
    let (a, b, c) = tokio::join!(bench.ask(&counting, false), bench.ask(&counting, false), bench.ask(&counting, false));
    assert_eq!([a.as_deref(), b.as_deref(), c.as_deref()], [Ok("1"); 3]);
}

#[cfg(unix)]
#[tokio::test]
async fn a_refused_secret_is_not_given_out_when_reading_it_again_fails() {
    let bench = bench();
    bench.write("token", b"old");
    let reference = command("cat token");
    assert_eq!(bench.ask(&reference, false).await.as_deref(), Ok("old"));
    fs::remove_file(bench.folder.path().join("token")).unwrap();
    assert!(bench.ask(&reference, true).await.is_err());
    assert!(bench.ask(&reference, false).await.is_err());
}

#[rstest]
#[case::ok(Ok("tok"), KeychainState::Available, "available")]
#[case::missing(Err(KeychainFault::Missing), KeychainState::Available, "available")]
#[case::locked(Err(KeychainFault::Locked), KeychainState::Locked, "locked")]
#[case::none(Err(KeychainFault::Absent), KeychainState::Absent, "none")]
#[case::denied(Err(KeychainFault::Denied("no".into())), KeychainState::Denied, "denied")]
#[tokio::test]
async fn a_keychain_says_how_it_stands(
    #[case] answer: Result<&'static str, KeychainFault>,
    #[case] state: KeychainState,
    #[case] word: &str,
) {
    let (keychain, _) = keychain(answer.clone());
    let probed = keychain.probe().await;
    assert_eq!((probed, probed.word()), (state, word));
    let expected =
        answer.map(str::to_owned).map_err(|fault| format!("the secret in keychain item pd could not be read: {fault}"));
    assert_eq!(bench_with(keychain).ask(&SecretRef::Keychain("pd".into()), false).await, expected);
}

#[tokio::test]
async fn a_keychain_that_does_not_answer_is_not_waited_for() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let silent = Keychain::over(Silent(receiver), Uuid::from_u128(7)).unwrap().with_patience(Duration::from_millis(5));
    assert_eq!(silent.get("pd").await.map(|_| ()), Err(KeychainFault::Slow));
    drop(sender);
}

#[tokio::test]
async fn who_did_not_unlock_the_keychain_is_not_asked_for_each_item_that_waited() {
    let (closes, closed) = std::sync::mpsc::channel();
    let asked = Arc::new(AtomicUsize::new(0));
    let keychain = Keychain::over(Locked(closed, Arc::clone(&asked)), Uuid::from_u128(7)).unwrap();
    // They begin in this order: all three wait when the question is closed.
    let close = async { closes.send(()).unwrap() };
    let (a, b, c, ()) = tokio::join!(biased; keychain.get("a"), keychain.get("b"), keychain.get("c"), close);
    for found in [a, b, c] {
        assert_eq!(found.map(|_| ()), Err(KeychainFault::Locked));
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    closes.send(()).unwrap();
    assert_eq!(keychain.get("a").await.map(|_| ()), Err(KeychainFault::Locked));
    assert_eq!(asked.load(Ordering::SeqCst), 2, "whoever asks later asks anew");
}

#[tokio::test]
async fn a_keychain_is_asked_once_while_it_is_remembered() {
    let (keychain, asked) = keychain(Ok("tok"));
    let bench = bench_with(keychain);
    for fresh in [false, false, true] {
        assert_eq!(bench.ask(&SecretRef::Keychain("pd".into()), fresh).await.as_deref(), Ok("tok"));
    }
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[rstest]
#[case::two_lines("a\nb".to_owned())]
#[case::long("x".repeat(1_281))]
#[tokio::test]
async fn a_keychain_is_not_given_what_some_of_them_lose(#[case] secret: String) {
    let (keychain, _) = keychain(Ok("tok"));
    assert_eq!(keychain.set("pd", SecretString::from(secret)).await, Err(KeychainFault::Unfit));
    assert_eq!(keychain.set("pd", SecretString::from("tok")).await, Ok(()));
}
