//! Says that one person is the same as another, or takes that back. Identities keep their own rows, so nothing is lost.

use fairlead_store::authored::PersonSubject;
use uuid::Uuid;

use crate::EngineError;
use crate::views::people::{PersonEntry, people};
use crate::workspace::Workspace;

/// Says that `one` is the same person as `into`, who stays.
///
/// # Errors
/// [`EngineError::Unknown`] when one of them is not known or not clear, [`EngineError::Usage`] when they are one already.
pub async fn merge(workspace: &Workspace, one: &str, into: &str) -> Result<(), EngineError> {
    let everyone = people(workspace, workspace.clock.now()).await?.people;
    let (one, into) = (find(&everyone, one)?, find(&everyone, into)?);
    if one == into {
        return Err(EngineError::Usage { message: "they are one person already".to_owned() });
    }
    let by = super::by(workspace);
    workspace.authored.write(move |w| w.set_person_alias(&PersonSubject::Person(one), Some(into), &by)).await?;
    Ok(())
}

/// Takes back that the person with key `one` was merged into another.
///
/// # Errors
/// [`EngineError::Usage`] when `one` is no key of a person who was merged.
pub async fn split(workspace: &Workspace, one: &str) -> Result<(), EngineError> {
    let no_key = || EngineError::Usage {
        message: format!("{one:?} is no key of a merged person: `fairleadctl people --json` lists the keys"),
    };
    let key: Uuid = one.parse().map_err(|_| no_key())?;
    let by = super::by(workspace);
    let now = by.at;
    let aliases = workspace.authored.read(move |reader| reader.person_aliases(now)).await?;
    if aliases.resolve_key(key) == key {
        return Err(no_key());
    }
    workspace.authored.write(move |w| w.set_person_alias(&PersonSubject::Person(key), None, &by)).await?;
    Ok(())
}

/// The one person with this key, e-mail or name.
fn find(everyone: &[PersonEntry], who: &str) -> Result<Uuid, EngineError> {
    let is = |person: &&PersonEntry| {
        person.key == who || person.email.as_deref().is_some_and(|e| e.eq_ignore_ascii_case(who)) || person.name == who
    };
    let found: Vec<&PersonEntry> = everyone.iter().filter(is).collect();
    let hint = match found.as_slice() {
        [person] => return person.key.parse().map_err(|_| unknown(who, "the key is damaged")),
        [] => "`fairleadctl people` lists everyone",
        _ => "several people have this name: give the e-mail or the key",
    };
    Err(unknown(who, hint))
}

fn unknown(who: &str, hint: &str) -> EngineError {
    EngineError::Unknown { what: "person", name: who.to_owned(), hint: Some(hint.to_owned()) }
}
