//! When a failed request is tried again.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};

/// Most tries of one request.
const TRIES: usize = 5;

/// Longest wait between two tries; who asks for more is left alone, and the engine comes back later.
pub(super) const LONGEST: Duration = Duration::from_secs(300);

/// Whether and when a failed request is worth another try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// The same would happen.
    Never,
    /// One more try, no more.
    Once,
    /// Growing pauses.
    Later,
    /// The upstream named a time, which the gate keeps; growing pauses count beside it.
    After(Duration),
}

/// What is left of the tries of one request.
pub(super) struct Patience {
    pauses: ExponentialBackoff,
    once_used: bool,
}

impl Patience {
    /// All of it. Pauses double from a second on, with up to as much again at random, so that many installations do not
    /// come back at once.
    pub(super) fn new() -> Self {
        let pauses = ExponentialBuilder::new()
            .with_min_delay(Duration::from_secs(1))
            .with_max_delay(LONGEST)
            .with_max_times(TRIES - 1)
            .with_jitter();
        Self { pauses: pauses.build(), once_used: false }
    }

    /// How long to wait before the next try; `None` when there shall be none.
    pub(super) fn next(&mut self, again: Again) -> Option<Duration> {
        let ends = match again {
            Again::Never => true,
            Again::Once => std::mem::replace(&mut self.once_used, true),
            Again::Later => false,
            Again::After(told) => told > LONGEST,
        };
        if ends { None } else { self.pauses.next().map(|pause| pause.min(LONGEST)) }
    }
}
