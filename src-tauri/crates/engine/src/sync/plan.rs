//! Which windows of a stream to read, and in which order. Pure.

use fairlead_connectors::{Mode, Stream};
use fairlead_domain::time::{DAY_MS, HOUR_MS, SECOND_MS};
use fairlead_domain::{Timestamp, Window};

/// Depths of the past in the order of use, in days: each is finished for every stream of a source before the next.
pub const TIERS_DAYS: [u32; 3] = [28, 90, DEEPEST_DAYS];

/// How far back the app reads by and by, in days: 13 months.
pub const DEEPEST_DAYS: u32 = 396;

/// Smallest window that a step is halved to.
const SMALLEST_CHUNK_MS: i64 = HOUR_MS;

/// Whether a stream's interval has passed since its last run began. A run that began in the future says that the clock
/// was set back, and is no reason to wait.
#[must_use]
pub fn is_due(stream: &Stream, last_started: Option<Timestamp>, now: Timestamp) -> bool {
    let interval = i64::from(stream.interval_secs) * SECOND_MS;
    last_started.is_none_or(|at| now.since(at) >= interval || at > now)
}

/// A clock that is set back by less is not worth more than the usual overlap.
const CLOCK_SLACK_MS: i64 = HOUR_MS;

/// Windows that are read one after the other, so that what is covered stays one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    /// What is not read yet; an empty window is one step.
    rest: Option<Window>,
    longest_millis: i64,
    order: Order,
}

/// From which end a range is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    OldestFirst,
    NewestFirst,
    /// In one step: there is nothing to cut.
    Whole,
}

impl Steps {
    const fn new(range: Window, longest_millis: i64, order: Order) -> Self {
        Self { rest: Some(range), longest_millis, order }
    }

    /// The window to read next; `None` when all is read.
    #[must_use]
    pub fn next(&self) -> Option<Window> {
        let rest = self.rest?;
        Some(match self.order {
            _ if rest.millis() <= self.longest_millis => rest,
            Order::Whole => rest,
            Order::OldestFirst => Window::new(rest.start, rest.start.plus_millis(self.longest_millis)),
            Order::NewestFirst => Window::new(rest.end.plus_millis(-self.longest_millis), rest.end),
        })
    }

    /// Notes that `part`, which [`Steps::next`] gave, was read, and that the upstream answered for `covered` of it.
    /// What it left out at the newer end is asked for with the next part, so that no hole stays.
    pub fn pass(&mut self, part: Window, covered: Window) {
        let rest = self.rest.take().map(|rest| match self.order {
            Order::Whole => Window::new(rest.end, rest.end),
            Order::NewestFirst => Window::new(rest.start, part.start),
            Order::OldestFirst => {
                let late = part.end < rest.end && part.start < covered.end && covered.end < part.end;
                Window::new(if late { covered.end } else { part.end }, rest.end)
            }
        });
        self.rest = rest.filter(|rest| !rest.is_empty());
    }

    /// Makes the steps half as long, because the next one was too large. `false`: halving further is pointless.
    pub fn halve(&mut self) -> bool {
        let half = self.next().map_or(0, Window::millis) / 2;
        if self.order == Order::Whole || half < SMALLEST_CHUNK_MS {
            return false;
        }
        self.longest_millis = half;
        true
    }
}

/// What to read to be up to `now`.
///
/// `covered` is what earlier runs read without a hole, `None` before the first run. Without it the newest piece is
/// enough, for the rest is the backfill's; with it, all that came since. Where it lies ahead of `now` the clock was
/// wrong then or is now: what it says of the last days is not believed.
#[must_use]
pub fn fresh(stream: &Stream, covered: Option<Window>, now: Timestamp) -> Steps {
    let chunk = chunk_millis(stream);
    let newest = Steps::new(Window::new(now.plus_millis(-chunk), now), chunk, Order::NewestFirst);
    match stream.mode {
        Mode::Snapshot => Steps::new(Window::new(Timestamp::EARLIEST, now), i64::MAX, Order::Whole),
        Mode::Observed => Steps::new(Window::new(now, now), i64::MAX, Order::Whole),
        Mode::ReplaceWindow { back_days, ahead_days } => {
            let range = Window::new(now.plus_days(-i64::from(back_days)), now.plus_days(i64::from(ahead_days)));
            Steps::new(range, i64::MAX, Order::OldestFirst)
        }
        Mode::Updated { overlap_secs } | Mode::Feed { overlap_secs } | Mode::Created { overlap_secs } => {
            let overlap = i64::from(overlap_secs) * SECOND_MS;
            match covered {
                None => newest,
                Some(read) if is_ahead(read, now) => newest,
                Some(read) => {
                    let start = read.end.min(now).plus_millis(-overlap).max(read.start);
                    Steps::new(Window::new(start, now), chunk, Order::OldestFirst)
                }
            }
        }
    }
}

/// Whether what is covered lies so far ahead of the clock that the clock must have been set back.
#[must_use]
pub fn is_ahead(covered: Window, now: Timestamp) -> bool {
    covered.end.since(now) > CLOCK_SLACK_MS
}

/// What of the past is still to be read to reach `days` before `now`, the newest first; `None` when nothing is.
#[must_use]
pub fn past(stream: &Stream, covered: Window, days: u32, now: Timestamp) -> Option<Steps> {
    stream.backfill?;
    let range = Window::new(now.plus_days(-i64::from(days)), covered.start);
    (!range.is_empty()).then(|| Steps::new(range, chunk_millis(stream), Order::NewestFirst))
}

/// Length of one request's window; 30 days for streams without a past.
fn chunk_millis(stream: &Stream) -> i64 {
    i64::from(stream.backfill.map_or(30, |b| b.chunk_days.max(1))) * DAY_MS
}

#[cfg(test)]
mod tests {
    use fairlead_connectors::Backfill;

    use super::*;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::from_secs(1_795_000_000);

    fn stream(mode: Mode, chunk_days: u32) -> Stream {
        let backfill = Some(Backfill { chunk_days, slo_depth: true });
        Stream { name: "s", mode, kinds: &[], interval_secs: 60, backfill }
    }

    /// Every window of the steps, when the upstream answers for all of each.
    fn all(mut steps: Steps) -> Vec<Window> {
        let mut windows = Vec::new();
        while let Some(window) = steps.next() {
            windows.push(window);
            assert!(windows.len() < 2_000, "it comes to an end");
            steps.pass(window, window);
        }
        windows
    }

    #[rstest::rstest]
    #[case::never_read(None, true)]
    #[case::just_not(Some(-59), false)]
    #[case::its_interval_has_passed(Some(-60), true)]
    #[case::the_clock_was_set_back(Some(1), true)]
    fn a_stream_is_due_when_its_interval_has_passed(#[case] started_secs: Option<i64>, #[case] due: bool) {
        let started = started_secs.map(|secs| NOW.plus_millis(secs * SECOND_MS));
        assert_eq!(is_due(&stream(Mode::Snapshot, 7), started, NOW), due);
    }

    #[test]
    fn a_first_read_takes_the_newest_piece() {
        let created = stream(Mode::Created { overlap_secs: 600 }, 7);
        assert_eq!(all(fresh(&created, None, NOW)), [Window::new(NOW.plus_days(-7), NOW)]);
    }

    #[test]
    fn a_later_read_repeats_only_the_overlap() {
        let created = stream(Mode::Created { overlap_secs: 600 }, 7);
        let covered = Window::new(NOW.plus_days(-30), NOW.plus_millis(-60_000));
        assert_eq!(all(fresh(&created, Some(covered), NOW)), [Window::new(NOW.plus_millis(-660_000), NOW)]);
    }

    #[test]
    fn a_clock_set_back_by_days_reads_the_newest_piece_again() {
        let created = stream(Mode::Created { overlap_secs: 0 }, 7);
        let covered = Window::new(NOW.plus_days(-30), NOW.plus_days(2));
        assert_eq!(all(fresh(&created, Some(covered), NOW)), [Window::new(NOW.plus_days(-7), NOW)]);
        let covered = Window::new(NOW.plus_days(-30), NOW.plus_millis(5_000));
        let overlap = stream(Mode::Created { overlap_secs: 60 }, 7);
        assert_eq!(all(fresh(&overlap, Some(covered), NOW)), [Window::new(NOW.plus_millis(-60_000), NOW)]);
    }

    #[test]
    fn halving_ends_and_the_whole_range_is_still_read() {
        let shifts = stream(Mode::ReplaceWindow { back_days: 14, ahead_days: 60 }, 7);
        let mut steps = fresh(&shifts, None, NOW);
        assert!(steps.halve() && steps.halve());
        let windows = all(steps.clone());
        assert_eq!((windows[0].start, windows[3].end), (NOW.plus_days(-14), NOW.plus_days(60)));
        assert!(windows.windows(2).all(|pair| pair[0].end == pair[1].start));
        let mut times = 0;
        while steps.halve() {
            times += 1;
        }
        assert!(times < 12 && steps.next().is_some_and(|w| w.millis() < 2 * SMALLEST_CHUNK_MS));
    }

    #[test]
    fn a_list_is_not_halved() {
        assert!(!fresh(&stream(Mode::Snapshot, 7), None, NOW).halve());
        assert_eq!(all(fresh(&stream(Mode::Observed, 7), None, NOW)), [Window::new(NOW, NOW)]);
    }

    #[test]
    fn what_an_upstream_left_out_at_the_newer_end_is_asked_for_again() {
        let created = stream(Mode::Created { overlap_secs: 0 }, 7);
        let covered = Window::new(NOW.plus_days(-30), NOW.plus_days(-10));
        let mut steps = fresh(&created, Some(covered), NOW);
        let first = steps.next().unwrap();
        let late = first.end.plus_hours(-2);
        steps.pass(first, Window::new(first.start, late));
        assert_eq!(steps.next().map(|w| w.start), Some(late));
        // What it does not answer for at all it has forgotten: that hole is the upstream's.
        let second = steps.next().unwrap();
        steps.pass(second, Window::new(second.start, second.start));
        assert_eq!(steps.next(), None);
    }

    proptest! {
        #[test]
        fn after_any_absence_the_pieces_join_without_hole(gap_hours in 0_i64..4_000, chunk in 1_u32..40) {
            let created = stream(Mode::Created { overlap_secs: 600 }, chunk);
            let covered = Window::new(NOW.plus_days(-400), NOW.plus_hours(-gap_hours));
            let windows = all(fresh(&created, Some(covered), NOW));
            prop_assert!(windows[0].start <= covered.end);
            prop_assert_eq!(windows.last().map(|w| w.end), Some(NOW));
            prop_assert!(windows.windows(2).all(|pair| pair[0].end == pair[1].start));
            prop_assert!(windows.iter().all(|w| w.millis() <= i64::from(chunk) * DAY_MS));
        }

        #[test]
        fn the_past_is_read_back_to_the_depth_and_no_further(days in 1_u32..800, chunk in 1_u32..40) {
            let created = stream(Mode::Created { overlap_secs: 0 }, chunk);
            let covered = Window::new(NOW.plus_millis(-1), NOW);
            let windows = all(past(&created, covered, days, NOW).expect("there is a past"));
            prop_assert_eq!(windows[0].end, covered.start);
            prop_assert!(windows.windows(2).all(|pair| pair[1].end == pair[0].start), "windows join");
            prop_assert_eq!(windows.last().map(|w| w.start), Some(NOW.plus_days(-i64::from(days))));
        }
    }
}
