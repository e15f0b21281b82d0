//! Leave, and the shifts that its people must answer meanwhile.

use std::collections::HashMap;

use fairlead_domain::schedule::ShiftRole;
use fairlead_domain::{RecordKind, Window};
use fairlead_store::StoreError;
use fairlead_store::synced::Reader;

use super::Said;
use super::answer::{Block, LeaveSpan};
use crate::config::Config;
use crate::views::freshness::Freshness;

/// Leaves, each with the key of who is away, and why they are not known where they are not.
type Leaves = (Vec<(LeaveSpan, Option<String>)>, Option<String>);

/// Leave of the window by start, and why it is not known where it is not; blocks that lie in it are marked.
pub(super) fn leaves(
    reader: &Reader<'_>,
    said: Said<'_>,
    freshness: &Freshness,
    window: Window,
    blocks: &mut [Block],
) -> Result<Leaves, StoreError> {
    let rows = reader.leaves(window)?;
    let read = freshness.sources.values().any(|source| source.streams_of(RecordKind::Leave).next().is_some());
    let planned = freshness
        .sources
        .values()
        .any(|source| source.planned.iter().any(|stream| stream.kinds.contains(&RecordKind::Leave)));
    let unknown = match (rows.is_empty() && !read, planned) {
        (false, _) => None,
        (true, true) => Some("leave was not read yet".to_owned()),
        (true, false) => Some("no source brings leave".to_owned()),
    };
    let mut names: HashMap<String, String> = HashMap::new();
    for block in blocks.iter() {
        if let (Some(key), Some(name)) = (&block.person_key, &block.person) {
            names.insert(key.clone(), name.clone());
        }
    }
    let mut spans = Vec::with_capacity(rows.len());
    for row in rows {
        let email = row.person.as_ref().and_then(|person| person.email.clone());
        let person_key = row.person.as_ref().map(|p| said.aliases.resolve(&row.source, &p.identity, p.key).to_string());
        let away = Window::new(row.start, row.end);
        let mut conflicts = Vec::new();
        for block in blocks.iter_mut() {
            let same = person_key.is_some() && block.person_key == person_key;
            if same && must_answer(&block.role) && away.overlaps(Window::new(block.start, block.end)) {
                block.on_leave = true;
                conflicts.push(block.id.clone());
            }
        }
        let named = person_key.as_ref().and_then(|key| names.get(key).cloned());
        let leave = LeaveSpan {
            id: format!("{}/{}", row.source, row.ext_key),
            person: named.or_else(|| row.person.map(|person| person.name)),
            person_key,
            source: row.source,
            start: row.start,
            end: row.end,
            conflicts,
        };
        spans.push((leave, email));
    }
    Ok((spans, unknown))
}

/// Leave of the people of a team, and of whoever holds one of the shifts shown.
pub(super) fn of_team(
    leaves: Vec<(LeaveSpan, Option<String>)>,
    config: &Config,
    team: Option<&str>,
    blocks: &[Block],
) -> Vec<LeaveSpan> {
    let Some(team) = team else { return leaves.into_iter().map(|(leave, _)| leave).collect() };
    let members = config.teams.iter().filter(|known| known.name == team).flat_map(|known| &known.members);
    let members: Vec<&str> = members.map(|member| member.email.as_str()).collect();
    let belongs = |leave: &LeaveSpan, email: Option<&str>| {
        let holds = leave.person_key.is_some() && blocks.iter().any(|block| block.person_key == leave.person_key);
        holds || email.is_some_and(|email| members.contains(&email))
    };
    leaves.into_iter().filter(|(leave, email)| belongs(leave, email.as_deref())).map(|(leave, _)| leave).collect()
}

fn must_answer(role: &str) -> bool {
    let role = ShiftRole::from_word(role).unwrap_or(ShiftRole::Unknown);
    matches!(role, ShiftRole::Primary | ShiftRole::Secondary | ShiftRole::Unknown)
}
