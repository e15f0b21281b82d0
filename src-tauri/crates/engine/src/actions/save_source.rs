//! Adds a source, or changes one, as a form was filled in. What is typed as a secret goes into the keychain, and only a
//! reference into the file.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use fairlead_connectors::ConnectorError;
use fairlead_connectors::http::Secrets;
use fairlead_domain::RecordKind;
use fairlead_domain::secret::SecretRef;
use secrecy::{ExposeSecret, SecretString};
use toml_edit::{Array, InlineTable, Value};

use super::configuration::{Edited, Proposal, propose};
use super::scope_choice::{ScopeChoice, take_schedules};
use super::secret_items::{Items, unkept};
use crate::EngineError;
use crate::config::edit::{self, EditError};
use crate::sync::connector_or_issue;
use crate::views::sources::settings::{Entered, EnteredValue, SourceDraft};
use crate::workspace::Workspace;

/// Adds the source, or with `of` changes the one of that name; `scope` narrows what is read of it. The whole configuration is checked first; nothing is kept
/// when something is wrong with it. What did not change stays as it is written, comments included.
///
/// # Errors
/// [`EngineError::Config`] with every fault, [`EngineError::Edit`] for a name that cannot be taken, and
/// [`EngineError::Unkept`] when the keychain does not take a secret.
///
/// A typed secret takes the place of none in the keychain: it gets an item of its own, so that the edit can be taken back.
pub async fn save_source(
    workspace: &Workspace,
    draft: &SourceDraft,
    of: Option<&str>,
    scope: Option<&ScopeChoice>,
) -> Result<Edited, EngineError> {
    let mut drafted = proposed(workspace, draft, of, scope)?;
    let mut items = Items::default();
    for (name, _) in &drafted.typed {
        items.make(workspace, name).await?;
    }
    if !drafted.typed.is_empty() {
        drafted = proposed_as(workspace, draft, of, scope, &items)?;
    }
    for (item, secret) in &drafted.typed {
        keep(workspace, item, secret).await?;
    }
    let verb = if of.is_some() { "change" } else { "add" };
    let mut edited = drafted.proposal.write(format!("{verb} source {}", draft.name))?;
    (edited.made, edited.replaced) = items.into_parts();
    Ok(edited)
}

/// Keeps a typed secret, also in place of what is remembered of the item.
async fn keep(workspace: &Workspace, item: &str, secret: &SecretString) -> Result<(), EngineError> {
    workspace.keychain.set(item, secret.clone()).await.map_err(|fault| unkept(item, &fault))?;
    workspace.secrets.reveal(&SecretRef::Keychain(item.to_owned()), true).await?;
    Ok(())
}

/// A draft that passed every check of the configuration.
pub(super) struct Drafted {
    pub proposal: Proposal,
    /// Items of the keychain with what was typed for them.
    pub typed: Vec<(String, SecretString)>,
}

impl Drafted {
    /// The workspace as it would be, with what was typed known in memory alone.
    pub fn workspace(&self, workspace: &Workspace) -> Workspace {
        let mut proposed = self.proposal.workspace(workspace);
        let typed = self.typed.iter().cloned().collect();
        proposed.secrets = Arc::new(Typed { typed, kept: Arc::clone(&workspace.secrets) });
        proposed
    }
}

/// What the configuration would be with the draft in it.
pub(super) fn proposed(
    workspace: &Workspace,
    draft: &SourceDraft,
    of: Option<&str>,
    scope: Option<&ScopeChoice>,
) -> Result<Drafted, EngineError> {
    proposed_as(workspace, draft, of, scope, &Items::default())
}

/// The same, with what is typed kept under these items.
fn proposed_as(
    workspace: &Workspace,
    draft: &SourceDraft,
    of: Option<&str>,
    scope: Option<&ScopeChoice>,
    items: &Items,
) -> Result<Drafted, EngineError> {
    let mut typed = Vec::new();
    let mut settings = Vec::new();
    for Entered { key, value } in &draft.settings {
        let value = toml_value(value, &format!("{}-{key}", draft.name), items, &mut typed)?;
        settings.push((key.clone(), value));
    }
    let proposal = propose(workspace, |text| {
        let text = match of {
            None => edit::add_source(text, &draft.name, &draft.kind, &settings)?,
            Some(name) => changed(text, workspace, name, &settings)?,
        };
        let name = of.unwrap_or(&draft.name);
        match scope {
            Some(scope) if scope.names_any() => scope.put(&text, &workspace.config, name),
            scope if of.is_none() && brings_schedules(workspace, draft, &settings) => {
                take_schedules(&text, &workspace.config, name, scope.map(|scope| scope.team.as_str()))
            }
            _ => Ok(text),
        }
    })?;
    let name = of.unwrap_or(&draft.name);
    let workspace = proposal.workspace(workspace);
    // What only the kind can tell, for example that it needs one of two settings.
    connector_or_issue(&workspace, workspace.source(name)?).map_err(|fault| EngineError::from(*fault))?;
    Ok(Drafted { proposal, typed })
}

/// Whether a source with these settings tells of schedules.
fn brings_schedules(workspace: &Workspace, draft: &SourceDraft, settings: &[(String, Value)]) -> bool {
    let settings = settings.iter().map(|(key, value)| (key.clone(), json_of(value))).collect();
    let kind = workspace.kinds.iter().find(|kind| kind.name == draft.kind);
    let streams = kind.map(|kind| (kind.streams)(&serde_json::Value::Object(settings))).unwrap_or_default();
    streams.iter().any(|stream| stream.kinds.contains(&RecordKind::Schedule))
}

/// The value for the file. A typed secret becomes a reference to the keychain item that stands for `item`.
fn toml_value(
    entered: &EnteredValue,
    item: &str,
    items: &Items,
    typed: &mut Vec<(String, SecretString)>,
) -> Result<Value, EngineError> {
    Ok(match entered {
        EnteredValue::Text(text) => Value::from(text.as_str()),
        EnteredValue::Integer(number) => Value::from(i64::from(*number)),
        EnteredValue::Switch(yes) => Value::from(*yes),
        EnteredValue::List(entries) => {
            let mut list = Array::new();
            for entry in entries {
                list.push(toml_value(entry, item, items, typed)?);
            }
            Value::Array(list)
        }
        EnteredValue::Table(entries) => {
            let mut table = InlineTable::new();
            for Entered { key, value } in entries {
                table.insert(key, toml_value(value, &format!("{item}-{key}"), items, typed)?);
            }
            Value::InlineTable(table)
        }
        EnteredValue::Secret(secret) => {
            let text = secret.0.expose_secret().trim();
            if text.is_empty() {
                let message = format!("the secret for {item} is empty: type it, or choose another way to keep it");
                return Err(EngineError::Usage { message });
            }
            let item = items.of(item);
            typed.push((item.to_owned(), SecretString::from(text)));
            Value::InlineTable([("keychain", Value::from(item))].into_iter().collect())
        }
    })
}

/// The text with these settings of the source: those that differ are set or taken out, the rest stays as it stands.
fn changed(text: &str, workspace: &Workspace, name: &str, settings: &[(String, Value)]) -> Result<String, EditError> {
    let known = workspace.config.source(name).and_then(|source| source.settings.as_object());
    let gone = known.into_iter().flatten().map(|(key, _)| key).filter(|key| settings.iter().all(|(k, _)| k != *key));
    let mut text = text.to_owned();
    for key in gone {
        text = edit::unset(&text, &["source", name, key])?;
    }
    for (key, value) in settings {
        let before = known.and_then(|known| known.get(key));
        text = put(text, &mut vec!["source", name, key], before, value)?;
    }
    Ok(text)
}

/// Sets what differs at `path`, key by key where both are tables.
fn put<'a>(
    text: String,
    path: &mut Vec<&'a str>,
    before: Option<&serde_json::Value>,
    after: &'a Value,
) -> Result<String, EditError> {
    let now = json_of(after);
    if before == Some(&now) {
        return Ok(text);
    }
    let (Some(serde_json::Value::Object(before)), Value::InlineTable(table)) = (before, after) else {
        return edit::set(&text, path, after.clone());
    };
    let mut text = text;
    for key in before.keys().filter(|key| table.get(key).is_none()) {
        let way: Vec<&str> = path.iter().copied().chain([key.as_str()]).collect();
        text = edit::unset(&text, &way)?;
    }
    for (key, value) in table {
        path.push(key);
        text = put(text, path, before.get(key), value)?;
        path.pop();
    }
    Ok(text)
}

fn json_of(value: &Value) -> serde_json::Value {
    match value {
        Value::String(text) => text.value().as_str().into(),
        Value::Integer(number) => (*number.value()).into(),
        Value::Float(number) => (*number.value()).into(),
        Value::Boolean(yes) => (*yes.value()).into(),
        Value::Datetime(date) => date.value().to_string().into(),
        Value::Array(list) => list.iter().map(json_of).collect(),
        Value::InlineTable(table) => table.iter().map(|(key, value)| (key.to_owned(), json_of(value))).collect(),
    }
}

/// Secrets of which some were typed and are not kept yet.
struct Typed {
    typed: HashMap<String, SecretString>,
    kept: Arc<dyn Secrets>,
}

#[async_trait]
impl Secrets for Typed {
    async fn reveal(&self, reference: &SecretRef, fresh: bool) -> Result<SecretString, ConnectorError> {
        match reference {
            SecretRef::Keychain(item) if self.typed.contains_key(item) => Ok(self.typed[item].clone()),
            _ => self.kept.reveal(reference, fresh).await,
        }
    }
}
