//! The app's own pace, on a clock that runs with the paused timers of the test.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fairlead_connectors::ConnectorError;
use fairlead_domain::{Clock, Timestamp, Window};
use fairlead_testkit::upstream::{KINDS, Upstream};
use tempfile::TempDir;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::rig::{NOW, configure, history};
use crate::EngineError;
use crate::current::Current;
use crate::sync::tick::{Event, PastOf, keep_fresh};
use crate::sync::{SyncLock, nobody};
use crate::workspace::{Access, Workspace};

/// A wall clock that goes as the runtime's timers do.
#[derive(Debug)]
struct Wall(Instant);

impl Clock for Wall {
    fn now(&self) -> Timestamp {
        NOW.plus_millis(i64::try_from(self.0.elapsed().as_millis()).unwrap())
    }
}

struct App {
    dir: TempDir,
    current: Arc<Current>,
    events: Arc<Mutex<Vec<String>>>,
    cancel: CancellationToken,
    task: tokio::task::JoinHandle<()>,
}

impl App {
    async fn start(upstream: &Upstream) -> Self {
        Self::start_wanting(upstream, None).await
    }

    /// The same after somebody asked for the past.
    async fn start_wanting(upstream: &Upstream, wanted: Option<PastOf>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        configure(dir.path(), &[("pd", upstream)]);
        let mut workspace = Workspace::open_with(dir.path(), Access::Write, KINDS).await.unwrap();
        workspace.clock = Arc::new(Wall(Instant::now()));
        let current = Arc::new(Current::new(Arc::new(workspace)));
        let (events, cancel) = (Arc::new(Mutex::new(Vec::new())), CancellationToken::new());
        let task = tokio::spawn({
            let (current, events, cancel) = (Arc::clone(&current), Arc::clone(&events), cancel.clone());
            async move {
                let tell = |event: Event| {
                    let word = match event {
                        Event::Synced(_) => "synced",
                        Event::PastRead => "past read",
                        Event::Busy => "busy",
                        Event::Failed(EngineError::Unknown { .. }) => "failed",
                        Event::Failed(error) => panic!("{error}"),
                        Event::Configured => "configured",
                        Event::Misconfigured(_) => "misconfigured",
                    };
                    events.lock().unwrap().push(word.to_owned());
                };
                keep_fresh(&current, wanted, &nobody(), tell, &cancel).await;
            }
        });
        Self { dir, current, events, cancel, task }
    }

    async fn run_for(&self, secs: u64) {
        tokio::time::sleep(Duration::from_secs(secs)).await;
    }

    fn heard(&self, word: &str) -> usize {
        self.events.lock().unwrap().iter().filter(|event| *event == word).count()
    }

    async fn stop(self) {
        self.cancel.cancel();
        self.task.await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_asked_stored_or_told_while_nothing_is_due() {
    let upstream = Upstream::new([history(3, 6).every_secs(3_600).with_backfill(None)]);
    let app = App::start(&upstream).await;
    app.run_for(3_000).await;
    assert_eq!((upstream.calls().len(), app.heard("synced")), (1, 1));
    app.run_for(700).await;
    assert_eq!((upstream.calls().len(), app.heard("synced")), (2, 2), "its interval has passed");
    app.stop().await;
}

/// The present was read at least every 40 seconds, and the past so far back without a hole.
async fn is_fresh_and_known_for(app: &App, upstream: &Upstream, days: i64) {
    let fresh: Vec<Timestamp> = upstream.walks("incidents").iter().map(|w| w.end).filter(|end| *end >= NOW).collect();
    assert!(fresh.windows(2).all(|pair| pair[1].since(pair[0]) <= 40_000), "{fresh:?}");
    let workspace = app.current.get();
    let covered = workspace.synced.read(|r| r.coverage(r.source("pd")?.id, "incidents")).await.unwrap();
    assert!(covered.len() == 1 && NOW.since(covered[0].start) >= days * 86_400_000, "{covered:?}");
}

#[tokio::test(start_paused = true)]
async fn the_past_is_read_to_thirteen_months_while_the_present_stays_fresh() {
    let upstream = Upstream::new([history(400, 24).every_secs(20)]);
    let app = App::start(&upstream).await;
    app.run_for(300).await;
    is_fresh_and_known_for(&app, &upstream, 395).await;
    let asked = upstream.calls().len();
    assert!(asked < 90, "{asked} requests");
    app.stop().await;
}

#[tokio::test(start_paused = true)]
async fn the_past_that_somebody_asked_for_is_read_while_the_present_stays_fresh() {
    let upstream = Upstream::new([history(800, 24).every_secs(20)]);
    let app = App::start_wanting(&upstream, Some(PastOf { source: "pd".to_owned(), days: 700 })).await;
    app.run_for(120).await;
    is_fresh_and_known_for(&app, &upstream, 699).await;
    assert_eq!(app.heard("past read"), 1);
    app.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_past_that_cannot_be_read_is_asked_for_once() {
    let upstream = Upstream::new([history(30, 24).every_secs(3_600)]);
    upstream.set_memory("incidents", Some(NOW.plus_days(-5)));
    let app = App::start_wanting(&upstream, Some(PastOf { source: "pd".to_owned(), days: 700 })).await;
    app.run_for(60).await;
    assert_eq!(app.heard("past read"), 1);
    let asked = upstream.calls().len();
    assert!(asked <= 5, "{asked} requests");
    app.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_past_that_somebody_interrupts_is_not_told_to_be_read() {
    let upstream = Upstream::new([history(400, 24).every_secs(3_600)]);
    let app = App::start_wanting(&upstream, Some(PastOf { source: "pd".to_owned(), days: 300 })).await;
    let (cancel, calls) = (app.cancel.clone(), AtomicUsize::new(0));
    upstream.watch(move |_| {
        if calls.fetch_add(1, Ordering::SeqCst) == 3 {
            cancel.cancel();
        }
    });
    app.run_for(60).await;
    assert!(app.cancel.is_cancelled() && app.heard("synced") >= 2);
    assert_eq!(app.heard("past read"), 0);
    app.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_past_of_what_is_no_source_any_more_is_not_waited_for() {
    let upstream = Upstream::new([history(3, 6).every_secs(3_600).with_backfill(None)]);
    let app = App::start_wanting(&upstream, Some(PastOf { source: "gone".to_owned(), days: 7 })).await;
    app.run_for(30).await;
    assert_eq!((app.heard("past read"), app.heard("failed")), (1, 1));
    app.stop().await;
}

#[tokio::test(start_paused = true)]
async fn the_lock_is_held_only_while_something_is_read() {
    let upstream = Upstream::new([history(3, 6).every_secs(60).with_backfill(None)]);
    let app = App::start(&upstream).await;
    let (folder, held) = (app.dir.path().to_owned(), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&held);
    upstream.watch(move |_| {
        if SyncLock::take(&folder).is_err() {
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    app.run_for(40).await;
    assert!(SyncLock::take(app.dir.path()).is_ok());
    app.run_for(100).await;
    assert!(held.load(Ordering::SeqCst) >= 2);
    assert!(SyncLock::take(app.dir.path()).is_ok());
    app.stop().await;
}

#[tokio::test(start_paused = true)]
async fn another_writer_is_told_once_and_not_hurried() {
    let upstream = Upstream::new([history(3, 6)]);
    let dir_lock;
    let app = App::start(&upstream).await;
    dir_lock = SyncLock::take(app.dir.path()).unwrap();
    app.run_for(200).await;
    assert_eq!((app.heard("busy"), upstream.calls().len()), (1, 0));
    drop(dir_lock);
    app.run_for(20).await;
    assert!(app.heard("synced") >= 1);
    app.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_dead_server_is_not_hammered() {
    let shelves =
        || [history(3, 6), fairlead_testkit::upstream::Shelf::new("people", fairlead_connectors::Mode::Snapshot, &[])];
    let upstream = Upstream::new(shelves());
    for stream in ["incidents", "people"] {
        upstream.break_stream(stream, ConnectorError::Auth { host: "pd".to_owned(), status: 401 });
    }
    let app = App::start(&upstream).await;
    app.run_for(600).await;
    let asked = upstream.calls().len();
    assert!((5..=20).contains(&asked), "{asked} requests in ten minutes");
    app.stop().await;
}

#[tokio::test(start_paused = true)]
async fn who_closed_the_question_for_a_secret_is_not_asked_again_each_minute() {
    let upstream = Upstream::new([history(3, 6)]);
    let refusal = ConnectorError::Secret { place: "keychain item pd".to_owned(), reason: "it is locked".to_owned() };
    upstream.break_stream("incidents", refusal);
    let app = App::start(&upstream).await;
    app.run_for(1_500).await;
    let asked = upstream.calls().len();
    assert!((2..=3).contains(&asked), "{asked} times in twenty-five minutes");
    app.stop().await;
}

#[tokio::test(start_paused = true)]
async fn an_edit_of_the_configuration_is_followed_and_a_broken_one_is_not() {
    let (first, second) = (Upstream::new([history(3, 6)]), Upstream::new([history(3, 6)]));
    let app = App::start(&first).await;
    app.run_for(20).await;
    std::fs::write(app.dir.path().join(crate::config::FILE), "[workspace\n").unwrap();
    app.run_for(60).await;
    assert_eq!((app.heard("misconfigured"), app.current.get().config.sources.len()), (1, 1));
    configure(app.dir.path(), &[("pd", &first), ("am", &second)]);
    app.run_for(60).await;
    assert_eq!((app.heard("configured"), app.current.get().config.sources.len()), (1, 2));
    assert_eq!(second.walks("incidents").first().map(|w: &Window| w.end >= NOW), Some(true));
    app.stop().await;
}
