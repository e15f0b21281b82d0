//! Clocks and the summaries of what they told.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::Outcome;

/// Processor time of the threads of this process so far, by thread.
///
/// Linux tells it in nanoseconds (`/proc/<pid>/task/<tid>/schedstat`); what other programs do is not in it.
#[derive(Debug, Clone)]
pub struct Threads(BTreeMap<String, u64>);

impl Threads {
    /// As it stands.
    ///
    /// # Errors
    /// Where the system does not tell.
    pub fn now() -> Outcome<Self> {
        let mut threads = BTreeMap::new();
        for entry in std::fs::read_dir("/proc/self/task")? {
            let entry = entry?;
            // A thread may end between the list and the look.
            let Ok(line) = std::fs::read_to_string(entry.path().join("schedstat")) else { continue };
            let nanos = line.split_whitespace().next().and_then(|word| word.parse().ok()).unwrap_or(0);
            threads.insert(entry.file_name().to_string_lossy().into_owned(), nanos);
        }
        Ok(Self(threads))
    }

    /// What was used since `earlier`, without the threads in `others`, which belong to an upstream that the bench plays.
    #[must_use]
    pub fn since(&self, earlier: &Self, others: &Self) -> Duration {
        let own = self.0.iter().filter(|(thread, _)| !others.0.contains_key(*thread));
        let used = own.map(|(thread, now)| now.saturating_sub(earlier.0.get(thread).copied().unwrap_or(0)));
        Duration::from_nanos(used.sum())
    }

    /// The threads that are here and were not in `earlier`.
    #[must_use]
    pub fn new_since(&self, earlier: &Self) -> Self {
        Self(
            self.0
                .iter()
                .filter(|(thread, _)| !earlier.0.contains_key(*thread))
                .map(|(t, n)| (t.clone(), *n))
                .collect(),
        )
    }

    /// No thread.
    #[must_use]
    pub const fn none() -> Self {
        Self(BTreeMap::new())
    }
}

/// What one piece of work took.
#[derive(Debug, Clone, Copy)]
pub struct Spent {
    /// On the wall.
    pub wall: Duration,
    /// Of processors.
    pub cpu: Duration,
}

/// Times a piece of work.
///
/// # Errors
/// Where the system does not tell processor time.
pub fn timed<T>(others: &Threads, work: impl FnOnce() -> Outcome<T>) -> Outcome<(T, Spent)> {
    let (before, begun) = (Threads::now()?, Instant::now());
    let value = work()?;
    let wall = begun.elapsed();
    Ok((value, Spent { wall, cpu: Threads::now()?.since(&before, others) }))
}

/// The middle of some values; 0 of none.
#[must_use]
pub fn median(values: &[f64]) -> f64 {
    at_rank(values, 0.5)
}

/// The value below which `share` of all lie (nearest rank); 0 of none.
#[must_use]
pub fn at_rank(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "few runs"
    )]
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}

/// Milliseconds.
#[must_use]
pub fn millis(span: Duration) -> f64 {
    span.as_secs_f64() * 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_values_that_were_seen() {
        let values: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!((median(&values), at_rank(&values, 0.99), at_rank(&values, 1.0)), (50.0, 99.0, 100.0));
        assert_eq!((median(&[3.0, 1.0, 2.0]), median(&[])), (2.0, 0.0));
    }

    #[test]
    fn waiting_is_no_work() {
        let (_, spent) = timed(&Threads::none(), || {
            std::thread::park_timeout(Duration::from_millis(60));
            Ok(())
        })
        .unwrap();
        assert!(spent.wall >= Duration::from_millis(50) && spent.cpu < Duration::from_millis(40), "{spent:?}");
    }
}
