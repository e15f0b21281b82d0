//! Items of the keychain for what is typed. None is written over, so that the edit which puts another in its place can be
//! taken back; what nothing names any more goes when nothing can be taken back.

use std::collections::BTreeMap;

use fairlead_domain::secret::SecretRef;
use serde_json::Value;

use crate::EngineError;
use crate::config::FILE;
use crate::secrets::keychain::KeychainFault;
use crate::workspace::Workspace;

/// Under which items secrets are kept, by the names that their places have: `pd-token`.
#[derive(Debug, Default)]
pub(super) struct Items {
    chosen: BTreeMap<String, String>,
    replaced: Vec<String>,
}

impl Items {
    /// Finds an item for `name` that holds nothing yet: the name itself, else `pd-token-2` and so on.
    ///
    /// # Errors
    /// [`EngineError::Unkept`] when the keychain cannot be asked.
    pub async fn make(&mut self, workspace: &Workspace, name: &str) -> Result<(), EngineError> {
        let mut named = Vec::new();
        workspace.config.sources.iter().for_each(|source| items_in(&source.settings, &mut named));
        for number in 1_u32.. {
            let item = if number == 1 { name.to_owned() } else { format!("{name}-{number}") };
            match workspace.keychain.get(&item).await {
                Err(KeychainFault::Missing) => {
                    self.chosen.insert(name.to_owned(), item);
                    break;
                }
                Ok(_) if named.contains(&item) => self.replaced.push(item),
                Ok(_) => {}
                Err(fault) => return Err(unkept(&item, &fault)),
            }
        }
        Ok(())
    }

    /// The item that stands for `name`.
    pub fn of<'n>(&'n self, name: &'n str) -> &'n str {
        self.chosen.get(name).map_or(name, String::as_str)
    }

    /// What holds something that was typed, and what that took the place of.
    pub fn into_parts(self) -> (Vec<String>, Vec<String>) {
        (self.chosen.into_values().collect(), self.replaced)
    }
}

/// Why an item could not be kept.
pub(super) fn unkept(item: &str, fault: &KeychainFault) -> EngineError {
    EngineError::Unkept { place: SecretRef::Keychain(item.to_owned()).to_string(), reason: fault.to_string() }
}

/// Names of keychain items in settings.
pub(super) fn items_in(settings: &Value, into: &mut Vec<String>) {
    match settings {
        Value::Object(table) => {
            for (key, value) in table {
                match value {
                    Value::String(item) if key == "keychain" => into.push(item.clone()),
                    value => items_in(value, into),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| items_in(value, into)),
        _ => {}
    }
}

/// Takes those of `items` out of the keychain that the file does not name, as it stands. Only for when no edit can be
/// taken back any more.
///
/// # Errors
/// When the file cannot be read, so that nothing is known to be left over, and [`EngineError::Unkept`] when the keychain
/// refuses.
pub async fn forget_unnamed(workspace: &Workspace, items: &[String]) -> Result<(), EngineError> {
    let path = workspace.dir.join(FILE);
    let text = std::fs::read_to_string(&path).map_err(|source| EngineError::Folder { path, source })?;
    let quoted = |item: &str| ['"', '\''].iter().any(|quote| text.contains(&format!("{quote}{item}{quote}")));
    for item in items.iter().filter(|item| !quoted(item)) {
        workspace.keychain.delete(item).await.map_err(|fault| unkept(item, &fault))?;
    }
    Ok(())
}
