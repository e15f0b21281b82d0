//! A process with all that it has started: memory and processor time.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// Ids of a process and of everything below it.
pub(super) fn below(root: u32) -> Vec<u32> {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        if let Some(parent) = parent(&entry.path()) {
            children.entry(parent).or_default().push(id);
        }
    }
    let mut found = vec![root];
    let mut next = 0;
    while let Some(id) = found.get(next).copied() {
        found.extend(children.get(&id).into_iter().flatten());
        next += 1;
    }
    found
}

/// Field 4 of proc(5) `stat`; the name before it may hold blanks and brackets.
fn parent(process: &Path) -> Option<u32> {
    let line = std::fs::read_to_string(process.join("stat")).ok()?;
    line.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

/// Memory of these processes in MiB; what they share is counted once (PSS).
pub(super) fn pss_mib(processes: &[u32]) -> f64 {
    let kib = processes.iter().filter_map(|id| {
        let text = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
        let line = text.lines().find(|line| line.starts_with("Pss:"))?;
        line.split_whitespace().nth(1)?.parse::<f64>().ok()
    });
    kib.sum::<f64>() / 1_024.0
}

/// Processor time so far of each thread of these processes.
pub(super) fn cpu(processes: &[u32]) -> BTreeMap<String, Duration> {
    let threads = processes.iter().flat_map(|id| {
        let tasks = std::fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
        tasks.filter_map(|task| {
            let line = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
            let nanos = line.split_whitespace().next()?.parse().ok()?;
            Some((task.path().to_string_lossy().into_owned(), Duration::from_nanos(nanos)))
        })
    });
    threads.collect()
}

/// Processor time between two looks. A thread that ended meanwhile takes what it used with it, so each is compared with itself.
pub(super) fn spent(before: &BTreeMap<String, Duration>, after: &BTreeMap<String, Duration>) -> Duration {
    let used =
        |(thread, now): (&String, &Duration)| now.saturating_sub(before.get(thread).copied().unwrap_or_default());
    after.iter().map(used).sum()
}

/// Whether any of these processes still runs.
pub(super) fn is_alive(processes: &[u32]) -> bool {
    processes.iter().any(|id| Path::new(&format!("/proc/{id}/exe")).read_link().is_ok())
}
