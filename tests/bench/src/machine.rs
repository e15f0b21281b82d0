//! The machine on which a run was made.

use serde::Serialize;

/// What a figure must be read with.
#[derive(Debug, Clone, Serialize)]
pub struct Machine {
    /// Model of its processor.
    pub processor: String,
    /// Processors.
    pub processors: usize,
    /// Memory in GiB.
    pub memory_gib: f64,
    /// Processes that wanted a processor over the last 1, 5 and 15 minutes.
    pub load: String,
    /// System.
    pub system: String,
}

impl Machine {
    /// As it stands; what it does not tell is empty.
    #[must_use]
    pub fn now() -> Self {
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let field = |text: &str, name: &str| {
            let line = text.lines().find(|line| line.starts_with(name))?;
            Some(line.split_once(':')?.1.trim().to_owned())
        };
        let memory = field(&read("/proc/meminfo"), "MemTotal");
        let kib: f64 = memory.and_then(|text| text.split_whitespace().next()?.parse().ok()).unwrap_or(0.0);
        Self {
            processor: field(&read("/proc/cpuinfo"), "model name").unwrap_or_default(),
            processors: std::thread::available_parallelism().map_or(0, usize::from),
            memory_gib: kib / 1_048_576.0,
            load: read("/proc/loadavg").split_whitespace().take(3).collect::<Vec<_>>().join(" "),
            system: read("/proc/sys/kernel/osrelease").trim().to_owned(),
        }
    }

    /// In one line.
    #[must_use]
    pub fn words(&self) -> String {
        let Self { processor, processors, memory_gib, load, system } = self;
        format!("{processors} x {processor}, {memory_gib:.0} GiB, Linux {system}, load {load}")
    }
}
