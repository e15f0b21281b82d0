//! Secrets that a command prints.

use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};

use super::{MAX_BYTES, Reason};

/// How long a command may take.
pub(super) const LIMIT: Duration = Duration::from_secs(10);

/// The first line that `line` prints when the shell runs it in `folder`. What it says on its error stream is not read.
pub(super) async fn run(line: &str, folder: &Path) -> Result<SecretString, Reason> {
    run_within(line, folder, LIMIT).await
}

/// As [`run`] with another limit. A command that takes longer is ended with everything it started.
pub(super) async fn run_within(line: &str, folder: &Path, limit: Duration) -> Result<SecretString, Reason> {
    let mut command = shell(line);
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut child = command.spawn().map_err(|error| format!("it cannot be started: {error}"))?;
    let group = Group::of(&child);
    match tokio::time::timeout(limit, output(&mut child)).await {
        Ok(finished) => {
            group.leave();
            let (status, printed) = finished.map_err(|error| format!("its output cannot be read: {error}"))?;
            if status.success() { first_line(&printed) } else { Err(ended(status)) }
        }
        Err(_) => Err(format!("it did not end within {} s", limit.as_secs())),
    }
}

#[cfg(unix)]
fn shell(line: &str) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(line).process_group(0);
    command
}

#[cfg(not(unix))]
fn shell(line: &str) -> Command {
    let mut command = Command::new("cmd");
    command.arg("/C").arg(line);
    command
}

async fn output(child: &mut Child) -> std::io::Result<(ExitStatus, Zeroizing<Vec<u8>>)> {
    let stdout = child.stdout.take();
    let printed = async {
        match stdout {
            Some(stdout) => beginning(stdout).await,
            None => Ok(Zeroizing::default()),
        }
    };
    let (printed, status) = tokio::try_join!(printed, child.wait())?;
    Ok((status, printed))
}

/// Reads to the end, so that the command need not notice that only the beginning is kept.
async fn beginning(mut stdout: impl AsyncRead + Unpin) -> std::io::Result<Zeroizing<Vec<u8>>> {
    let mut kept = Zeroizing::new(Vec::with_capacity(MAX_BYTES));
    let mut chunk = Zeroizing::new(vec![0; 4 << 10]);
    loop {
        let read = stdout.read(&mut chunk).await?;
        if read == 0 {
            return Ok(kept);
        }
        let room = MAX_BYTES.saturating_sub(kept.len());
        kept.extend_from_slice(&chunk[..read.min(room)]);
    }
}

fn first_line(printed: &[u8]) -> Result<SecretString, Reason> {
    let line = printed.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let text = std::str::from_utf8(line).map_err(|_| "its output is not UTF-8".to_owned())?;
    Ok(SecretString::from(text.trim_end_matches('\r')))
}

fn ended(status: ExitStatus) -> Reason {
    match status.code() {
        Some(code) => format!("it ended with status {code}; run it in a terminal to see why"),
        None => "it was ended by a signal".to_owned(),
    }
}

/// The processes of one command. Dropped before they are done, all of them are ended: also when the caller gave up.
struct Group(Option<u32>);

impl Group {
    fn of(child: &Child) -> Self {
        Self(child.id())
    }

    fn leave(mut self) {
        self.0 = None;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let Some(leader) = self.0 else { return };
        // The shell's own `kill` reaches a whole group without a further library and without unsafe code.
        let ended = cfg!(unix).then(|| {
            std::process::Command::new("sh")
                .args(["-c", "kill -s KILL -- \"-$0\"", &leader.to_string()])
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
        });
        if let Some(Err(error)) = ended {
            tracing::warn!(code = "command_left", %error, "a command that took too long could not be ended");
        }
    }
}
