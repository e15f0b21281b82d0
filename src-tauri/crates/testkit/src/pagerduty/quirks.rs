//! How the fake behaves where accounts, keys and days differ.

use std::time::Duration;

/// Settings of a fake. The default is an account on a good day.
#[derive(Debug, Clone)]
pub struct Quirks {
    /// The key that is right. With [`token_lasts`](Self::token_lasts) it is only how tokens begin.
    pub token: String,
    /// After so many answered requests the token is worthless and [`super::FakePagerDuty::current_token`] gives another.
    pub token_lasts: Option<u64>,
    /// Resources that the key may not read, by the first word of their path, for example `notifications`.
    pub forbidden: Vec<&'static str>,
    /// Requests of all kinds.
    pub rate: Rate,
    /// Requests of `/oncalls`, which has a lower limit of its own.
    pub oncalls_rate: Rate,
    /// Whether a refusal says when to come back.
    pub limit_headers: bool,
    /// Refuses requests without the headers that the description calls required.
    pub strict_headers: bool,
    /// The furthest row that paging reaches. The vendor's is 10,000; a smaller one needs no story of that size.
    pub reach: usize,
    /// Answers `POST /analytics/raw/incidents`; otherwise it is a violation.
    pub analytics: bool,
    /// Which of the two words acknowledgements have.
    pub ack_word: AckWord,
    /// Whether what happened exactly at `until` is in the answer.
    pub until_inclusive: bool,
    /// How long each answer takes; more than one request at a time is seen only when it is not nothing.
    pub latency: Duration,
    /// Milliseconds that the server's clock is ahead of the story's.
    pub clock_skew_millis: i64,
}

/// A limit: so many requests in each stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Requests.
    pub limit: u32,
    /// The stretch.
    pub every: Duration,
}

impl Rate {
    /// So many a minute.
    #[must_use]
    pub const fn per_minute(limit: u32) -> Self {
        Self { limit, every: Duration::from_mins(1) }
    }
}

/// The description has two words for one thing: its list of types says `acknowledge_log_entry`, its schema
/// `acknowledgement_log_entry`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AckWord {
    /// `acknowledge_log_entry`.
    Short,
    /// `acknowledgement_log_entry`.
    Long,
    /// Now this, now that.
    Both,
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            token: "harbor-read-only-key".to_owned(),
            token_lasts: None,
            forbidden: Vec::new(),
            rate: Rate::per_minute(960),
            oncalls_rate: Rate::per_minute(120),
            limit_headers: true,
            strict_headers: true,
            reach: 10_000,
            analytics: false,
            ack_word: AckWord::Both,
            until_inclusive: true,
            latency: Duration::ZERO,
            clock_skew_millis: 0,
        }
    }
}
