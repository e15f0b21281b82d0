//! What the window holds while it is open: the workspace, and whose turn it is to synchronise.

mod edits;
mod folder;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use fairlead_domain::DataTag;
use fairlead_engine::actions::configuration::Edited;
use fairlead_engine::sync::tick::{Event as Pace, PastOf, keep_fresh};
use fairlead_engine::sync::{Listener, Past, Progress, SyncRequest, sync};
use fairlead_engine::{Access, Current, EngineError, Workspace};
use tauri::{AppHandle, Manager};
use tauri_specta::Event;
use tokio::sync::{Notify, OnceCell};
use tokio_util::sync::CancellationToken;

use crate::commands::sync::{DataChanged, SyncProgress, SyncRun};
use crate::error::CommandError;

/// Between two tries to open a workspace that does not open.
const RETRY: Duration = Duration::from_secs(15);
/// How long the background keeps still after a person stopped it.
const STILL: Duration = Duration::from_secs(60);

/// The open workspace and what runs on it.
pub struct Cockpit {
    dir: PathBuf,
    current: OnceCell<Current>,
    turn: Mutex<Turn>,
    wake: Notify,
    /// Edits of the configuration that can be taken back, oldest first.
    edits: Mutex<Vec<Edited>>,
    /// Sources are being brought up to now.
    reading: AtomicBool,
    /// Items of the keychain that an edit replaced, or made and was taken back.
    left_over: Mutex<Vec<String>>,
    /// What pages show may have changed.
    changes: Notify,
}

/// What runs now, and whether a person asked for more.
#[derive(Default)]
struct Turn {
    cancel: CancellationToken,
    wanted: Option<SyncRequest>,
    /// The past that a person asked for, until it is read.
    past: Option<PastOf>,
}

impl Turn {
    const fn is_asked(&self) -> bool {
        self.wanted.is_some() || self.past.is_some()
    }
}

impl Cockpit {
    /// A cockpit on the workspace in `dir`, which is opened by the first who asks for it.
    pub fn new(dir: PathBuf) -> Self {
        Self {
            dir,
            current: OnceCell::new(),
            turn: Mutex::default(),
            wake: Notify::new(),
            edits: Mutex::default(),
            reading: AtomicBool::default(),
            left_over: Mutex::default(),
            changes: Notify::new(),
        }
    }

    /// The workspace as it stands. A failure is told each time and tried again the next time.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub async fn workspace(&self) -> Result<Arc<Workspace>, EngineError> {
        Ok(self.current().await?.get())
    }

    async fn current(&self) -> Result<&Current, EngineError> {
        let open = || async { Ok(Current::new(Arc::new(Workspace::open(&self.dir, Access::Write).await?))) };
        self.current.get_or_try_init(open).await
    }

    /// Has sources brought up to now, all of them where none is named, in place of what is read in the background. Their past
    /// follows in the background.
    ///
    /// # Errors
    /// Why the workspace cannot be opened, or a source that is not configured.
    pub async fn start_sync(&self, names: Vec<String>) -> Result<(), CommandError> {
        let workspace = self.workspace().await?;
        for name in &names {
            workspace.source(name)?;
        }
        self.begin(|turn| turn.wanted = Some(SyncRequest { names, past: Past::Leave, ..SyncRequest::default() }));
        Ok(())
    }

    /// Has the past of a source read before that of the others. What becomes due meanwhile goes first.
    ///
    /// # Errors
    /// As [`Self::start_sync`].
    pub async fn start_past(&self, past: PastOf) -> Result<(), CommandError> {
        let workspace = self.workspace().await?;
        workspace.source(&past.source)?;
        let demo = workspace.demo_clock.is_some();
        self.begin(|turn| match demo {
            // Nothing becomes due where the clock stands still, and so there is no background.
            true => {
                let (names, past) = (vec![past.source], Past::Days(past.days));
                turn.wanted = Some(SyncRequest { names, past, ..SyncRequest::default() });
            }
            false => turn.past = Some(past),
        });
        Ok(())
    }

    /// Ends the running turn after the batch at hand, for what a person asks for.
    fn begin(&self, ask: impl FnOnce(&mut Turn)) {
        let mut turn = self.turn();
        ask(&mut turn);
        turn.cancel.cancel();
        self.wake.notify_one();
    }

    /// Stops what is read after the batch at hand.
    pub fn cancel_sync(&self) {
        let mut turn = self.turn();
        (turn.wanted, turn.past) = (None, None);
        turn.cancel.cancel();
    }

    /// Begins the next turn: its token, and what a person asked for.
    fn next_turn(&self) -> Turn {
        let mut turn = self.turn();
        let wanted = std::mem::take(&mut turn.wanted);
        turn.cancel = CancellationToken::new();
        Turn { cancel: turn.cancel.clone(), wanted, past: turn.past.clone() }
    }

    fn turn(&self) -> MutexGuard<'_, Turn> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether sources are being brought up to now, so that what is stored of the present is not whole.
    pub fn is_reading(&self) -> bool {
        self.reading.load(Ordering::SeqCst)
    }

    /// Waits until what pages show may have changed, or long enough.
    pub async fn changed(&self, at_most: Duration) {
        // Which of the two came first makes no difference.
        drop(tokio::time::timeout(at_most, self.changes.notified()).await);
    }

    /// Keeps still until a person asks for something, or long enough.
    async fn keep_still(&self, at_most: Option<Duration>) {
        match at_most {
            None => self.wake.notified().await,
            // Which of the two came first makes no difference.
            Some(span) => drop(tokio::time::timeout(span, self.wake.notified()).await),
        }
    }
}

/// Reads what is due, and what a person asks for, as long as the window is open. The demo's clock stands still, so there
/// nothing ever becomes due.
pub async fn keep_in_step(app: AppHandle) {
    loop {
        let cockpit = app.state::<Cockpit>();
        // Why the workspace does not open is told by the page, which asks for it too.
        let Ok(current) = cockpit.current().await else {
            cockpit.keep_still(Some(RETRY)).await;
            continue;
        };
        let turn = cockpit.next_turn();
        if let Some(request) = &turn.wanted {
            read(&app, &current.get(), request, &turn.cancel).await;
        } else if current.get().demo_clock.is_some() {
            cockpit.keep_still(None).await;
        } else {
            keep_current(&app, current, &turn).await;
        }
        let asked = cockpit.turn().is_asked();
        if turn.cancel.is_cancelled() && !asked {
            cockpit.keep_still(Some(STILL)).await;
        }
    }
}

/// One synchronisation, told to the window from its beginning to its end.
async fn read(app: &AppHandle, workspace: &Arc<Workspace>, request: &SyncRequest, cancel: &CancellationToken) {
    tell_run(app, true, None);
    let outcome = sync(workspace, request, &teller(app, Arc::default()), cancel).await;
    tell_run(app, false, outcome.err());
}

/// The background, until its turn ends. The window hears of a round when something is read in it; of a past that a person
/// asked for as of one.
async fn keep_current(app: &AppHandle, current: &Current, turn: &Turn) {
    let running = Arc::new(AtomicBool::new(false));
    let ended = |error: Option<EngineError>| {
        running.store(false, Ordering::SeqCst);
        tell_run(app, false, error);
    };
    let heard = |event: Pace| match event {
        Pace::Synced(_) if app.state::<Cockpit>().turn().past.is_some() => is_current(app),
        Pace::Synced(_) => ended(None),
        // Another one may have been asked for meanwhile.
        Pace::PastRead => drop(app.state::<Cockpit>().turn().past.take_if(|past| Some(&*past) == turn.past.as_ref())),
        Pace::Busy => tracing::info!("another process writes the workspace"),
        Pace::Failed(error) => ended(Some(error)),
        Pace::Configured => tell(app, everything_changed()),
        Pace::Misconfigured(faults) => ended(Some(EngineError::Config { faults: faults.0 })),
    };
    keep_fresh(current, turn.past.clone(), &teller(app, Arc::clone(&running)), heard, &turn.cancel).await;
    if running.load(Ordering::SeqCst) {
        ended(None);
    }
}

/// An edit of the configuration may show in every area.
pub fn everything_changed() -> DataChanged {
    DataChanged { tags: DataTag::ALL.iter().map(|tag| tag.word().to_owned()).collect() }
}

/// Passes the steps of a synchronisation on to the window; the first says that one runs.
fn teller(app: &AppHandle, running: Arc<AtomicBool>) -> Listener {
    let app = app.clone();
    Arc::new(move |step| match step {
        Progress::Changed { tags } => tell(&app, DataChanged { tags }),
        step => {
            if !running.swap(true, Ordering::SeqCst) {
                tell_run(&app, true, None);
            }
            if matches!(step, Progress::Reading { backfill: false, .. }) {
                app.state::<Cockpit>().reading.store(true, Ordering::SeqCst);
            }
            tell(&app, SyncProgress(step));
        }
    })
}

/// Tells the window that a synchronisation began, or that it ended and why before its time.
fn tell_run(app: &AppHandle, running: bool, error: Option<EngineError>) {
    if !running {
        is_current(app);
    }
    tell(app, SyncRun { running, error: error.map(CommandError::from) });
}

/// What is stored of the present is whole again.
fn is_current(app: &AppHandle) {
    let cockpit = app.state::<Cockpit>();
    cockpit.reading.store(false, Ordering::SeqCst);
    cockpit.changes.notify_one();
}

/// Tells the window. A window that is closing has nobody to tell.
#[expect(clippy::needless_pass_by_value, reason = "an event is made for the telling")]
pub fn tell<E: Event + serde::Serialize + Clone>(app: &AppHandle, event: E) {
    if E::NAME == DataChanged::NAME || E::NAME == SyncRun::NAME {
        app.state::<Cockpit>().changes.notify_one();
    }
    if let Err(error) = event.emit(app) {
        tracing::warn!(%error, event = E::NAME, "the window was not told");
    }
}
