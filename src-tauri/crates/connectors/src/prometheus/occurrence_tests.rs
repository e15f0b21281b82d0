use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// Alerts with the ticks at which they fired, as a server would answer.
#[derive(Debug, Clone)]
struct Memory(Vec<Firing>);

#[async_trait]
impl History for Memory {
    async fn firing(&self, from: i64, to: i64, only: Option<&Labels>) -> Result<Vec<Firing>, Broken> {
        let cut = |f: &Firing| Firing {
            labels: f.labels.clone(),
            ticks: f.ticks.iter().copied().filter(|tick| (from..=to).contains(tick)).collect(),
        };
        let asked = self.0.iter().filter(|f| only.is_none_or(|labels| f.labels == *labels));
        Ok(asked.map(cut).filter(|f| !f.ticks.is_empty()).collect())
    }
}

impl Memory {
    /// What the server can know at an instant.
    fn until(&self, now: i64) -> Self {
        let past = |f: &Firing| Firing { ticks: f.ticks.iter().copied().filter(|t| *t <= now).collect(), ..f.clone() };
        Self(self.0.iter().map(past).collect())
    }
}

fn labels(name: &str) -> Labels {
    Labels::from([("alertname".into(), name.into()), ("severity".into(), "page".into())])
}

/// An alert that fires in these spans of ticks, both ends included.
fn firing(name: &str, spans: &[(i64, i64)]) -> Firing {
    let ticks = spans.iter().flat_map(|(from, to)| (*from..=*to).map(|tick| tick * STEP)).collect();
    Firing { labels: labels(name), ticks }
}

/// Rows as the store keeps them: by key, the last one told wins.
type Rows = BTreeMap<String, Alert>;

fn read_into(rows: &mut Rows, memory: &Memory, from: i64, to: i64, now: i64) {
    let known: Vec<Alert> = rows.values().filter(|alert| alert.end.is_none()).cloned().collect();
    let at = |tick: i64| Timestamp::from_secs(tick * STEP);
    let window = Window::new(at(from), at(to));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let found = runtime.block_on(read(&memory.until(now * STEP), window, &known, at(now))).unwrap();
    for alert in found {
        rows.insert(format!("{}@{:012}", alert.fingerprint, alert.start.as_secs()), alert);
    }
}

fn whole(memory: &Memory, now: i64) -> Rows {
    let mut rows = Rows::new();
    read_into(&mut rows, memory, 0, now, now);
    rows
}

#[test]
fn a_short_silence_is_no_end() {
    let rows = whole(&Memory(vec![firing("A", &[(10, 12), (14, 20), (23, 25)])]), 100);
    let spans: Vec<_> = rows.values().map(|a| (a.start.as_secs() / STEP, a.end.map(|e| e.as_secs() / STEP))).collect();
    assert_eq!(spans, [(10, Some(21)), (23, Some(26))]);
}

#[test]
fn what_fires_at_the_newest_tick_has_no_end() {
    let rows = whole(&Memory(vec![firing("A", &[(90, 100)])]), 100);
    let alert = rows.values().next().unwrap();
    assert_eq!((alert.end, alert.status), (None, AlertStatus::Firing));
    assert_eq!((alert.name.as_str(), alert.severity_raw.as_deref()), ("A", Some("page")));
}

#[test]
fn the_fingerprint_is_alertmanagers() {
    let labels = [
        ("alertname", "DiskFull"),
        ("instance", "h3.example:9100"),
        ("severity", "ticket"),
        ("sloth_service", "svc-003"),
    ];
    let labels: Labels = labels.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    assert_eq!(fingerprint(&labels), "31b236e990051793");
}

#[test]
fn an_alert_that_ended_while_nobody_looked_gets_its_end() {
    let memory = Memory(vec![firing("A", &[(10, 50)])]);
    let mut rows = Rows::new();
    read_into(&mut rows, &memory, 0, 40, 40);
    assert_eq!(rows.values().next().unwrap().end, None);
    read_into(&mut rows, &memory, 500, 600, 600);
    let ends: Vec<_> = rows.values().map(|a| a.end.map(|e| e.as_secs() / STEP)).collect();
    assert_eq!(ends, [Some(51)]);
}

#[test]
fn an_alert_older_than_the_first_window_is_traced_to_its_start() {
    let memory = Memory(vec![firing("A", &[(10, 30_000)])]);
    let mut rows = Rows::new();
    read_into(&mut rows, &memory, 29_940, 30_000, 30_000);
    assert_eq!(rows.values().next().unwrap().start.as_secs(), 10 * STEP);
}

prop_compose! {
    fn any_firing(name: &'static str)(spans in prop::collection::vec((0_i64..1_800, 0_i64..400), 0..6)) -> Firing {
        let mut ticks: Vec<i64> = spans.iter().flat_map(|(from, length)| (*from..=from + length).map(|t| t * STEP)).collect();
        ticks.sort_unstable();
        ticks.dedup();
        Firing { labels: labels(name), ticks }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn chunks_newest_first_are_one_window(a in any_firing("A"), b in any_firing("B"), chunk in 30_i64..900) {
        let memory = Memory(vec![a, b]);
        let now = 2_000;
        let mut rows = Rows::new();
        let mut end = now;
        while end > 0 {
            let start = (end - chunk).max(0);
            read_into(&mut rows, &memory, start, end, now);
            end = start;
        }
        prop_assert_eq!(rows, whole(&memory, now));
    }

    #[test]
    fn increments_are_one_window(a in any_firing("A"), b in any_firing("B"), steps in prop::collection::vec(1_i64..500, 1..12)) {
        let memory = Memory(vec![a, b]);
        let mut rows = Rows::new();
        let mut covered = 0;
        for step in steps {
            let now = covered + step;
            read_into(&mut rows, &memory, (covered - 60).max(0), now, now);
            covered = now;
        }
        prop_assert_eq!(rows, whole(&memory.until(covered * STEP), covered));
    }
}
