//! The connector: its streams and what each reads.

use std::path::PathBuf;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use fairlead_domain::record::ReplaceSet;
use fairlead_domain::slo::{CalendarUnit, Slo, SloOrigin, SloWindow};
use fairlead_domain::terms::{Terms, TermsBy};
use fairlead_domain::time::DAY_MS;
use fairlead_domain::{Clock, Item, Record, RecordKind, Timestamp, Window};
use tokio::sync::OnceCell;

use super::api::{Api, Asked, Retention};
use super::catalogue::{self, Discover, Listing, Memory};
use super::definition::Definition;
use super::hours::Hours;
use super::occurrence::Broken;
use super::progress::Progress;
use super::ratio::{Hourly, Shortest};
use super::{counts, files, occurrence, openslo, ratio};
use crate::http::Http;
use crate::{Backfill, Batch, Check, Connector, ConnectorError, Mode, Note, Request, Stream};

const HOUR_SECS: u32 = 3600;

/// Days of the past that are asked for at once.
const CHUNK_DAYS: i64 = 7;

/// A stretch of the past without any row, so often in a row, ends the walk where the retention is not told.
const EMPTY_CHUNKS: u32 = 3;

/// A configured server.
pub(super) struct Prometheus {
    pub api: Api,
    pub discover: Discover,
    pub folder: PathBuf,
    pub openslo: Vec<String>,
    pub plain: Vec<Definition>,
    pub clock: Arc<dyn Clock>,
    pub shortest: Mutex<Option<Shortest>>,
    pub retention: OnceCell<Retention>,
    pub empty: EmptyChunks,
}

/// Chunks of the past without any row, by stream.
#[derive(Debug, Default)]
pub(super) struct EmptyChunks {
    ratio: AtomicU32,
    counts: AtomicU32,
    alerts: AtomicU32,
}

/// The streams of every server, in dependency order.
pub(super) fn streams() -> Vec<Stream> {
    let hours = Some(Backfill { chunk_days: 7, slo_depth: true });
    let created = |name, interval_secs, overlap_secs, kinds, backfill| Stream {
        name,
        mode: Mode::Created { overlap_secs },
        kinds,
        interval_secs,
        backfill,
    };
    let slos = Stream {
        name: "slos",
        mode: Mode::Snapshot,
        kinds: &[RecordKind::Slo, RecordKind::SloUpstream, RecordKind::Terms],
        interval_secs: 300,
        backfill: None,
    };
    let alerts = Some(Backfill { chunk_days: 7, slo_depth: false });
    vec![
        slos,
        created("sli_ratio", 300, 3 * HOUR_SECS, &[RecordKind::SliHour], hours),
        created("sli_counts", 300, 3 * HOUR_SECS, &[RecordKind::SliHour], hours),
        created("alerts", 300, HOUR_SECS, &[RecordKind::Alert], alerts),
    ]
}

#[async_trait]
impl Connector for Prometheus {
    fn streams(&self) -> Vec<Stream> {
        streams()
    }

    async fn check(&self) -> Result<Vec<Check>, ConnectorError> {
        super::check::check(self).await
    }

    async fn fetch(&self, request: Request<'_>) -> Result<Batch, ConnectorError> {
        match request.stream {
            "slos" => self.slos(request).await,
            "sli_ratio" => self.sli_ratio(request).await,
            "sli_counts" => self.sli_counts(request).await,
            "alerts" => self.alerts(request).await,
            // The engine asks only for declared streams.
            _ => Ok(Batch::default()),
        }
    }

    fn http(&self) -> Option<&Http> {
        Some(self.api.http())
    }
}

impl Prometheus {
    /// The instant to evaluate at: now, but never in the server's future when the local clock is ahead.
    pub fn present(&self, now: Timestamp) -> Timestamp {
        now.plus_millis(self.clock_skew_millis().unwrap_or(0).min(0))
    }

    /// Lists what is recorded, and what files and settings define.
    pub async fn listing(&self, known: &[Slo], memory: Memory, at: Timestamp) -> Result<Listing, ConnectorError> {
        let mut listing = catalogue::list(&self.api, self.discover, known, memory, at).await?;
        if listing.warning.is_none() {
            *self.shortest.lock().unwrap_or_else(PoisonError::into_inner) = Some(listing.shortest.clone());
        }
        let read = files::read(&self.folder, &self.openslo);
        let documents = openslo::read(&read.texts);
        listing.faults.extend(read.faults.into_iter().chain(documents.faults));
        for definition in documents.definitions.iter().chain(&self.plain) {
            listing.slos.push(definition.member(std::collections::BTreeMap::new()));
        }
        let mut seen = std::collections::BTreeSet::new();
        let mut twice = Vec::new();
        listing.slos.retain(|slo| {
            seen.insert(slo.ext_id.clone()) || {
                twice.push(slo.ext_id.clone());
                false
            }
        });
        let said = |id: String| format!("the SLO {id} is defined twice, the first definition counts");
        listing.faults.extend(twice.into_iter().map(said));
        Ok(listing)
    }

    async fn slos(&self, request: Request<'_>) -> Result<Batch, ConnectorError> {
        let at = self.present(request.now);
        let memory = request.known.state.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let memory: Memory = memory.unwrap_or_default();
        let asked_at = memory.terms_at;
        let mut listing = self.listing(&request.known.slos, memory, at).await?;
        let terms = self.terms(asked_at, at).await;
        listing.memory.terms_at = if terms.is_some() { at.as_secs() } else { asked_at };
        let mut notes: Vec<Note> = listing.faults.iter().map(|fault| note("slo_unreadable", fault.clone())).collect();
        let sloths = listing.slos.iter().any(|slo| slo.origin == SloOrigin::Sloth);
        if !listing.rules_told && sloths {
            notes.push(note(
                "counts_unavailable",
                "the rules cannot be read, so events cannot be counted: the mean of Sloth's ratios is used (ratio_mean). \
                 Allow reading /api/v1/rules for true counts"
                    .into(),
            ));
        }
        let state = serde_json::to_string(&listing.memory).ok();
        if let Some(warning) = listing.warning {
            notes.push(incomplete(&warning));
            let items = terms.into_iter().map(Item::from).collect();
            return Ok(Batch { items, notes, state, ..Batch::default() });
        }
        let complete = vec![ReplaceSet {
            kind: RecordKind::Slo,
            parent: String::new(),
            window: Window::new(Timestamp::EARLIEST, Timestamp::LATEST),
        }];
        let slos = listing.slos.into_iter().map(Item::from);
        let upstream = listing.upstream.into_iter().map(Item::from);
        let items = slos.chain(upstream).chain(terms.map(Item::from)).collect();
        Ok(Batch { items, complete, notes, state, ..Batch::default() })
    }

    /// What the server says of its memory, once a day; `None` when it need not be asked, or could not be.
    async fn terms(&self, asked_at: i64, at: Timestamp) -> Option<Terms> {
        if (0..DAY_MS).contains(&at.since(Timestamp::from_secs(asked_at))) {
            return None;
        }
        let retention = match self.retention.get_or_try_init(|| self.api.retention()).await {
            Ok(Retention::Unread) | Err(_) => return None,
            Ok(told) => told.kept(),
        };
        let retention_secs = retention.map(|kept| u32::try_from(kept.as_secs()).unwrap_or(u32::MAX));
        Some(Terms { stated_by: TermsBy::Upstream, retention_secs, key_expires_at: None })
    }

    async fn sli_ratio(&self, request: Request<'_>) -> Result<Batch, ConnectorError> {
        let slos: Vec<Slo> = request.known.slos.iter().filter(|s| s.origin == SloOrigin::Sloth).cloned().collect();
        let Some(hours) = self.hours(&request, !slos.is_empty()) else { return Ok(nothing_read(&request)) };
        let shortest = self.shortest(&request).await?;
        let found = ratio::read(&self.api, &slos, &shortest, hours.grid()).await?;
        self.hourly(&request, hours, found, &self.empty.ratio).await
    }

    async fn sli_counts(&self, request: Request<'_>) -> Result<Batch, ConnectorError> {
        let slos: Vec<Slo> = request.known.slos.iter().filter(|slo| counts::is_counted(slo)).cloned().collect();
        let Some(hours) = self.hours(&request, !slos.is_empty()) else { return Ok(nothing_read(&request)) };
        let wanted = Progress::of(&slos, hours);
        let before = request.known.state.as_deref().and_then(|text| serde_json::from_str::<Progress>(text).ok());
        let increment = request.window.end > Timestamp::from_secs(hours.end());
        if increment && before.as_ref().is_some_and(|before| before.holds(&wanted)) {
            let covered = Some(hours.covered(request.window));
            return Ok(Batch { covered, state: request.known.state.clone(), ..Batch::default() });
        }
        let mut found = counts::read(&self.api, &slos, hours.grid()).await?;
        if found.warning.is_some() {
            let batch = self.hourly(&request, hours, found, &self.empty.counts).await?;
            return Ok(Batch { state: request.known.state.clone(), ..batch });
        }
        let fresh = before.as_ref().filter(|_| increment).map(|before| before.unseen(&slos)).unwrap_or_default();
        let late = self.catch_up(&mut found, &fresh, hours, request.now).await;
        let batch = self.hourly(&request, hours, found, &self.empty.counts).await?;
        let state = serde_json::to_string(&wanted.joined(before).without(&late)).ok();
        Ok(Batch { state, ..batch })
    }

    /// Reads the past of SLOs that were defined after the backfill, as deep as their windows. Returns those whose past
    /// could not be read; they are tried again with the next hour.
    async fn catch_up(&self, found: &mut Hourly, fresh: &[Slo], hours: Hours, now: Timestamp) -> Vec<String> {
        let Some(depth) = fresh.iter().map(depth_days).max() else { return Vec::new() };
        let mut end = Timestamp::from_secs(hours.first());
        let begin = end.plus_days(-depth);
        while end > begin {
            let start = end.plus_days(-CHUNK_DAYS).max(begin);
            let chunk = Hours::of(Window::new(start, end), self.present(now));
            match counts::read(&self.api, fresh, chunk.grid()).await {
                Ok(Hourly { hours, warning: None, .. }) if hours.is_empty() => break,
                Ok(Hourly { hours, warning: None, .. }) => found.hours.extend(hours),
                _ => {
                    let names: Vec<String> = fresh.iter().map(|slo| slo.ext_id.clone()).collect();
                    found.faults.push(format!(
                        "the past of {} could not be read, it is tried again next hour",
                        names.join(", ")
                    ));
                    return names;
                }
            }
            end = start;
        }
        Vec::new()
    }

    /// The complete hours to read; `None` when there is none, or nothing to read them for.
    fn hours(&self, request: &Request<'_>, wanted: bool) -> Option<Hours> {
        Some(Hours::of(request.window, self.present(request.now))).filter(|hours| wanted && !hours.is_empty())
    }

    /// Windows of Sloth's ratios, as the last listing saw them, else by a listing of its own.
    async fn shortest(&self, request: &Request<'_>) -> Result<Shortest, ConnectorError> {
        let seen = self.shortest.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(shortest) = seen {
            return Ok(shortest);
        }
        let at = self.present(request.now).as_secs();
        match self.api.instant(super::sloth::INVENTORY, at).await? {
            Asked::Answered { rows, .. } => {
                let (seen, _) = super::sloth::read_inventory(&rows, &std::collections::BTreeMap::new());
                let shortest: Shortest =
                    seen.into_iter().filter_map(|slo| slo.shortest.map(|window| (slo.definition.id, window))).collect();
                *self.shortest.lock().unwrap_or_else(PoisonError::into_inner) = Some(shortest.clone());
                Ok(shortest)
            }
            Asked::Refused(refusal) => Err(self.api.failed(refusal)),
        }
    }

    async fn hourly(
        &self,
        request: &Request<'_>,
        hours: Hours,
        found: Hourly,
        empty: &AtomicU32,
    ) -> Result<Batch, ConnectorError> {
        let mut notes: Vec<Note> = found.faults.into_iter().map(|fault| note("slo_not_counted", fault)).collect();
        if let Some(warning) = found.warning {
            notes.push(incomplete(&warning));
            return Ok(Batch { notes, ..Batch::default() });
        }
        let items: Vec<Item> = found.hours.into_iter().map(Item::from).collect();
        let horizon = self.horizon(request, items.is_empty(), empty).await?;
        let covered = Some(horizon.cut(hours.covered(request.window)));
        Ok(Batch { items, covered, exhausted: horizon.exhausted, notes, ..Batch::default() })
    }

    /// Where the server's memory ends: by its retention, else by stretches without any row.
    async fn horizon(
        &self,
        request: &Request<'_>,
        nothing: bool,
        empty: &AtomicU32,
    ) -> Result<Horizon, ConnectorError> {
        let present = self.present(request.now);
        if request.window.end > present.plus_hours(-12) {
            return Ok(Horizon { begin: Timestamp::EARLIEST, exhausted: false });
        }
        let in_a_row = if nothing { empty.fetch_add(1, Ordering::SeqCst) + 1 } else { 0 };
        empty.store(in_a_row, Ordering::SeqCst);
        let told = self.retention.get_or_try_init(|| self.api.retention()).await?;
        let Some(kept) = told.kept() else {
            return Ok(Horizon { begin: Timestamp::EARLIEST, exhausted: in_a_row >= EMPTY_CHUNKS });
        };
        let millis = i64::try_from(kept.as_millis()).unwrap_or(i64::MAX);
        let begin = present.plus_millis(millis.saturating_neg());
        Ok(Horizon { begin, exhausted: request.window.start <= begin })
    }

    async fn alerts(&self, request: Request<'_>) -> Result<Batch, ConnectorError> {
        let present = self.present(request.now);
        let found = match occurrence::read(&self.api, request.window, &request.known.firing_alerts, present).await {
            Ok(found) => found,
            Err(Broken::Incomplete(warning)) => {
                return Ok(Batch { notes: vec![incomplete(&warning)], ..Batch::default() });
            }
            Err(Broken::Failed(error)) => return Err(error),
        };
        let items: Vec<Item> = found.into_iter().map(|alert| Item::from(Record::from(alert))).collect();
        let end = request.window.end.min(present);
        let horizon = self.horizon(&request, items.is_empty(), &self.empty.alerts).await?;
        let covered = Some(horizon.cut(Window::new(request.window.start, end.max(request.window.start))));
        Ok(Batch { items, covered, exhausted: horizon.exhausted, ..Batch::default() })
    }
}

/// Where the server's memory ends.
#[derive(Debug, Clone, Copy)]
struct Horizon {
    /// The earliest instant that it keeps, as far as it says so.
    begin: Timestamp,
    /// Whether reading further back is pointless.
    exhausted: bool,
}

impl Horizon {
    /// What of a window lies within.
    fn cut(self, window: Window) -> Window {
        Window::new(window.start.max(self.begin).min(window.end), window.end)
    }
}

/// Days that an SLO's window needs, and one more; calendar periods at their longest.
fn depth_days(slo: &Slo) -> i64 {
    let days = match &slo.window {
        SloWindow::Rolling { days } => days.ceil(),
        SloWindow::Calendar { unit, count, .. } => {
            let longest = match unit {
                CalendarUnit::Day => 1.0,
                CalendarUnit::Week => 7.0,
                CalendarUnit::Month => 31.0,
                CalendarUnit::Quarter => 92.0,
                CalendarUnit::Year => 366.0,
            };
            longest * f64::from(*count)
        }
    };
    #[expect(clippy::cast_possible_truncation, reason = "bounded just here")]
    let whole = days.clamp(0.0, 400.0) as i64;
    whole + 1
}

/// Nothing was asked for, so nothing is covered.
fn nothing_read(request: &Request<'_>) -> Batch {
    let covered = Some(Window::new(request.window.start, request.window.start));
    Batch { covered, state: request.known.state.clone(), ..Batch::default() }
}

const fn note(code: &'static str, message: String) -> Note {
    Note { code, message, incomplete: false }
}

fn incomplete(warning: &str) -> Note {
    let message = format!("the server says that its answer is not whole: {warning}. It is asked again next time");
    Note { code: "answer_incomplete", message, incomplete: true }
}
