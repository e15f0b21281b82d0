//! Holding requests back: because the upstream said so, or because of its published limit.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{NotUntil, Quota, RateLimiter};

use super::Share;
use super::retry::LONGEST;
use super::ticks::Ticks;

/// Requests that may follow each other at once, before the quota's even pace begins.
const BURST: u32 = 10;

/// Stands before every request of a source.
pub(super) struct Gate {
    ticks: Arc<dyn Ticks>,
    opens: Mutex<Opening>,
    quota: Option<SharedQuota>,
    lanes: HashMap<&'static str, SharedQuota>,
}

/// When the upstream may be asked again, in time since the start of `ticks`.
#[derive(Debug, Default)]
struct Opening {
    all: Duration,
    lanes: HashMap<&'static str, Duration>,
}

struct SharedQuota {
    incremental: Limiter,
    backfill: Limiter,
}

impl SharedQuota {
    /// A quarter of a published limit for what is new, half of it for the past.
    fn new(ticks: &Arc<dyn Ticks>, per_minute: NonZeroU32) -> Self {
        let limiter = |divisor: u32| {
            let part = NonZeroU32::new(per_minute.get() / divisor).unwrap_or(NonZeroU32::MIN);
            let burst = NonZeroU32::new(part.get().min(BURST)).unwrap_or(NonZeroU32::MIN);
            RateLimiter::direct_with_clock(Quota::per_minute(part).allow_burst(burst), TickClock(Arc::clone(ticks)))
        };
        Self { incremental: limiter(4), backfill: limiter(2) }
    }

    const fn of(&self, share: Share) -> &Limiter {
        match share {
            Share::Incremental => &self.incremental,
            Share::Backfill => &self.backfill,
        }
    }
}

type Limiter = RateLimiter<NotKeyed, InMemoryState, TickClock, NoOpMiddleware<Duration>>;

#[derive(Clone)]
struct TickClock(Arc<dyn Ticks>);

impl Clock for TickClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

impl Gate {
    /// A gate that is open. `per_minute` is the upstream's published limit, if it has one.
    pub(super) fn new(ticks: Arc<dyn Ticks>, per_minute: Option<NonZeroU32>) -> Self {
        let quota = per_minute.map(|limit| SharedQuota::new(&ticks, limit));
        Self { ticks, opens: Mutex::default(), quota, lanes: HashMap::new() }
    }

    /// With a limit of their own for the endpoints of a lane, beside the limit for all.
    pub(super) fn with_lane(mut self, lane: &'static str, per_minute: NonZeroU32) -> Self {
        self.lanes.insert(lane, SharedQuota::new(&self.ticks, per_minute));
        self
    }

    /// Nobody passes for `span` from now on; with a known lane, nobody in that lane. A longer closing that is in force
    /// stays.
    pub(super) fn close_for(&self, span: Duration, lane: Option<&str>) {
        let until = self.ticks.elapsed().saturating_add(span);
        let mut opens = self.opens.lock().unwrap_or_else(PoisonError::into_inner);
        let lane = lane.and_then(|lane| self.lanes.get_key_value(lane)).map(|(lane, _)| *lane);
        let opening = match lane {
            Some(lane) => opens.lanes.entry(lane).or_default(),
            None => &mut opens.all,
        };
        *opening = (*opening).max(until);
    }

    /// Waits until a request may be sent.
    ///
    /// # Errors
    /// Returns how long the upstream wants to be left alone, when that is too long to wait for.
    pub(super) async fn pass(&self, share: Share, lane: Option<&str>) -> Result<(), Duration> {
        loop {
            let left = self.closed_for(lane);
            if left > LONGEST {
                return Err(left);
            }
            if left.is_zero() {
                break;
            }
            self.ticks.wait(left).await;
        }
        for quota in self.quota.iter().chain(lane.and_then(|lane| self.lanes.get(lane))) {
            let limiter = quota.of(share);
            while let Err(early) = limiter.check() {
                self.ticks.wait(self.until(&early)).await;
            }
        }
        Ok(())
    }

    fn closed_for(&self, lane: Option<&str>) -> Duration {
        let opens = self.opens.lock().unwrap_or_else(PoisonError::into_inner);
        let lane = lane.and_then(|lane| opens.lanes.get(lane)).copied().unwrap_or_default();
        opens.all.max(lane).saturating_sub(self.ticks.elapsed())
    }

    fn until(&self, early: &NotUntil<Duration>) -> Duration {
        early.wait_time_from(self.ticks.elapsed()).max(Duration::from_millis(1))
    }
}
