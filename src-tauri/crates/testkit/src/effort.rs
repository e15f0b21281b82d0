//! How much work something is, by the processor time of its thread: what else the machine does is not counted, so that a
//! bound holds on a busy one too.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Waited for beyond the bound where processor time cannot be told, or none is used: a hang that only waits.
const PATIENCE: Duration = Duration::from_secs(300);

/// What a thread tells of itself: first where its times stand, last how it ended.
enum Told<T> {
    Place(Option<String>),
    Ended(Result<T, Box<dyn Any + Send>>, Option<Duration>),
}

/// Runs `work` on a thread of its own. A panic in it goes on here.
///
/// # Errors
/// When it takes more processor time than `limit`; also when it never ends, and is left behind.
pub fn bounded<T: Send + 'static>(limit: Duration, work: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
    let (tell, told) = channel();
    let begun = Instant::now();
    thread::spawn(move || {
        let heard = tell.send(Told::Place(place()));
        let ended = catch_unwind(AssertUnwindSafe(work));
        drop(heard.and_then(|()| tell.send(Told::Ended(ended, used()))));
    });
    let mut place = None;
    loop {
        match told.recv_timeout(Duration::from_millis(50)) {
            Ok(Told::Place(found)) => place = found,
            Ok(Told::Ended(Ok(value), used)) => return within(limit, used).map(|()| value),
            Ok(Told::Ended(Err(reason), _)) => resume_unwind(reason),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err("the work ended without a word".to_owned()),
        }
        within(limit, place.as_deref().and_then(used_at))?;
        if begun.elapsed() > limit + PATIENCE {
            return Err("it does not end".to_owned());
        }
    }
}

fn within(limit: Duration, used: Option<Duration>) -> Result<(), String> {
    match used.filter(|used| *used > limit) {
        Some(used) => Err(format!("{used:?} of processor time, and {limit:?} are allowed")),
        None => Ok(()),
    }
}

/// Processor time that this thread has used; `None` where the system does not tell.
#[must_use]
pub fn used() -> Option<Duration> {
    used_at("/proc/thread-self/stat")
}

/// Processor time of a process with all its threads; `None` when it is over, or the system does not tell.
#[must_use]
pub fn used_by(process: u32) -> Option<Duration> {
    used_at(&format!("/proc/{process}/stat"))
}

/// Where the times of this thread stand for others to read.
fn place() -> Option<String> {
    let own = std::fs::read_link("/proc/thread-self").ok()?;
    Some(format!("/proc/{}/stat", own.display()))
}

/// User and system time (proc(5), fields 14 and 15), in ticks of which Linux shows 100 a second.
fn used_at(path: &str) -> Option<Duration> {
    let line = std::fs::read_to_string(path).ok()?;
    // The name before it may hold blanks and brackets.
    let mut fields = line.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    let (user, system) = (ticks()?, ticks()?);
    Some(Duration::from_millis(10 * (user + system)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_in_time_gives_its_value() {
        assert_eq!(bounded(Duration::from_secs(5), || 2 + 2), Ok(4));
        thread::sleep(Duration::from_millis(20));
        assert!(used().is_none_or(|used| used < Duration::from_secs(5)), "waiting is no work");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_never_ends_is_given_up() {
        let for_ever = bounded(Duration::from_millis(200), || {
            loop {
                std::hint::spin_loop();
            }
        });
        let reason: Result<(), String> = for_ever;
        assert!(reason.unwrap_err().contains("of processor time"));
    }

    #[test]
    #[should_panic(expected = "a reason")]
    fn a_panic_goes_on() {
        drop(bounded(Duration::from_secs(5), || panic!("a reason")));
    }
}
