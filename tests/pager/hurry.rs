//! Time that passes faster than on the wall, for syncs that keep to a pace.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// How much passes with each beat.
const STEP: Duration = Duration::from_millis(60);
/// How long a beat lasts on the wall.
const BEAT: Duration = Duration::from_millis(2);

/// Runs a future on a runtime whose timers pass thirty times as fast as the wall's clock; sockets are real. A runtime whose
/// time is merely paused would leap to the next timeout whenever it waits for an answer.
pub fn hurried<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let (beat, mut beats) = tokio::sync::mpsc::unbounded_channel();
        let (over, is_over) = channel::<()>();
        // As long as a blocking task runs, paused time does not leap.
        let pulse = tokio::task::spawn_blocking(move || {
            while is_over.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
                if beat.send(()).is_err() {
                    return;
                }
            }
        });
        let pass = async {
            while beats.recv().await.is_some() {
                // Beats that piled up while this thread was busy count once: nobody else had time either.
                while beats.try_recv().is_ok() {}
                tokio::time::advance(STEP).await;
            }
        };
        let ended = tokio::select! {
            ended = future => Some(ended),
            () = pass => None,
        };
        drop(over);
        pulse.await.unwrap();
        ended.expect("the pulse goes on until the future ends")
    })
}
