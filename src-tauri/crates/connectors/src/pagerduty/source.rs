//! The connector: which stream is read where.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;

use super::api::{Api, LIMIT, Page, Resource};
use super::log_entries::Waiting;
use super::page_walk::{Step, Turn, Walks};
use super::people::Memberships;
use super::settings;
use super::shifts::Progress;
use super::{streams, wire};
use crate::http::{Http, Share};
use crate::severity::SeverityMap;
use crate::{Batch, Build, Check, ConfigIssue, Connector, ConnectorError, Request, Stream};

/// A configured account.
pub(super) struct PagerDuty {
    pub api: Api,
    pub severities: SeverityMap,
    pub walks: Walks,
    /// Teams of everyone, as this sync's listing of people told.
    pub memberships: Mutex<Memberships>,
    /// Which schedules the walks of shifts have read.
    pub progress: Mutex<Progress>,
    /// Pages of the walk of log entries that nobody has answered yet.
    pub waiting: Mutex<Waiting>,
}

impl PagerDuty {
    pub fn new(given: &serde_json::Value, build: &Build<'_>) -> Result<Self, ConfigIssue> {
        settings::sign_in(given)?;
        Ok(Self {
            api: Api::new(&settings::with_address(given), build)?,
            severities: SeverityMap::of(given),
            walks: Walks::default(),
            memberships: Mutex::default(),
            progress: Mutex::default(),
            waiting: Mutex::default(),
        })
    }

    /// Reads a page of a list and notes it in its walk.
    pub async fn page(
        &self,
        resource: &Resource,
        query: &[(&str, &str)],
        turn: &Turn,
        share: Share,
    ) -> Result<(Page, Step), ConnectorError> {
        let page = self.api.page(resource, query, (turn.offset, LIMIT), share).await?;
        let ids = wire::ids(&page.entries);
        let step = self.walks.note(resource.path, turn, &ids, &page, &self.api.host())?;
        Ok((page, step))
    }

    /// Everyone whom PagerDuty lists, when this sync has read them all.
    pub fn listed(&self) -> Option<BTreeSet<String>> {
        self.walks.whole(super::people::USERS.path)
    }
}

/// The entries of a page that its walk sees for the first time.
pub(super) fn fresh<'p>(page: &'p Page, step: &Step) -> Vec<&'p serde_json::Value> {
    page.entries.iter().zip(&step.new).filter(|(_, new)| **new).map(|(entry, _)| entry).collect()
}

/// What a lock guards; a thread that died holding it left nothing half done here.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[async_trait]
impl Connector for PagerDuty {
    fn streams(&self) -> Vec<Stream> {
        streams::all()
    }

    async fn check(&self) -> Result<Vec<Check>, ConnectorError> {
        super::check::check(self).await
    }

    async fn fetch(&self, request: Request<'_>) -> Result<Batch, ConnectorError> {
        match request.stream {
            streams::USERS => self.users(&request).await,
            streams::TEAMS => self.teams(&request).await,
            streams::SERVICES => self.services(&request).await,
            streams::POLICIES => self.policies(&request).await,
            streams::SCHEDULES => self.schedules(&request).await,
            streams::SHIFTS => self.shifts(&request).await,
            streams::ON_CALL => self.on_call(&request).await,
            streams::LOG_ENTRIES => self.log_entries(&request).await,
            streams::OPEN_INCIDENTS => self.open_incidents(&request).await,
            streams::INCIDENTS => self.incidents(&request).await,
            streams::REREAD => self.incidents_again(&request).await,
            streams::MAINTENANCE => self.maintenance(&request).await,
            // The engine asks only for declared streams.
            _ => Ok(Batch::default()),
        }
    }

    fn http(&self) -> Option<&Http> {
        Some(self.api.http())
    }
}
