//! Limits, and the proof that a client kept to them.

use std::time::{Duration, Instant};

use super::quirks::Rate;

/// Requests counted against a limit in stretches of time that follow each other.
#[derive(Debug)]
pub(super) struct Bucket {
    rate: Rate,
    began: Instant,
    used: u32,
}

/// What is left of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) limit: u32,
    pub(super) remaining: u32,
    /// Until the next stretch, whole seconds rounded up.
    pub(super) reset_secs: u64,
    pub(super) refused: bool,
}

impl Bucket {
    pub(super) fn new(rate: Rate, now: Instant) -> Self {
        Self { rate, began: now, used: 0 }
    }

    /// Counts a request.
    pub(super) fn take(&mut self, now: Instant) -> Left {
        if now.duration_since(self.began) >= self.rate.every {
            self.began = now;
            self.used = 0;
        }
        let refused = self.used >= self.rate.limit;
        self.used += u32::from(!refused);
        let rest = self.rate.every.saturating_sub(now.duration_since(self.began));
        Left {
            limit: self.rate.limit,
            remaining: self.rate.limit.saturating_sub(self.used),
            reset_secs: u64::try_from(rest.as_millis().div_ceil(1_000)).unwrap_or(u64::MAX),
            refused,
        }
    }
}

/// How a client kept to what it was told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pace {
    /// Requests so far.
    pub requests: u64,
    /// Refusals for haste so far.
    pub refused: u64,
    /// Requests that came before the client had been told to come back, with how much too soon.
    pub early: Vec<(u64, Duration)>,
    /// The most requests at the same time; the vendor asks for one.
    pub at_once: u32,
}

/// Keeps watch.
#[derive(Debug, Default)]
pub(super) struct Watch {
    pub(super) pace: Pace,
    come_back: Option<Instant>,
    pub(super) in_flight: u32,
}

impl Watch {
    pub(super) fn arrive(&mut self, now: Instant) {
        self.pace.requests += 1;
        self.in_flight += 1;
        self.pace.at_once = self.pace.at_once.max(self.in_flight);
        if let Some(soon) =
            self.come_back.and_then(|back| back.checked_duration_since(now)).filter(|soon| !soon.is_zero())
        {
            self.pace.early.push((self.pace.requests, soon));
        }
    }

    pub(super) fn refuse(&mut self, now: Instant, secs: Option<u64>) {
        self.pace.refused += 1;
        let told = secs.map(|secs| now + Duration::from_secs(secs));
        self.come_back = self.come_back.max(told);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_bucket_refuses_until_its_time_is_over() {
        let start = Instant::now();
        let mut bucket = Bucket::new(Rate { limit: 2, every: Duration::from_secs(10) }, start);
        assert_eq!(bucket.take(start).remaining, 1);
        assert!(!bucket.take(start).refused);
        let left = bucket.take(start + Duration::from_millis(1_500));
        assert!(left.refused);
        assert_eq!(left.reset_secs, 9);
        assert!(!bucket.take(start + Duration::from_secs(10)).refused);
    }

    #[test]
    fn coming_back_too_soon_is_seen() {
        let start = Instant::now();
        let mut watch = Watch::default();
        watch.refuse(start, Some(5));
        watch.arrive(start + Duration::from_secs(3));
        watch.arrive(start + Duration::from_secs(5));
        assert_eq!(watch.pace.early, [(1, Duration::from_secs(2))]);
    }
}
