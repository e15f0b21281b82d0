//! Who is who, said by hand: one person is the same as another, an identity is somebody's, an account is no person, and
//! who lives by which hours since when. Identities keep their own rows, so nothing is lost, and each step can be taken
//! back.

use fairlead_domain::Timestamp;
use fairlead_store::authored::{MappingArea, MappingStep, PersonHoursRow, PersonKind, PersonSubject};
use fairlead_store::synced::IdentityRow;
use uuid::Uuid;

use crate::EngineError;
use crate::config::{hours, zone};
use crate::views::people::{PersonEntry, people};
use crate::workspace::Workspace;

/// Says that `one` is the same person as `into`, who stays.
///
/// # Errors
/// [`EngineError::Unknown`] when one of them is not known or not clear, [`EngineError::Usage`] when they are one already.
pub async fn merge(workspace: &Workspace, one: &str, into: &str) -> Result<(), EngineError> {
    let everyone = people(workspace, workspace.clock.now()).await?.people;
    let (one, into) = (find(&everyone, one)?, find(&everyone, into)?);
    if one.key == into.key {
        return Err(EngineError::Usage { message: "they are one person already".to_owned() });
    }
    let title = format!("merge {} into {}", one.name, into.name);
    point(workspace, title, PersonSubject::Person(key_of(one)?), Some(key_of(into)?)).await
}

/// Takes back that a person was merged into another, or an identity given to somebody. `one` is the key of the merged
/// person, or the identity as `source:id`.
///
/// # Errors
/// [`EngineError::Usage`] when `one` was neither merged nor given.
pub async fn split(workspace: &Workspace, one: &str) -> Result<(), EngineError> {
    let not_merged = || EngineError::Usage {
        message: format!("{one:?} is no key of a merged person: `fairleadctl people --json` lists the keys"),
    };
    let now = workspace.clock.now();
    let aliases = workspace.authored.read(move |reader| reader.person_aliases(now)).await?;
    let subject = match one.parse::<Uuid>() {
        Ok(key) => PersonSubject::Person(key),
        Err(_) => {
            let row = identity(workspace, one).await?.ok_or_else(not_merged)?;
            let own = PersonSubject::Identity { source: row.source, ext_id: row.ext_id };
            if aliases.points(&own) { own } else { PersonSubject::Person(row.person.key) }
        }
    };
    if !aliases.points(&subject) {
        return Err(not_merged());
    }
    point(workspace, format!("split {one}"), subject, None).await
}

/// Says that an identity, written `source:id`, is `who`.
///
/// # Errors
/// [`EngineError::Unknown`] when the identity or the person is not known, [`EngineError::Usage`] when it is theirs
/// already.
pub async fn map(workspace: &Workspace, one: &str, who: &str) -> Result<(), EngineError> {
    let now = workspace.clock.now();
    let row = identity(workspace, one).await?.ok_or_else(|| EngineError::Unknown {
        what: "identity",
        name: one.to_owned(),
        hint: Some("write source:id, as `fairleadctl people --json` lists it".to_owned()),
    })?;
    let everyone = people(workspace, now).await?.people;
    let who = find(&everyone, who)?;
    let aliases = workspace.authored.read(move |reader| reader.person_aliases(now)).await?;
    if aliases.resolve(&row.source, &row.ext_id, row.person.key) == key_of(who)? {
        return Err(EngineError::Usage { message: format!("{one} is {} already", who.name) });
    }
    let subject = PersonSubject::Identity { source: row.source, ext_id: row.ext_id };
    point(workspace, format!("map {one} to {}", who.name), subject, Some(key_of(who)?)).await
}

/// Says what somebody's account stands for.
///
/// # Errors
/// [`EngineError::Unknown`] when they are not known or not clear, [`EngineError::Usage`] for another word than `bot`,
/// `shared` or `person`.
pub async fn mark(workspace: &Workspace, who: &str, kind: &str) -> Result<(), EngineError> {
    let kind = PersonKind::from_word(kind).ok_or_else(|| EngineError::Usage {
        message: format!("an account is no {kind:?}: write bot, shared or person"),
    })?;
    let everyone = people(workspace, workspace.clock.now()).await?.people;
    let who = match identity(workspace, who).await? {
        Some(row) => by_identity(&everyone, &row).unwrap_or(find(&everyone, who)?),
        None => find(&everyone, who)?,
    };
    let (key, by, title) = (key_of(who)?, super::by(workspace), format!("mark {} as {kind}", who.name));
    let write = workspace
        .authored
        .write(move |w| w.map(MappingArea::People, &title, &by, |w| w.mark_person(key, Some(kind), &by).map(drop)));
    write.await?;
    Ok(())
}

/// Says somebody's zone and working hours from an instant on; what is `None` stays as it was.
///
/// # Errors
/// [`EngineError::Unknown`] when they are not known or not clear, [`EngineError::Usage`] for a zone or hours that are
/// none, or when nothing is said.
pub async fn set_hours(
    workspace: &Workspace,
    who: &str,
    timezone: Option<&str>,
    working: Option<&str>,
    from: Timestamp,
) -> Result<(), EngineError> {
    let usage = |(message, hint): (String, Option<String>)| EngineError::Usage {
        message: hint.map_or_else(|| message.clone(), |hint| format!("{message}: {hint}")),
    };
    let timezone = timezone.map(zone).transpose().map_err(usage)?;
    let working = working.map(hours).transpose().map_err(usage)?;
    if timezone.is_none() && working.is_none() {
        return Err(EngineError::Usage { message: "nothing is said: give --timezone, --hours or both".to_owned() });
    }
    let everyone = people(workspace, workspace.clock.now()).await?.people;
    let who = find(&everyone, who)?;
    let row = PersonHoursRow {
        person: key_of(who)?,
        valid_from: from,
        timezone: timezone.map(|zone| zone.name().to_owned()),
        hours: working.map(|hours| (hours.from, hours.to)),
    };
    let (by, title) = (super::by(workspace), format!("set zone and hours of {} from {from}", who.name));
    let write = workspace
        .authored
        .write(move |w| w.map(MappingArea::People, &title, &by, |w| w.set_person_hours(&row, &by).map(drop)));
    write.await?;
    Ok(())
}

/// Takes back the last thing that the author said of people and did not take back yet.
///
/// # Errors
/// [`EngineError::Usage`] when there is nothing, and the store's conflict when somebody changed it since.
pub async fn undo(workspace: &Workspace) -> Result<MappingStep, EngineError> {
    super::undo_mapping(workspace, MappingArea::People).await
}

async fn point(
    workspace: &Workspace,
    title: String,
    subject: PersonSubject,
    person: Option<Uuid>,
) -> Result<(), EngineError> {
    let by = super::by(workspace);
    let write = workspace.authored.write(move |w| {
        w.map(MappingArea::People, &title, &by, |w| w.set_person_alias(&subject, person, &by).map(drop))
    });
    write.await?;
    Ok(())
}

/// The identity written `source:id`.
async fn identity(workspace: &Workspace, text: &str) -> Result<Option<IdentityRow>, EngineError> {
    let Some((source, id)) = text.split_once(':') else { return Ok(None) };
    let (source, id) = (source.to_owned(), id.to_owned());
    let found = workspace
        .synced
        .read(move |reader| Ok(reader.identities()?.into_iter().find(|row| row.source == source && row.ext_id == id)));
    Ok(found.await?)
}

fn by_identity<'p>(everyone: &'p [PersonEntry], row: &IdentityRow) -> Option<&'p PersonEntry> {
    let is = |person: &&PersonEntry| {
        person.identities.iter().any(|known| known.source == row.source && known.external_id == row.ext_id)
    };
    everyone.iter().find(is)
}

/// The one person with this key, e-mail or name.
fn find<'p>(everyone: &'p [PersonEntry], who: &str) -> Result<&'p PersonEntry, EngineError> {
    let is = |person: &&PersonEntry| {
        person.key == who || person.email.as_deref().is_some_and(|e| e.eq_ignore_ascii_case(who)) || person.name == who
    };
    let found: Vec<&PersonEntry> = everyone.iter().filter(is).collect();
    let hint = match found.as_slice() {
        [person] => return Ok(person),
        [] => "`fairleadctl people` lists everyone",
        _ => "several people have this name: give the e-mail or the key",
    };
    Err(unknown(who, hint))
}

fn key_of(person: &PersonEntry) -> Result<Uuid, EngineError> {
    person.key.parse().map_err(|_| unknown(&person.name, "the key is damaged"))
}

fn unknown(who: &str, hint: &str) -> EngineError {
    EngineError::Unknown { what: "person", name: who.to_owned(), hint: Some(hint.to_owned()) }
}
