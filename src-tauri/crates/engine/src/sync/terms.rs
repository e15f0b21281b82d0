//! What the configuration states about a source: stored beside what the upstream states, so that it can be asked for as
//! of any instant.

use fairlead_domain::Timestamp;
use fairlead_domain::terms::{Terms, TermsBy};
use fairlead_store::synced::{SourceId, Writer};

use crate::EngineError;
use crate::config::SourceConfig;
use crate::workspace::Workspace;

/// The name under which it is stored; no connector has a stream of this name.
const STREAM: &str = "configuration";

/// Notes when the source's key ends, where that is configured, or was. What is noted already writes no row.
pub(super) async fn note(
    workspace: &Workspace,
    config: &SourceConfig,
    source: SourceId,
    now: Timestamp,
) -> Result<(), EngineError> {
    let key_expires_at = config.token_expires(workspace.config.workspace.timezone);
    let name = config.name.clone();
    let write = move |w: &mut Writer<'_>| {
        let configured = |row: &fairlead_store::synced::TermsRow| {
            row.source == name && row.terms.stated_by == TermsBy::Configuration
        };
        if key_expires_at.is_none() && !w.source_terms(now)?.iter().any(configured) {
            return Ok(());
        }
        let said = Terms { stated_by: TermsBy::Configuration, retention_secs: None, key_expires_at };
        w.apply(source, STREAM, &[said.into()], now).map(|_| ())
    };
    Ok(workspace.synced.write(write).await?)
}
