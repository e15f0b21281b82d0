//! A display of our own whose picture lies in a file, so that it is seen when something is painted.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::Outcome;

const WIDTH: u64 = 1_280;
const HEIGHT: u64 = 800;
/// Bytes of a row of pixels.
const ROW: u64 = WIDTH * 4;
/// Every so many rows one is looked at: any text is higher.
const STRIDE: u64 = 4;
/// Between two looks.
const LOOK: Duration = Duration::from_millis(8);

/// A child that is ended, by its id, with the value.
pub(super) struct Ended(pub(super) Child);

impl Drop for Ended {
    fn drop(&mut self) {
        if self.0.kill().is_ok() {
            self.0.wait().ok();
        }
    }
}

/// A display, a bus and a home.
pub(super) struct Screen {
    pub(super) home: TempDir,
    name: String,
    bus: String,
    picture: PathBuf,
    _started: [Ended; 2],
}

impl Screen {
    /// Starts both.
    pub(super) fn start() -> Outcome<Self> {
        let home = tempfile::tempdir()?;
        let size = format!("{WIDTH}x{HEIGHT}x24");
        let mut display = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &size, "-fbdir"])
            .arg(home.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|reason| format!("Xvfb cannot be run ({reason}): install the package xvfb"))?;
        let number = first_line(&mut display);
        let mut bus = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|reason| format!("dbus-daemon cannot be run ({reason}): install the package dbus"))?;
        let address = first_line(&mut bus);
        let started = [Ended(display), Ended(bus)];
        let picture = home.path().join("Xvfb_screen0");
        Ok(Self { name: format!(":{}", number?), bus: address?, picture, home, _started: started })
    }

    /// A program on this display, with a home of its own.
    pub(super) fn program(&self, path: &Path) -> Command {
        let mut command = Command::new(path);
        let home = self.home.path();
        command
            .env_remove("WAYLAND_DISPLAY")
            .env("DISPLAY", &self.name)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("NO_AT_BRIDGE", "1")
            .env("HOME", home)
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("XDG_RUNTIME_DIR", home)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Keeps the picture, for eyes.
    pub(super) fn keep(&self, to: &Path) -> Outcome<()> {
        std::fs::copy(&self.picture, to)?;
        Ok(())
    }

    /// How long after `begun` the page was painted, once the picture has been still for `still`.
    pub(super) fn painted_after(&self, begun: Instant, still: Duration, patience: Duration) -> Outcome<Painted> {
        let file = File::open(&self.picture)?;
        let blank = look(&file)?;
        let (mut seen, mut changed) = (blank, None);
        let mut pictures = Vec::new();
        while begun.elapsed() < patience {
            std::thread::park_timeout(LOOK);
            let now = look(&file)?;
            if now != seen {
                changed = Some(begun.elapsed());
                pictures.push((begun.elapsed(), edges(&now)));
                seen = now;
            }
            match changed {
                Some(all) if begun.elapsed() - all > still => {
                    let last = pictures.last().map_or(0, |(_, edges)| *edges);
                    let most = pictures.iter().find(|(_, edges)| edges * 3 >= last * 2);
                    return Ok(Painted { most: most.map_or(all, |(at, _)| *at), all });
                }
                _ => {}
            }
        }
        Err(format!("nothing was painted and stood still within {patience:?}").into())
    }
}

/// When a page was painted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Painted {
    /// The first picture with two thirds of the edges of the last one: words and lines, which a blank window has not.
    pub(super) most: Duration,
    /// The last change: what loads after the page stands then, too.
    pub(super) all: Duration,
}

/// Pixels of the rows that differ from the one before them.
fn edges(rows: &[u8]) -> usize {
    rows.chunks_exact(4).zip(rows.chunks_exact(4).skip(1)).filter(|(one, next)| one != next).count()
}

/// Some rows of the picture.
fn look(file: &File) -> Outcome<Vec<u8>> {
    let end = file.metadata()?.len();
    // Before the pixels lies a header of a few kilobytes; where it ends does not matter here.
    let first = end.saturating_sub(ROW * HEIGHT);
    let mut rows = vec![0; usize::try_from(ROW * (HEIGHT / STRIDE))?];
    for (nth, row) in (0..).zip(rows.chunks_mut(usize::try_from(ROW)?)) {
        file.read_exact_at(row, first + nth * STRIDE * ROW)?;
    }
    Ok(rows)
}

fn first_line(child: &mut Child) -> Outcome<String> {
    let out = child.stdout.take().ok_or("it says nothing")?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line)?;
    if line.trim().is_empty() { Err("it ended at once".into()) } else { Ok(line.trim().to_owned()) }
}
