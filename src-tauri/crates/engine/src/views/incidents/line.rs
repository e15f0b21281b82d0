//! The rows of the page: what stands in one line of the table.

use std::collections::HashMap;

use fairlead_domain::Timestamp;
use fairlead_domain::incident::IncidentStatus;
use fairlead_store::StoreError;
use fairlead_store::synced::{IncidentFilter, IncidentOutline, IncidentRow, Reader, ResponderRow};
use serde::Serialize;
use specta::Type;

use super::durations::secs;
use super::filters::IncidentFilters;
use super::sieve::Sieve;
use crate::EngineError;
use crate::config::Config;
use crate::lookup;
use crate::mapping::Mapping;
use crate::views::hidden::{Hidden, hidden_by};
use crate::workspace::Workspace;

/// Most rows of one answer; the window shows fewer at once.
pub const MOST_LINES: usize = 500;
/// Characters of a title that a line shows. Upstreams have sent a megabyte.
pub(in crate::views) const TITLE: usize = 240;
/// Names of responders that a line shows.
const NAMES: usize = 4;
/// Rows that the first answer looks through before it leaves the rest to the index.
const LOOKED_THROUGH: u32 = 1_000;

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct IncidentLine {
    /// The row, as [`super::IncidentIndex::rows`] names it.
    pub row: String,
    /// `source/external_id`.
    pub id: String,
    /// The number people say.
    pub number: Option<String>,
    /// Title, cut where it is long.
    pub title: String,
    /// The title goes on.
    pub title_cut: bool,
    /// Where it stood at the instant: `open`, `acked`, `mitigated`, `resolved`, `closed`, `cancelled`, `merged`.
    pub status: String,
    /// 1 (worst) to 5.
    pub severity: Option<u8>,
    /// The source's word, where it means none of ours.
    pub severity_said: Option<String>,
    /// Our service, else the source's name for it.
    pub service: Option<String>,
    /// 1 (most important) to 4.
    pub tier: Option<u8>,
    /// `paged`, `declared` or `status_page`.
    pub kind: String,
    /// The source.
    pub source: String,
    /// When it was made.
    #[specta(type = String)]
    pub created_at: Timestamp,
    /// Seconds to the first acknowledgement; null: none, or the source does not tell.
    pub acked_after_secs: Option<i32>,
    /// Seconds to its end, or so far; null: it ended and the source does not tell when.
    pub lasted_secs: Option<i32>,
    /// It is not over.
    pub running: bool,
    /// Names of those who took part; at most four.
    pub responders: Vec<String>,
    /// How many more took part.
    pub more_responders: u32,
    /// `test` or `dropped`: why it is left out unless it is asked for.
    pub hidden: Option<String>,
}

/// The first lines, before everything was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct IncidentFirst {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// Newest first.
    pub lines: Vec<IncidentLine>,
    /// Nothing was looked for beyond these lines: there may be more.
    pub more: bool,
}

/// The first lines that meet `filters`, newest first. Looks through a bounded number of rows, so that it answers at once
/// however long the history is.
///
/// # Errors
/// [`EngineError::Usage`] for filters that mean nothing, and what the databases say.
pub async fn incident_first(
    workspace: &Workspace,
    as_of: Timestamp,
    filters: IncidentFilters,
    lines: usize,
) -> Result<IncidentFirst, EngineError> {
    let asked = filters.outline(as_of, false)?;
    let statuses = filters.statuses.iter().filter_map(|word| IncidentStatus::from_word(word)).collect();
    let mut page = IncidentFilter {
        since: asked.since,
        until: asked.until,
        text: asked.text,
        statuses,
        limit: u32::try_from(lines.clamp(1, MOST_LINES)).unwrap_or(1) * 2,
        ..IncidentFilter::at(as_of)
    };
    let wanted = lines.clamp(1, MOST_LINES);
    let Mapping { config, .. } = Mapping::at(workspace, as_of).await?;
    let read = workspace.synced.read(move |reader| {
        let mut sieve = Sieve::new(reader, &config, &filters, as_of)?;
        let (mut rows, mut looked, mut more) = (Vec::new(), 0, false);
        loop {
            let read = reader.incidents(&page)?;
            looked += page.limit;
            for row in read.incidents {
                if sieve.take(&outline_of(&row)) {
                    more |= rows.len() == wanted;
                    rows.push(row);
                }
            }
            rows.truncate(wanted);
            page.before = read.next;
            more |= page.before.is_some();
            if page.before.is_none() || rows.len() == wanted || looked >= LOOKED_THROUGH {
                return Ok(IncidentFirst { as_of, lines: lines_of(reader, &config, rows, as_of)?, more });
            }
        }
    });
    Ok(read.await?)
}

/// The lines of rows of the index, newest first. A row that is not there any more is left out.
///
/// # Errors
/// [`EngineError::Usage`] for more than [`MOST_LINES`] rows and for one that no index named, and what the databases say.
pub async fn incident_lines(
    workspace: &Workspace,
    as_of: Timestamp,
    rows: &[String],
) -> Result<Vec<IncidentLine>, EngineError> {
    if rows.len() > MOST_LINES {
        return Err(EngineError::Usage { message: format!("{} rows at once: at most {MOST_LINES}", rows.len()) });
    }
    let ids: Result<Vec<i64>, _> = rows.iter().map(|row| row.parse()).collect();
    let ids = ids.map_err(|_| EngineError::Usage { message: "rows are named as the index names them".to_owned() })?;
    let Mapping { config, .. } = Mapping::at(workspace, as_of).await?;
    let read = workspace.synced.read(move |reader| {
        let rows = reader.chosen_incidents(&ids, as_of)?;
        lines_of(reader, &config, rows, as_of)
    });
    Ok(read.await?)
}

/// Rows as lines, in their order.
pub(super) fn lines_of(
    reader: &Reader<'_>,
    config: &Config,
    rows: Vec<IncidentRow>,
    as_of: Timestamp,
) -> Result<Vec<IncidentLine>, StoreError> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut people: HashMap<i64, Vec<ResponderRow>> = HashMap::new();
    for responder in reader.responders(&ids)? {
        people.entry(responder.incident).or_default().push(responder);
    }
    let line = |row: IncidentRow| {
        let responders = people.remove(&row.id).unwrap_or_default();
        line_of(config, row, &responders, as_of)
    };
    Ok(rows.into_iter().map(line).collect())
}

fn line_of(config: &Config, row: IncidentRow, responders: &[ResponderRow], as_of: Timestamp) -> IncidentLine {
    let hidden = hidden_by(config, &row).map(|reason| match reason {
        Hidden::Test => "test".to_owned(),
        Hidden::Dropped => "dropped".to_owned(),
    });
    let ours = lookup::service_of(config, &row.source, row.service.as_deref(), row.service_name.as_deref());
    let (ours, tier) = ours.map_or((None, None), |(key, service)| (Some(key.to_owned()), service.tier));
    let running = row.status.is_open();
    let ended = row.resolved_at.or(row.closed_at);
    let lasted = if running { Some(as_of) } else { ended };
    let mut names: Vec<String> = responders.iter().filter_map(|r| Some(r.person.as_ref()?.name.clone())).collect();
    names.dedup();
    let more = names.len().saturating_sub(NAMES);
    names.truncate(NAMES);
    let (title, title_cut) = cut(&row.title, TITLE);
    IncidentLine {
        row: row.id.to_string(),
        id: format!("{}/{}", row.source, row.ext_id),
        number: row.number,
        title,
        title_cut,
        status: row.status.word().to_owned(),
        severity: row.severity,
        severity_said: row.severity_raw.filter(|_| row.severity.is_none()),
        service: ours.or(row.service_name).or(row.service),
        tier,
        kind: row.kind.word().to_owned(),
        source: row.source,
        created_at: row.created_at,
        acked_after_secs: row.acked_at.map(|at| secs(at.since(row.created_at).max(0))),
        lasted_secs: lasted.map(|at| secs(at.since(row.created_at).max(0))),
        running,
        responders: names,
        more_responders: u32::try_from(more).unwrap_or(u32::MAX),
        hidden,
    }
}

/// The beginning of a text in one line, and whether it goes on. Marks that turn its direction are left out: what follows
/// them would read as something else.
pub(in crate::views) fn cut(text: &str, most: usize) -> (String, bool) {
    let turns =
        |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut plain = text.chars().filter(|c| !turns(*c)).map(|c| if c.is_control() { ' ' } else { c });
    let begun = plain.by_ref().take(most).collect();
    (begun, plain.next().is_some())
}

/// A row as it is counted.
fn outline_of(row: &IncidentRow) -> IncidentOutline<'_> {
    IncidentOutline {
        id: row.id,
        source: row.source_id,
        kind: row.kind,
        status: row.status,
        severity: row.severity,
        severity_said: row.severity_raw.is_some(),
        service: row.service.as_deref(),
        created_at: row.created_at,
        acked_at: row.acked_at,
        resolved_at: row.resolved_at,
        closed_at: row.closed_at,
        is_test: row.is_test,
        title: Some(&row.title),
    }
}
