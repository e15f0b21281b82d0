//! What there is to read at an instant. Looking asks for no lock and writes nothing.

use fairlead_domain::Timestamp;
use fairlead_store::StoreError;
use fairlead_store::synced::{Reader, StreamState};

use super::plan::{self, DEEPEST_DAYS};
use super::stream::Reach;
use crate::EngineError;
use crate::views::freshness::Plan;
use crate::workspace::Workspace;

/// Sources by what they ask for, each sorted by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Agenda {
    /// Some stream's interval has passed.
    pub due: Vec<String>,
    /// Some stream is not yet read back to 13 months.
    pub past: Vec<String>,
}

impl Agenda {
    /// What the sources of the workspace ask for at `now`.
    pub(super) async fn at(workspace: &Workspace, now: Timestamp) -> Result<Self, EngineError> {
        let plan = workspace.plan();
        Ok(workspace.synced.read(move |reader| Self::read(reader, &plan, now)).await?)
    }

    fn read(reader: &Reader<'_>, plan: &Plan, now: Timestamp) -> Result<Self, StoreError> {
        let (rows, states) = (reader.sources()?, reader.stream_states()?);
        let reach = Reach { days: DEEPEST_DAYS, retry: false, steps: 1 };
        let mut agenda = Self::default();
        for (name, streams) in &plan.streams {
            let id = rows.iter().find(|row| &row.name == name).map(|row| row.id);
            let state = |stream: &str| -> Option<&StreamState> {
                states.iter().find(|state| Some(state.source) == id && state.stream == stream)
            };
            let started = |stream: &str| state(stream).and_then(|state| state.last_started_at);
            if streams.iter().any(|stream| plan::is_due(stream, started(stream.name), now)) {
                agenda.due.push(name.clone());
            }
            if streams
                .iter()
                .any(|s| s.backfill.is_some() && state(s.name).is_some_and(|st| reach.leaves_unread(s, st, now)))
            {
                agenda.past.push(name.clone());
            }
        }
        Ok(agenda)
    }
}
