//! Lines that stand for several rows.
//!
//! - A blind source takes in the rows that it makes unknowable.
//! - An incident takes in the pages, alerts and burn of its service.
//! - Three or more rows of one kind fold into one line; known and unknown ones apart, so that nothing unknown hides
//!   behind something known. The first of them leads, or the first that may never be set aside: a SEV1 does not hide behind
//!   an older SEV2.
//!
//! A line is as urgent as the most urgent row it stands for.

use super::row::{Entry, Part, Row, SnoozeLimit};

/// From how many rows of a kind on one line stands for all.
const FOLD_FROM: usize = 3;

/// Lets blind sources, then incidents, take in what they explain. `lines` are sorted; the first that can takes.
pub(super) fn absorb(lines: Vec<Entry>) -> Vec<Entry> {
    let lines = take_in(lines, |taker, row| {
        taker.part == Part::Blind
            && row.part != Part::Blind
            && row.unknown
            && row.sources.iter().any(|source| taker.sources.contains(source))
    });
    take_in(lines, |taker, row| {
        taker.part == Part::Incident
            && row.part == Part::Symptom
            && row.service.is_some()
            && row.service == taker.service
    })
}

/// Moves every line that another may take into the first that may.
fn take_in(lines: Vec<Entry>, takes: impl Fn(&Row, &Row) -> bool) -> Vec<Entry> {
    let taker_of = |line: &Entry| lines.iter().position(|taker| takes(&taker.row, &line.row));
    let takers: Vec<Option<usize>> = lines.iter().map(taker_of).collect();
    let mut slots: Vec<Option<Entry>> = lines.into_iter().map(Some).collect();
    for (index, taker) in takers.into_iter().enumerate() {
        let Some(taker) = taker else { continue };
        let taken = slots.get_mut(index).and_then(Option::take);
        if let (Some(taken), Some(Some(taker))) = (taken, slots.get_mut(taker)) {
            taker.class = taker.class.min(taken.class);
            taker.absorbed.push(taken.row);
            taker.absorbed.extend(taken.absorbed);
        }
    }
    slots.into_iter().flatten().collect()
}

/// Folds three or more lines of one kind into the first of them. `lines` are sorted, and stay so: the first is the most
/// urgent.
pub(super) fn fold(lines: Vec<Entry>) -> Vec<Entry> {
    let alike = |a: &Row, b: &Row| a.kind == b.kind && a.unknown == b.unknown;
    let crowded: Vec<bool> = lines
        .iter()
        .map(|line| lines.iter().filter(|other| alike(&line.row, &other.row)).count() >= FOLD_FROM)
        .collect();
    let mut folded: Vec<Entry> = Vec::with_capacity(lines.len());
    for (line, crowded) in lines.into_iter().zip(crowded) {
        match folded.iter_mut().find(|lead| crowded && alike(&lead.row, &line.row)) {
            Some(lead) => {
                let mut row = line.row;
                if row.snooze == SnoozeLimit::Never && lead.row.snooze != SnoozeLimit::Never {
                    std::mem::swap(&mut lead.row, &mut row);
                }
                lead.folded.push(row);
                lead.absorbed.extend(line.absorbed);
            }
            None => folded.push(line),
        }
    }
    folded
}
