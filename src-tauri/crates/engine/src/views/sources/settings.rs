//! The settings of a source as a form holds them: what is configured, and what a person enters. A secret goes in and
//! never comes out.

use std::fmt;

use secrecy::SecretString;
use serde::de::Deserializer;
use serde::ser::{Error, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use specta::Type;

use crate::EngineError;
use crate::workspace::Workspace;

/// A source as a form holds it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct SourceDraft {
    /// Its name: 1 to 64 letters, digits, _ - or .
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Everything else, in order.
    pub settings: Vec<Entered>,
}

/// A key with what was entered there.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct Entered {
    /// The key.
    pub key: String,
    /// The value.
    pub value: EnteredValue,
}

/// What was entered at a key.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum EnteredValue {
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i32),
    /// Yes or no.
    Switch(bool),
    /// A list.
    List(Vec<EnteredValue>),
    /// A table.
    Table(Vec<Entered>),
    /// A secret that was typed: it goes into the keychain, and a reference into the file.
    Secret(#[specta(type = String)] TypedSecret),
}

/// A secret that was typed. It can neither be printed nor be given out.
#[derive(Clone)]
pub struct TypedSecret(pub(crate) SecretString);

impl fmt::Debug for TypedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedSecret")
    }
}

impl<'de> Deserialize<'de> for TypedSecret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(SecretString::from(text)))
    }
}

impl Serialize for TypedSecret {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("a secret is not given out"))
    }
}

/// What is configured of a source, with references in the place of secrets.
///
/// # Errors
/// [`EngineError::Unknown`] for a source that is not configured.
pub fn source_settings(workspace: &Workspace, name: &str) -> Result<SourceDraft, EngineError> {
    let source = workspace.source(name)?;
    let settings = source.settings.as_object().into_iter().flatten();
    let settings = settings.map(|(key, value)| Entered { key: key.clone(), value: entered(value) });
    Ok(SourceDraft { name: source.name.clone(), kind: source.kind.clone(), settings: settings.collect() })
}

fn entered(value: &Json) -> EnteredValue {
    match value {
        Json::Bool(yes) => EnteredValue::Switch(*yes),
        Json::Number(number) => match number.as_i64().and_then(|n| i32::try_from(n).ok()) {
            Some(number) => EnteredValue::Integer(number),
            None => EnteredValue::Text(number.to_string()),
        },
        Json::Array(items) => EnteredValue::List(items.iter().map(entered).collect()),
        Json::Object(table) => {
            let entry = |(key, value): (&String, &Json)| Entered { key: key.clone(), value: entered(value) };
            EnteredValue::Table(table.iter().map(entry).collect())
        }
        Json::String(text) => EnteredValue::Text(text.clone()),
        Json::Null => EnteredValue::Text(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANARY: &str = "canary-7f3a9b";

    #[test]
    fn a_typed_secret_comes_in_and_never_out() {
        let text = format!(
            r#"{{ "name": "pd", "kind": "pagerduty", "settings": [
                {{ "key": "token", "value": {{ "type": "secret", "value": "{CANARY}" }} }} ] }}"#
        );
        let draft: SourceDraft = serde_json::from_str(&text).unwrap();
        assert!(!format!("{draft:?}").contains(CANARY));
        let told = serde_json::to_string(&draft);
        assert!(told.is_err_and(|error| !error.to_string().contains(CANARY)));
    }
}
