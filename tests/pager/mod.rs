//! A workspace that reads a PagerDuty account on the loopback, and what the account's story says it must hold.
#![allow(dead_code, reason = "each test binary uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

mod hurry;

use std::sync::Arc;
use std::time::Duration;

use fairlead_domain::time::FixedClock;
use fairlead_domain::{Record, RecordKind, Timestamp};
use fairlead_engine::sync::{Past, SyncReport, SyncRequest, nobody, sync};
use fairlead_engine::{Access, Workspace};
use fairlead_store::Synced;
use fairlead_store::synced::RecordRange;
use fairlead_testkit::pagerduty::{FakePagerDuty, PagerDuty, Quirks, Rate};
use fairlead_testkit::scenario::difference::{Differences, compare};
use fairlead_testkit::scenario::mutation::Mutation;
use fairlead_testkit::scenario::oracle::Oracle;
use fairlead_testkit::scenario::{Extent, Scenario};
use tokio_util::sync::CancellationToken;

use crate::support::Desk;
use hurry::hurried;

/// What is compared; everything that a pager brings.
pub const KINDS: [RecordKind; 11] = [
    RecordKind::Person,
    RecordKind::Team,
    RecordKind::Service,
    RecordKind::EscalationPolicy,
    RecordKind::Schedule,
    RecordKind::Rotation,
    RecordKind::Shift,
    RecordKind::Incident,
    RecordKind::TimelineEvent,
    RecordKind::Page,
    RecordKind::Maintenance,
];

/// Two weeks after New York's clocks, three weeks after Lisbon's and six after Sydney's were changed.
pub fn november() -> Timestamp {
    Timestamp::parse_rfc3339("2026-11-16T08:00:00Z").unwrap()
}

/// A story of 80 days: all of it lies within what a sync reads without being told.
pub const SMALL: Extent = Extent { incidents: 150, days: 80, bystanders: 110 };

/// A story whose lists still have several pages and that still holds an incident of forty days ago.
pub const SHORT: Extent = Extent { incidents: 60, days: 41, bystanders: 95 };

/// An account without a limit of its own: what a client keeps to there is its own pace.
pub fn generous() -> Quirks {
    let rate = Rate { limit: 1_000_000, every: Duration::from_mins(1) };
    Quirks { rate, oncalls_rate: rate, ..Quirks::default() }
}

/// The configuration of a workspace whose one source is this account.
pub fn config(fake: &FakePagerDuty, token: &str) -> String {
    config_of("[[team]]\nname = \"all\"\npeople = \"individual\"\n", fake, token)
}

/// The same with these tables for teams.
pub fn config_of(teams: &str, fake: &FakePagerDuty, token: &str) -> String {
    format!(
        "[workspace]\nname = \"Harbor\"\ntimezone = \"Europe/Lisbon\"\n{teams}\
         [[source]]\nname = \"pd\"\nkind = \"pagerduty\"\nurl = \"{}\"\ntoken = {token}\n",
        fake.url()
    )
}

/// An account, a workspace that reads it, and the clock of both.
pub struct Pager {
    pub fake: FakePagerDuty,
    pub desk: Desk,
    pub clock: FixedClock,
}

impl Pager {
    /// The account of a story that ends in November, and an empty workspace.
    pub fn of(extent: Extent, quirks: Quirks) -> Self {
        Self::ending(november(), extent, quirks)
    }

    /// The account of a story that ends at an instant, and an empty workspace.
    pub fn ending(now: Timestamp, extent: Extent, quirks: Quirks) -> Self {
        let fake = FakePagerDuty::start(Scenario::of(7, now, extent), quirks).unwrap();
        let desk = Desk::with("[workspace]\nname = \"Harbor\"\n");
        let token = desk.write_beside("token", &fake.current_token());
        desk.configure(&config(&fake, &format!("{{ command = \"cat {}\" }}", token.display())));
        Self { clock: FixedClock::at(fake.story().now()), fake, desk }
    }

    /// Lets something happen, and time pass to where the story stands then.
    pub fn happen(&self, mutation: Mutation) -> Option<u32> {
        let made = self.fake.mutate(mutation);
        self.clock.set(self.fake.story().now());
        made
    }

    /// Time passes for both.
    pub fn pass(&self, minutes: i64) {
        self.happen(Mutation::Pass(self.fake.story().now().plus_millis(minutes * 60_000)));
    }

    /// Reads everything to the usual depth.
    pub fn sync(&self) -> SyncReport {
        self.sync_as(&SyncRequest::default())
    }

    /// Reads what is new alone.
    pub fn refresh(&self) -> SyncReport {
        self.sync_as(&SyncRequest { past: Past::Leave, ..SyncRequest::default() })
    }

    /// Reads as asked.
    pub fn sync_as(&self, request: &SyncRequest) -> SyncReport {
        hurried(self.read(request))
    }

    /// Reads everything, at the pace of the clock on the wall.
    pub fn sync_in_real_time(&self) -> SyncReport {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(self.read(&SyncRequest::default()))
    }

    async fn read(&self, request: &SyncRequest) -> SyncReport {
        let workspace = self.open().await;
        let report = sync(&workspace, request, &nobody(), &CancellationToken::new()).await.unwrap();
        workspace.close().await.unwrap();
        report
    }

    async fn open(&self) -> Arc<Workspace> {
        let mut workspace = Workspace::open(&self.desk.dir(), Access::Write).await.unwrap();
        workspace.clock = Arc::new(self.clock.clone());
        Arc::new(workspace)
    }

    /// What the workspace holds of the account.
    pub fn stored(&self) -> Vec<Record> {
        hurried(async {
            let workspace = self.open().await;
            let records = stored(&workspace.synced).await;
            workspace.close().await.unwrap();
            records
        })
    }

    /// The documents that are kept of these records, as text.
    pub fn documents(&self, records: &[Record]) -> Vec<(RecordKind, String)> {
        let keys: Vec<(RecordKind, String)> = records.iter().map(|record| (record.kind(), record.key())).collect();
        hurried(async {
            let workspace = self.open().await;
            let read = workspace.synced.read(move |reader| {
                let source = reader.source("pd")?.id;
                let mut found = Vec::new();
                for (kind, key) in keys {
                    found.extend(reader.raw_doc(source, kind, &key)?.map(|document| (kind, document.to_string())));
                }
                Ok(found)
            });
            let found = read.await.unwrap();
            workspace.close().await.unwrap();
            found
        })
    }

    /// What must be there by the story, as far as an account tells it.
    pub fn oracle(&self) -> Oracle {
        oracle(&self.fake.story())
    }

    /// What differs between the two.
    pub fn differences(&self) -> Differences {
        compare(&self.oracle(), &self.stored())
    }

    /// That the workspace holds what the story says.
    #[track_caller]
    pub fn equals_the_story(&self) {
        let differences = self.differences();
        assert!(differences.is_empty(), "{differences}");
    }
}

/// What a right reading of a story holds. PagerDuty tells roles in teams to whoever asks each team for them, which the
/// connector does not do.
pub fn oracle(story: &Scenario) -> Oracle {
    let mut oracle = story.records(&PagerDuty);
    for record in oracle.records.values_mut() {
        if let Record::Team(team) = record {
            team.members.iter_mut().for_each(|member| member.role = None);
        }
    }
    oracle
}

/// Every record that a database holds of the account.
pub async fn stored(synced: &Synced) -> Vec<Record> {
    let read = synced.read(|reader| {
        let source = reader.source("pd")?.id;
        let range = RecordRange { as_of: Timestamp::LATEST, window: None };
        let mut records = Vec::new();
        for kind in KINDS {
            reader.each_record(source, kind, &range, &mut |record| {
                records.push(record);
                std::ops::ControlFlow::Continue(())
            })?;
        }
        Ok(records)
    });
    read.await.unwrap()
}
