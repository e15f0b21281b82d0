//! The requests. All of them read.

use super::wire::{Named, Status, WireAlert, WireSilence};
use crate::ConnectorError;
use crate::http::{Endpoint, Http};

/// Largest answer that is read, in MiB: some 40,000 alerts.
const LIMIT_MIB: u64 = 64;

/// A server with Alertmanager's second interface.
#[derive(Debug)]
pub(super) struct Api {
    http: Http,
}

impl Api {
    pub const fn new(http: Http) -> Self {
        Self { http }
    }

    pub const fn http(&self) -> &Http {
        &self.http
    }

    /// Every alert that fires, also the silenced and the inhibited.
    pub async fn alerts(&self) -> Result<Vec<WireAlert>, ConnectorError> {
        let endpoint = Endpoint::new("alerts", "what fires is not seen").up_to_mib(LIMIT_MIB);
        self.http.get("api/v2/alerts", &[], endpoint).await?.json("alerts")
    }

    /// Every silence that is not forgotten, also the expired.
    pub async fn silences(&self) -> Result<Vec<WireSilence>, ConnectorError> {
        let endpoint = Endpoint::new("silences", "what is silenced, by whom and why, is not seen").up_to_mib(LIMIT_MIB);
        self.http.get("api/v2/silences", &[], endpoint).await?.json("silences")
    }

    /// The process and its cluster.
    pub async fn status(&self) -> Result<Status, ConnectorError> {
        let endpoint = Endpoint::new("the status", "a restart, which loses alerts, cannot be told from their end");
        self.http.get("api/v2/status", &[], endpoint).await?.json("the status")
    }

    /// Names of those who are told.
    pub async fn receivers(&self) -> Result<Vec<Named>, ConnectorError> {
        let endpoint = Endpoint::new("receivers", "nothing that is stored");
        self.http.get("api/v2/receivers", &[], endpoint).await?.json("receivers")
    }
}
