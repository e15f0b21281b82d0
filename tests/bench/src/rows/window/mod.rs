//! The real window: from its start to the first painted Posture, its memory, and what it does while nobody does anything.

mod screen;
mod tree;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use fairlead_engine::actions::demo;
use fairlead_engine::sync::nobody;

use self::screen::{Ended, Screen};
use crate::Outcome;
use crate::figure::{Figure, Goal};
use crate::measure::median;

const ROW: &str = "window";

/// Starts of each.
const STARTS: u32 = 7;
/// A picture that has not changed for so long is the one that was waited for.
const STILL: Duration = Duration::from_millis(1_500);
/// A window that has painted nothing by then does not open.
const PATIENCE: Duration = Duration::from_secs(40);
/// Before an idle window is watched: the scrollbar that the toolkit shows of what was just drawn fades for three seconds.
const REST: Duration = Duration::from_secs(5);
/// How long an idle window is watched.
const IDLE: Duration = Duration::from_secs(20);

/// What was built to be measured.
const BUILD: &str = "cargo build --locked --profile bench -p fairlead --features fairlead/custom-protocol --bin fairlead \
                     --example hello";

/// One start.
#[derive(Debug, Clone, Copy)]
struct Start {
    painted_ms: f64,
    /// The last change of the picture.
    still_ms: f64,
    pss_mib: f64,
    /// What it did while nobody did anything; where it was watched.
    idle: Option<Idle>,
}

/// A window to which nobody does anything.
#[derive(Debug, Clone, Copy, Default)]
struct Idle {
    /// Share of one processor, in percent.
    percent: f64,
    /// Memory at the end: what a start leaves behind is collected by then.
    pss_mib: f64,
}

/// Measures the window against an empty one of the same toolkit. `built` is the folder of the programs.
///
/// # Errors
/// Why a window that was started cannot be measured.
pub fn measure(built: &Path, shelf: &Path) -> Outcome<Vec<Figure>> {
    let (app, hello) = (built.join("fairlead"), built.join("examples/hello"));
    if let Some(missing) = [&app, &hello].into_iter().find(|program| !program.exists()) {
        let why = format!("{} is not built: {BUILD}", missing.display());
        return Ok(["start to painted Posture", "memory", "idle"].map(|what| Figure::skipped(ROW, what, &*why)).into());
    }
    let screen = Screen::start()?;
    let workspace = screen.home.path().join("workspace");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(demo::load(&workspace, &nobody()))?;
    // The first start of each fills caches.
    start(&screen, &hello, &workspace, false)?;
    start(&screen, &app, &workspace, false)?;
    screen.keep(&shelf.join("window.xwd"))?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for nth in 0..STARTS {
        theirs.push(start(&screen, &hello, &workspace, nth == 0)?);
        ours.push(start(&screen, &app, &workspace, nth == 0)?);
    }
    Ok(figures(&ours, &theirs))
}

fn figures(ours: &[Start], theirs: &[Start]) -> Vec<Figure> {
    let of = |starts: &[Start], what: fn(&Start) -> f64| starts.iter().map(what).collect::<Vec<_>>();
    let (painted, blank) = (of(ours, |s| s.painted_ms), of(theirs, |s| s.painted_ms));
    let (memory, empty) = (of(ours, |s| s.pss_mib), of(theirs, |s| s.pss_mib));
    let ratio = |ours: &[f64], theirs: &[f64]| median(ours) / median(theirs).max(f64::MIN_POSITIVE);
    let idle = |starts: &[Start]| starts.iter().find_map(|start| start.idle).unwrap_or_default();
    let (rest, empty_rest) = (idle(ours), idle(theirs));
    vec![
        Figure::of(ROW, "start to painted Posture / an empty window", ratio(&painted, &blank), "", Goal::AtMost(1.3))
            .made_of(format!(
                "{:.0} ms / {:.0} ms, median of {}; the last change after {:.0} ms",
                median(&painted),
                median(&blank),
                painted.len(),
                median(&of(ours, |s| s.still_ms))
            ))
            .over(&painted),
        Figure::of(ROW, "memory (PSS) / an empty window", ratio(&memory, &empty), "", Goal::AtMost(1.4))
            .made_of(format!(
                "{:.0} MiB / {:.0} MiB; {:.3} at rest, {:.0} MiB / {:.0} MiB",
                median(&memory),
                median(&empty),
                ratio(&[rest.pss_mib], &[empty_rest.pss_mib]),
                rest.pss_mib,
                empty_rest.pss_mib
            ))
            .over(&memory),
        Figure::of(ROW, "idle, visible", rest.percent, "%", Goal::AtMost(0.3)).made_of(format!(
            "over {} s; an empty window {:.2} %",
            IDLE.as_secs(),
            empty_rest.percent
        )),
    ]
}

/// Starts a program, waits until it has painted, looks at it, and ends it.
fn start(screen: &Screen, program: &Path, workspace: &Path, watch: bool) -> Outcome<Start> {
    let mut command = screen.program(program);
    command.env("FAIRLEAD_WORKSPACE", workspace);
    if program.ends_with("hello") {
        // As Fairlead sets it for itself.
        command.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    }
    let begun = Instant::now();
    let child = Ended(command.spawn()?);
    let painted = screen.painted_after(begun, STILL, PATIENCE)?;
    let processes = tree::below(child.0.id());
    let pss_mib = tree::pss_mib(&processes);
    let idle = watch.then(|| {
        std::thread::park_timeout(REST);
        let (before, from) = (tree::cpu(&processes), Instant::now());
        std::thread::park_timeout(IDLE);
        let spent = tree::spent(&before, &tree::cpu(&processes)).as_secs_f64();
        Idle { percent: spent / from.elapsed().as_secs_f64() * 100.0, pss_mib: tree::pss_mib(&processes) }
    });
    drop(child);
    end(&processes[1..])?;
    let millis = |span: Duration| span.as_secs_f64() * 1_000.0;
    Ok(Start { painted_ms: millis(painted.most), still_ms: millis(painted.all), pss_mib, idle })
}

/// Waits until what a window had started has ended by itself, and ends what has not.
fn end(processes: &[u32]) -> Outcome<()> {
    let begun = Instant::now();
    while tree::is_alive(processes) {
        std::thread::park_timeout(Duration::from_millis(20));
        if begun.elapsed() > Duration::from_secs(5) {
            let ids = processes.iter().map(u32::to_string);
            Command::new("kill").arg("-9").args(ids).status()?;
            break;
        }
    }
    std::thread::park_timeout(Duration::from_millis(200));
    Ok(())
}

/// The folder of the programs that lie beside this one.
#[must_use]
pub fn beside() -> Option<PathBuf> {
    std::env::current_exe().ok()?.parent().map(Path::to_path_buf)
}
