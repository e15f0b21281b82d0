//! What happens to rows that a complete walk did not yield.
//!
//! Rows about time (shifts, leave, holidays, maintenance): the future is the upstream's to rewrite, the past is ours to
//! keep. Everything else is removed after two complete listings without it. Nothing is removed in masses unasked.

use std::collections::BTreeMap;

use fairlead_domain::record::ReplaceSet;
use fairlead_domain::{RecordKind, Timestamp};
use rusqlite::{Row, params};

use super::apply::is_span;
use super::revision::{Revised, RevisionReason};
use super::shift::FREEZE_MS;
use super::tombstone::TombstoneReason;
use super::vanish_sql::{Vanishing, vanishing};
use super::walk::{Guard, MassDelete, WalkEnd};
use super::{SourceId, Writer};
use crate::error::StoreError;

/// More rows than this, and more than a tenth, do not vanish without a question.
const MASS: u64 = 20;

/// A row that a walk did not yield.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Unseen {
    key: String,
    span: Option<Span>,
}

/// The row's time, for rows about time.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Span {
    start: i64,
    end: i64,
    content: String,
    /// The walk yielded another row of the same subject that overlaps this one.
    replaced: bool,
}

/// What becomes of an unseen row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It is the past, and ours to keep.
    Kept,
    /// It is frozen, but the upstream states the time otherwise: noted.
    Noted,
    /// It no longer stands: the upstream states its time otherwise.
    Replaced,
    /// It runs and nothing takes its place: it ends now.
    Cut,
    /// It is gone.
    Gone,
}

/// One statement of completeness with the rows that it condemns.
struct Sentence {
    kind: RecordKind,
    rows: Vec<(Unseen, Fate)>,
    size: u64,
}

impl Sentence {
    /// Rows that would vanish with nothing in their place.
    fn gone(&self) -> u64 {
        u64::try_from(self.rows.iter().filter(|(_, fate)| *fate == Fate::Gone).count()).unwrap_or(u64::MAX)
    }
}

const fn is_mass(gone: u64, of: u64) -> bool {
    gone > MASS && gone.saturating_mul(10) > of
}

impl Writer<'_> {
    pub(super) fn remove_vanished(
        &mut self,
        source: SourceId,
        stream: &str,
        complete: &[ReplaceSet],
        now: Timestamp,
        guard: Guard,
    ) -> Result<WalkEnd, StoreError> {
        let mut sentences = Vec::new();
        for set in complete {
            if let Some(statements) = vanishing(set.kind) {
                sentences.push(self.judge(source, stream, set, &statements, now)?);
            }
        }
        let mut end =
            WalkEnd { held: if guard.accept_deletes { Vec::new() } else { masses(&sentences) }, ..WalkEnd::default() };
        for sentence in sentences {
            let held = end.held.iter().any(|mass| mass.kind == sentence.kind);
            let Some(statements) = vanishing(sentence.kind) else { continue };
            for (row, fate) in &sentence.rows {
                // Held rows stay as they are; what the upstream replaced would otherwise stand twice.
                if held && *fate != Fate::Replaced {
                    continue;
                }
                self.carry_out(source, sentence.kind, &statements, (row, *fate), now)?;
                match fate {
                    Fate::Kept | Fate::Noted => {}
                    Fate::Cut => end.updated += 1,
                    Fate::Gone if sentence.kind == RecordKind::Person => end.updated += 1,
                    Fate::Gone | Fate::Replaced => end.tombstoned += 1,
                }
            }
        }
        Ok(end)
    }

    /// Finds the rows of a set that the walk lacks and says what becomes of each. Nothing but first misses is written.
    fn judge(
        &self,
        source: SourceId,
        stream: &str,
        set: &ReplaceSet,
        statements: &Vanishing,
        now: Timestamp,
    ) -> Result<Sentence, StoreError> {
        let (from, to) = (set.window.start.as_millis(), set.window.end.as_millis());
        let scope = params![source.0, from, to, set.parent];
        let size: i64 = self.connection.prepare_cached(statements.size)?.query_row(scope, |row| row.get(0))?;
        let values = params![source.0, from, to, set.parent, stream, set.kind.word()];
        let span = is_span(set.kind);
        let unseen: Vec<Unseen> = self
            .connection
            .prepare_cached(statements.unseen)?
            .query_map(values, |row| unseen_row(row, span))?
            .collect::<Result<_, _>>()?;
        let mut rows = Vec::with_capacity(unseen.len());
        for row in unseen {
            let fate = match &row.span {
                Some(span) => span.fate(now),
                None if self.is_missed_again(source, set.kind, &row.key, now)? => Fate::Gone,
                None => Fate::Kept,
            };
            rows.push((row, fate));
        }
        Ok(Sentence { kind: set.kind, rows, size: u64::try_from(size).unwrap_or(0) })
    }

    fn carry_out(
        &self,
        source: SourceId,
        kind: RecordKind,
        statements: &Vanishing,
        (row, fate): (&Unseen, Fate),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let revised = Revised { source, kind, ext_id: &row.key };
        let content = row.span.as_ref().map_or("", |span| span.content.as_str());
        let reason = match fate {
            Fate::Kept => return Ok(()),
            Fate::Noted => {
                return self.revise_once(revised, RevisionReason::FrozenVanished, content, now).map(|_| ());
            }
            Fate::Cut => {
                self.revise(revised, RevisionReason::Cut, content, now)?;
                let values = params![source.0, row.key, now.as_millis()];
                self.connection.prepare_cached(statements.cut)?.execute(values)?;
                return Ok(());
            }
            Fate::Replaced => TombstoneReason::Replaced,
            Fate::Gone => TombstoneReason::Missing,
        };
        // Of a rota it is told what changed ahead; of what else is coming only that it is gone.
        match row.span.as_ref().map(|span| span.start < now.as_millis()) {
            Some(true) if fate == Fate::Replaced => self.revise(revised, RevisionReason::Superseded, content, now)?,
            Some(false) if kind == RecordKind::Shift => {
                self.revise(revised, RevisionReason::ComingGone, content, now)?;
            }
            _ => {}
        }
        let values = params![source.0, row.key, now.as_millis()];
        self.connection.prepare_cached(statements.remove)?.execute(values)?;
        self.entomb((source, kind, &row.key), reason, now)
    }
}

impl Span {
    fn fate(&self, now: Timestamp) -> Fate {
        let now = now.as_millis();
        match self.replaced {
            true if now.saturating_sub(self.end) > FREEZE_MS => Fate::Noted,
            true => Fate::Replaced,
            false if self.start >= now => Fate::Gone,
            false if self.end <= now => Fate::Kept,
            false => Fate::Cut,
        }
    }
}

/// Kinds of which too much would vanish: in one set, or in all sets of the walk together.
fn masses(sentences: &[Sentence]) -> Vec<MassDelete> {
    let mut all: BTreeMap<RecordKind, (u64, u64, bool)> = BTreeMap::new();
    for sentence in sentences {
        let (gone, of, held) = all.entry(sentence.kind).or_default();
        *gone += sentence.gone();
        *of += sentence.size;
        *held |= is_mass(sentence.gone(), sentence.size);
    }
    let held = all.into_iter().filter(|(_, (gone, of, held))| *held || is_mass(*gone, *of));
    held.map(|(kind, (would_delete, of, _))| MassDelete { kind, would_delete, of }).collect()
}

fn unseen_row(row: &Row<'_>, span: bool) -> rusqlite::Result<Unseen> {
    let read = |row: &Row<'_>| {
        Ok::<_, rusqlite::Error>(Span {
            start: row.get("start")?,
            end: row.get("end")?,
            content: row.get("content")?,
            replaced: row.get("replaced")?,
        })
    };
    Ok(Unseen { key: row.get("key")?, span: if span { Some(read(row)?) } else { None } })
}
