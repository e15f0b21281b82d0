//! Holding requests back: because the upstream said so, or because of its published limit.

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
    /// When the upstream may be asked again, in time since the start of `ticks`.
    opens: Mutex<Duration>,
    quota: Option<SharedQuota>,
}

struct SharedQuota {
    incremental: Limiter,
    backfill: Limiter,
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
        let limiter = |divisor: u32, limit: NonZeroU32| {
            let part = NonZeroU32::new(limit.get() / divisor).unwrap_or(NonZeroU32::MIN);
            let burst = NonZeroU32::new(part.get().min(BURST)).unwrap_or(NonZeroU32::MIN);
            RateLimiter::direct_with_clock(Quota::per_minute(part).allow_burst(burst), TickClock(Arc::clone(&ticks)))
        };
        let quota = per_minute.map(|limit| SharedQuota { incremental: limiter(4, limit), backfill: limiter(2, limit) });
        Self { ticks, opens: Mutex::new(Duration::ZERO), quota }
    }

    /// Nobody passes for `span` from now on. A longer closing that is in force stays.
    pub(super) fn close_for(&self, span: Duration) {
        let until = self.ticks.elapsed().saturating_add(span);
        let mut opens = self.opens.lock().unwrap_or_else(PoisonError::into_inner);
        *opens = (*opens).max(until);
    }

    /// Waits until a request may be sent.
    ///
    /// # Errors
    /// Returns how long the upstream wants to be left alone, when that is too long to wait for.
    pub(super) async fn pass(&self, share: Share) -> Result<(), Duration> {
        loop {
            let left = self.closed_for();
            if left > LONGEST {
                return Err(left);
            }
            if left.is_zero() {
                break;
            }
            self.ticks.wait(left).await;
        }
        if let Some(quota) = &self.quota {
            let limiter = match share {
                Share::Incremental => &quota.incremental,
                Share::Backfill => &quota.backfill,
            };
            while let Err(early) = limiter.check() {
                self.ticks.wait(self.until(&early)).await;
            }
        }
        Ok(())
    }

    fn closed_for(&self) -> Duration {
        let opens = *self.opens.lock().unwrap_or_else(PoisonError::into_inner);
        opens.saturating_sub(self.ticks.elapsed())
    }

    fn until(&self, early: &NotUntil<Duration>) -> Duration {
        early.wait_time_from(self.ticks.elapsed()).max(Duration::from_millis(1))
    }
}
