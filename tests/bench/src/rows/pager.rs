//! A workspace that reads a PagerDuty account on the loopback.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fairlead_domain::run::RunState;
use fairlead_domain::time::FixedClock;
use fairlead_engine::sync::{SyncReport, SyncRequest, nobody, sync};
use fairlead_engine::{Access, Workspace};
use fairlead_testkit::pagerduty::{FakePagerDuty, Quirks, Rate};
use fairlead_testkit::scenario::{Extent, Scenario};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::Outcome;
use crate::world::NOW;

#[path = "../../../pager/hurry.rs"]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "shared with the tests, where a pulse that fails is a failure"
)]
mod hurry;

/// An account, and the folder of a workspace whose one source it is.
pub(super) struct Pager {
    pub(super) fake: FakePagerDuty,
    folder: TempDir,
}

impl Pager {
    /// The account of a story that ends now, without a limit of its own: what is kept to is the client's own pace.
    pub(super) fn of(extent: Extent) -> Outcome<Self> {
        let rate = Rate { limit: 1_000_000, every: Duration::from_mins(1) };
        let quirks = Quirks { rate, oncalls_rate: rate, ..Quirks::default() };
        let fake = FakePagerDuty::start(Scenario::of(7, NOW, extent), quirks)?;
        let folder = tempfile::tempdir()?;
        let token = folder.path().join("token");
        std::fs::write(&token, fake.current_token())?;
        Ok(Self { fake, folder })
    }

    /// A new, empty workspace.
    pub(super) fn desk(&self, name: &str) -> Outcome<PathBuf> {
        let dir = self.folder.path().join(name);
        std::fs::create_dir_all(&dir)?;
        let (url, token) = (self.fake.url(), self.folder.path().join("token"));
        let config = format!(
            "[workspace]\nname = \"Bench\"\ntimezone = \"Europe/Lisbon\"\n\n[[team]]\nname = \"all\"\n\
             people = \"individual\"\n\n[[source]]\nname = \"pd\"\nkind = \"pagerduty\"\nurl = \"{url}\"\n\
             token = {{ command = \"cat {}\" }}\n",
            token.display()
        );
        std::fs::write(dir.join(fairlead_engine::config::FILE), config)?;
        Ok(dir)
    }

    /// A place beside the workspaces.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Makes the databases of a workspace.
    pub(super) fn prepare(&self, dir: &Path) -> Outcome<()> {
        hurry::hurried(async {
            Workspace::open(dir, Access::Write).await?.close().await?;
            Ok(())
        })
    }

    /// What the pulse behind [`Self::sync`] costs by itself while so much time passes.
    pub(super) fn wait(&self, wall: Duration) -> Outcome<()> {
        let end = Instant::now() + wall;
        hurry::hurried(async move {
            while Instant::now() < end {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            Ok(())
        })
    }

    /// Reads everything to the usual depth into a workspace, at a pace that is faster than the wall's clock.
    pub(super) fn sync(&self, dir: &Path) -> Outcome<SyncReport> {
        let clock = FixedClock::at(self.fake.story().now());
        hurry::hurried(async move {
            let mut workspace = Workspace::open(dir, Access::Write).await?;
            workspace.clock = Arc::new(clock);
            let workspace = Arc::new(workspace);
            let report = sync(&workspace, &SyncRequest::default(), &nobody(), &CancellationToken::new()).await?;
            workspace.close().await?;
            match report.sources.iter().find(|source| source.state != RunState::Ok) {
                Some(source) => Err(format!("{} did not go well: {source:?}", source.name).into()),
                None => Ok(report),
            }
        })
    }
}
