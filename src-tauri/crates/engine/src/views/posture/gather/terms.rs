//! How long sources remember, how far back they were read, and until when their keys hold.

use std::collections::BTreeMap;

use fairlead_domain::{RecordKind, Timestamp};
use fairlead_store::StoreError;
use fairlead_store::synced::Reader;

use super::super::facts::{Facts, KeptFact, TermsFact, Watched};
use crate::views::freshness::{Freshness, SourceRuns};

/// The terms of every configured source that anybody states any of.
pub(super) fn terms(
    reader: &Reader<'_>,
    freshness: &Freshness,
    facts: &Facts,
) -> Result<Watched<Vec<TermsFact>>, StoreError> {
    let mut stated: BTreeMap<String, (Option<u32>, Option<Timestamp>)> = BTreeMap::new();
    for row in reader.source_terms(freshness.as_of)? {
        let (kept, ends) = stated.entry(row.source).or_default();
        *kept = kept.or(row.terms.retention_secs);
        // Of two ends the nearer one is the one to act on.
        *ends = ends.iter().copied().chain(row.terms.key_expires_at).min();
    }
    let mut found = Vec::new();
    for (source, (kept, key_expires_at)) in stated {
        let Some(runs) = freshness.sources.get(&source) else { continue };
        let read_from = match kept {
            Some(_) => read_from(reader, runs, freshness.as_of)?,
            None => None,
        };
        let kept = kept.zip(read_from);
        let kept = kept.map(|(secs, read_from)| KeptFact { kept_millis: i64::from(secs) * 1_000, read_from });
        if kept.is_some() || key_expires_at.is_some() {
            found.push(TermsFact { source, key_expires_at, kept });
        }
    }
    if !found.is_empty() {
        return Ok(Ok(found));
    }
    Ok(Err(match facts.awaited.iter().any(|(kind, _)| *kind == RecordKind::Terms) {
        true => facts.lacking(RecordKind::Terms, "how long it keeps its history"),
        false => "no source states how long it keeps its history, and none has token_expires".to_owned(),
    }))
}

/// From where on every stream with a past was read without a hole; `None` while none was read.
fn read_from(reader: &Reader<'_>, runs: &SourceRuns, at: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let Some(id) = runs.id else { return Ok(None) };
    let mut newest = None;
    for stream in runs.planned.iter().filter(|stream| stream.backfill.is_some()) {
        let stretches = reader.coverage(id, stream.name)?;
        newest = newest.max(stretches.iter().map(|stretch| stretch.start).filter(|start| *start <= at).max());
    }
    Ok(newest)
}
