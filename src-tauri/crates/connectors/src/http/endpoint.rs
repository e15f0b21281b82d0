//! What one request is for and what its answer may be.

/// Bytes of a page that are accepted by default, in MiB after unpacking.
const PAGE_MIB: u64 = 32;

/// What is asked, as far as the client must know.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint<'a> {
    /// What is read, for messages: "forbids reading {what}".
    pub what: &'a str,
    /// What is lost when it may not be read.
    pub lost: &'a str,
    /// Headers beside those of the source, for example `Accept` or `If-None-Match`. They cannot replace credentials.
    pub headers: &'a [(&'a str, &'a str)],
    /// Statuses that the connector reads itself: such an answer with a JSON body is returned, not retried and not an
    /// error.
    pub reads: &'a [u16],
    /// Largest accepted body in MiB, after unpacking.
    pub limit_mib: u64,
    /// Which part of the source's request quota pays for it.
    pub share: Share,
    /// The lane it takes ([`super::Http::with_lane`]), for endpoints that the upstream counts apart.
    pub lane: Option<&'static str>,
}

/// Part of a published request limit. Others use the same account, so neither takes all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Share {
    /// Reading what is new: a quarter of the limit.
    #[default]
    Incremental,
    /// Reading the past: half of the limit.
    Backfill,
}

impl<'a> Endpoint<'a> {
    /// An endpoint with the usual limits.
    #[must_use]
    pub const fn new(what: &'a str, lost: &'a str) -> Self {
        Self { what, lost, headers: &[], reads: &[], limit_mib: PAGE_MIB, share: Share::Incremental, lane: None }
    }

    /// With these headers.
    #[must_use]
    pub const fn with_headers(mut self, headers: &'a [(&'a str, &'a str)]) -> Self {
        self.headers = headers;
        self
    }

    /// With statuses that the connector reads itself.
    #[must_use]
    pub const fn reading(mut self, statuses: &'a [u16]) -> Self {
        self.reads = statuses;
        self
    }

    /// With another limit of the body.
    #[must_use]
    pub const fn up_to_mib(mut self, limit_mib: u64) -> Self {
        self.limit_mib = limit_mib;
        self
    }

    /// In this lane.
    #[must_use]
    pub const fn in_lane(mut self, lane: Option<&'static str>) -> Self {
        self.lane = lane;
        self
    }

    /// Paid from this part of the quota.
    #[must_use]
    pub const fn paid_from(mut self, share: Share) -> Self {
        self.share = share;
        self
    }
}
