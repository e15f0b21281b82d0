//! The Sources page as of an instant.

use fairlead_connectors::{Mode, Stream};
use fairlead_domain::run::RunState;
use fairlead_domain::{Timestamp, Window};
use fairlead_store::StoreError;
use fairlead_store::synced::{Reader, SourceId};
use serde_json::Value;

use super::Span;
use super::answer::{
    ArchivedSource, Blocked, SourceCondition, SourceOverview, SourcesPage, StreamOverview, StreamReach, Trouble,
};
use super::words;
use crate::EngineError;
use crate::views::freshness::{Freshness, SourceRuns, StreamRuns};
use crate::views::posture::{hides_at_once, resting_on};
use crate::workspace::Workspace;

/// Days that the ribbons show.
const RIBBON_DAYS: i64 = 120;

/// Every source as of an instant, with what follows from what cannot be read.
///
/// # Errors
/// What the database says.
pub async fn sources_page(workspace: &Workspace, as_of: Timestamp) -> Result<SourcesPage, EngineError> {
    let plan = workspace.plan();
    let zone = workspace.config.workspace.timezone;
    let configured: Vec<Configured> = workspace
        .config
        .sources
        .iter()
        .map(|source| Configured {
            name: source.name.clone(),
            kind: source.kind.clone(),
            title: workspace.kinds.iter().find(|kind| kind.name == source.kind).map_or("", |kind| kind.title),
            place: place(&source.settings),
        })
        .collect();
    let mut warnings = workspace.config.remarks();
    let from = as_of.plus_days(-RIBBON_DAYS);
    let answer = workspace.synced.read(move |reader| {
        let freshness = Freshness::read(reader, &plan, as_of)?;
        warnings.extend(freshness.warnings());
        let page = Page { reader, as_of, zone, ribbon: Window::new(from, as_of) };
        let mut sources = Vec::new();
        for (name, runs) in &freshness.sources {
            let Some(about) = configured.iter().find(|source| &source.name == name) else { continue };
            sources.push(page.source(about, runs)?);
        }
        let archived = reader.sources()?.into_iter().filter(|row| configured.iter().all(|s| s.name != row.name));
        let archived = archived.filter(|row| row.created_at <= as_of);
        let archived =
            archived.map(|row| ArchivedSource { name: row.name, kind: row.kind, archived_at: row.archived_at });
        let answers =
            |source: &&SourceOverview| !matches!(source.condition, SourceCondition::Failed | SourceCondition::Unread);
        let answering = sources.iter().filter(answers).count();
        Ok(SourcesPage {
            as_of,
            warnings,
            headline: words::headline(answering, &sources),
            answering: small(answering),
            from,
            archived: archived.collect(),
            sources,
        })
    });
    Ok(answer.await?)
}

/// What the configuration says of a source.
struct Configured {
    name: String,
    kind: String,
    title: &'static str,
    place: Option<String>,
}

/// Where a source is: the scheme and host of a plain address, else how its address is kept. A path may grant access.
fn place(settings: &Value) -> Option<String> {
    match settings.get("url").or_else(|| settings.get("file"))? {
        Value::String(text) => Some(match text.split_once("://") {
            Some((scheme, rest)) => {
                format!("{scheme}://{}", rest.split(['/', '?', '#']).next().unwrap_or_default())
            }
            None => text.clone(),
        }),
        Value::Object(reference) => match reference.iter().next()? {
            (way, Value::String(name)) if way == "env" => Some(format!("address in {name}")),
            (way, _) if way == "keychain" => Some("address in the keychain".to_owned()),
            (way, _) if way == "command" => Some("address from a command".to_owned()),
            _ => Some("address in a file".to_owned()),
        },
        _ => None,
    }
}

struct Page<'r, 'c> {
    reader: &'r Reader<'c>,
    as_of: Timestamp,
    zone: chrono_tz::Tz,
    ribbon: Window,
}

impl Page<'_, '_> {
    fn source(&self, about: &Configured, runs: &SourceRuns) -> Result<SourceOverview, StoreError> {
        let condition = condition(runs, self.as_of);
        let mut streams = Vec::new();
        for stream in &runs.planned {
            streams.push(self.stream(runs, stream)?);
        }
        Ok(SourceOverview {
            name: about.name.clone(),
            kind: about.kind.clone(),
            kind_title: about.title.to_owned(),
            place: about.place.clone(),
            condition,
            last_ok_at: runs.last_ok_at(),
            every_secs: runs.planned.iter().map(|stream| stream.interval_secs).min(),
            trouble: self.trouble(runs, condition)?,
            streams,
        })
    }

    fn stream(&self, runs: &SourceRuns, stream: &Stream) -> Result<StreamOverview, StoreError> {
        let last = runs.streams.get(stream.name);
        let reach = reach(stream);
        let spans = match (runs.id, reach) {
            (Some(id), StreamReach::Past) => self.reader.coverage(id, stream.name)?,
            (Some(id), StreamReach::Present) => self.sampled(id, stream, last)?,
            _ => Vec::new(),
        };
        let known: Vec<Window> =
            spans.iter().map(|span| span.intersect(self.ribbon)).filter(|span| !span.is_empty()).collect();
        let first_at = spans.iter().map(|span| span.start).min().filter(|first| *first <= self.as_of);
        let (share, holes) = completeness(&known, first_at, self.ribbon, self.slack(stream));
        Ok(StreamOverview {
            name: stream.name.to_owned(),
            state: last.map_or(RunState::Skipped, |last| last.state),
            last_ok_at: last.and_then(|last| last.last_ok_at),
            interval_secs: stream.interval_secs,
            reach,
            covered: known.iter().map(|span| Span { from: span.start, to: span.end }).collect(),
            first_at,
            share,
            holes,
            error: last.and_then(|last| last.error.clone()),
        })
    }

    /// When a stream that shows only its present was seen; up to now while it is fresh.
    fn sampled(&self, id: SourceId, stream: &Stream, last: Option<&StreamRuns>) -> Result<Vec<Window>, StoreError> {
        let mut spans = self.reader.sampled((id, stream.name), self.ribbon)?;
        let fresh = last.is_some_and(|last| !last.is_stale(self.as_of));
        if let Some(newest) = spans.last_mut().filter(|_| fresh) {
            newest.end = self.as_of;
        }
        Ok(spans)
    }

    /// What is not read yet because it is not due: no hole.
    fn slack(&self, stream: &Stream) -> i64 {
        2_000 * i64::from(stream.interval_secs)
    }

    fn trouble(&self, runs: &SourceRuns, condition: SourceCondition) -> Result<Option<Trouble>, StoreError> {
        let failing = runs.streams.iter().find(|(_, stream)| stream.error.is_some());
        let (code, message) = match (condition, failing) {
            (SourceCondition::Fresh, _) => return Ok(None),
            (SourceCondition::Unread, _) => ("not_read".to_owned(), "It was not read yet".to_owned()),
            (SourceCondition::Late, _) => ("late".to_owned(), "It was not read for two intervals".to_owned()),
            (_, Some((_, StreamRuns { error: Some(error), .. }))) => (error.code.clone(), error.message.clone()),
            _ if runs.unread().next().is_some() => {
                ("not_read".to_owned(), format!("Not read yet: {}", runs.unread_words()))
            }
            _ => ("partial".to_owned(), "Not all of it could be read".to_owned()),
        };
        let since = failing.map_or_else(|| runs.last_ok_at(), |(_, stream)| stream.last_ok_at);
        let failed_in_a_row = match (runs.id, failing) {
            (Some(id), Some((name, _))) => {
                self.reader.failed_runs((id, name), since.unwrap_or(Timestamp::EARLIEST), self.as_of)?
            }
            _ => 0,
        };
        let mut blocked = if runs.is_stale(self.as_of) { resting_on(runs, self.as_of) } else { Vec::new() };
        let unread = words::of_streams(runs.unread()).into_iter();
        blocked.extend(unread.filter(|kind| !blocked.contains(kind)).collect::<Vec<_>>());
        Ok(Some(Trouble {
            next_step: words::next_step(&code).to_owned(),
            code,
            message,
            stream: failing.map(|(name, _)| name.clone()),
            since,
            failed_in_a_row,
            blocks_all_clear: blocked.iter().any(|kind| hides_at_once(kind)),
            blocks: blocked
                .into_iter()
                .map(|kind| Blocked { kind: kind.to_owned(), words: words::of_kind(kind).to_owned() })
                .collect(),
            kept: words::kept(runs, self.as_of, self.zone),
        }))
    }
}

fn condition(runs: &SourceRuns, as_of: Timestamp) -> SourceCondition {
    match runs.state() {
        RunState::Skipped => SourceCondition::Unread,
        RunState::Failed => SourceCondition::Failed,
        RunState::Partial => SourceCondition::Partial,
        RunState::Ok if runs.is_stale(as_of) => SourceCondition::Late,
        RunState::Ok => SourceCondition::Fresh,
    }
}

const fn reach(stream: &Stream) -> StreamReach {
    match stream.mode {
        Mode::Snapshot => StreamReach::Listing,
        Mode::Observed => StreamReach::Present,
        _ => StreamReach::Past,
    }
}

/// Share of the ribbon from the first read on that is known, and the holes in it. What is newer than `slack` is not due.
fn completeness(known: &[Window], first: Option<Timestamp>, ribbon: Window, slack: i64) -> (Option<String>, u32) {
    let Some(first) = first else { return (None, 0) };
    let whole = Window::new(first.max(ribbon.start), ribbon.end);
    if whole.is_empty() {
        return (None, 0);
    }
    let mut holes = 0;
    let mut missing = 0;
    let mut at = whole.start;
    let ends = known.iter().map(|span| (span.start, span.end)).chain([(whole.end, whole.end)]);
    for (start, end) in ends {
        let hole = start.since(at);
        if hole > 0 && !(start == whole.end && hole <= slack) {
            holes += 1;
            missing += hole;
        }
        at = at.max(end);
    }
    #[expect(clippy::cast_precision_loss, reason = "spans of days are far below 2^53 ms")]
    let ratio = 1.0 - missing as f64 / whole.millis() as f64;
    (Some(share(ratio)), holes)
}

/// A share in percent with one digit, rounded down: what is not whole is not told as whole.
fn share(ratio: f64) -> String {
    if ratio >= 1.0 { "100\u{a0}%".to_owned() } else { format!("{:.1}\u{a0}%", (ratio * 1_000.0).floor() / 10.0) }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn span(from: i64, to: i64) -> Window {
        Window::new(Timestamp::from_secs(from), Timestamp::from_secs(to))
    }

    #[rstest]
    #[case::never_read(&[], None, (None, 0))]
    #[case::whole(&[(0, 1_000)], Some(0), (Some("100\u{a0}%"), 0))]
    #[case::not_due_yet(&[(0, 995)], Some(0), (Some("100\u{a0}%"), 0))]
    #[case::from_its_first_read_on(&[(500, 1_000)], Some(500), (Some("100\u{a0}%"), 0))]
    #[case::a_hole(&[(0, 400), (500, 1_000)], Some(0), (Some("90.0\u{a0}%"), 1))]
    #[case::a_hole_that_lasts(&[(0, 400), (500, 900)], Some(0), (Some("80.0\u{a0}%"), 2))]
    #[case::a_small_hole_is_not_the_whole(&[(0, 499), (500, 1_000)], Some(-9_000_000), (Some("99.9\u{a0}%"), 1))]
    fn what_is_known_is_a_share_from_the_first_read_on(
        #[case] known: &[(i64, i64)],
        #[case] first: Option<i64>,
        #[case] due: (Option<&str>, u32),
    ) {
        let known: Vec<Window> = known.iter().map(|(from, to)| span(*from, *to)).collect();
        let (share, holes) = completeness(&known, first.map(Timestamp::from_secs), span(0, 1_000), 10_000);
        assert_eq!((share.as_deref(), holes), due);
    }

    #[rstest]
    #[case(json!({ "url": "https://prom.example/api/secret-path?token=x" }), Some("https://prom.example"))]
    #[case(json!({ "url": { "env": "ROTA_ICS" } }), Some("address in ROTA_ICS"))]
    #[case(json!({ "url": { "command": "pass show secret" } }), Some("address from a command"))]
    #[case(json!({ "file": "rota.ics" }), Some("rota.ics"))]
    #[case(json!({}), None)]
    fn a_place_grants_nothing(#[case] settings: Value, #[case] due: Option<&str>) {
        assert_eq!(place(&settings).as_deref(), due);
    }
}
