//! Time that only moves forward, for waiting. The calendar's time comes from the domain's clock.

use std::time::Duration;

use async_trait::async_trait;
use tokio::time::Instant;

/// A stopwatch that one can wait on. Tests bring their own, because a paused runtime would also pause real sockets.
#[async_trait]
pub(super) trait Ticks: Send + Sync {
    /// Time since some fixed moment.
    fn elapsed(&self) -> Duration;

    /// Returns when `span` has passed.
    async fn wait(&self, span: Duration);
}

/// The runtime's own time.
#[derive(Debug)]
pub(super) struct RuntimeTicks(Instant);

impl RuntimeTicks {
    /// Begins now.
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }
}

#[async_trait]
impl Ticks for RuntimeTicks {
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    async fn wait(&self, span: Duration) {
        tokio::time::sleep(span).await;
    }
}
